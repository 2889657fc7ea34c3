"""Addresses of what people decide about their own data and mail."""

from django.urls import path

from accounts.views import mailwishes, merge, mydata, support

urlpatterns = [
    path("me/data/", mydata.me_data, name="me_data"),
    path("me/data/<str:token>/", mydata.me_data_file, name="me_data_file"),
    path("me/mail/", mailwishes.me_mail, name="me_mail"),
    path("me/merge/", merge.me_merge, name="me_merge"),
    path("me/support/", support.me_support, name="me_support"),
    path("mail/<str:token>/", mailwishes.mail_by_link, name="mail_by_link"),
    path("support/", support.support_desk, name="support_desk"),
    path("support/<int:pk>/", support.support_look, name="support_look"),
]
