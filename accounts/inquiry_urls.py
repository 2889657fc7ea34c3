"""Addresses of threads and resumes. Included before the openings': /openings/<id>/<words>/ would catch "ask"."""

from django.urls import path

from accounts.views import inbox, inquiries, resumes

urlpatterns = [
    path("openings/<int:pk>/ask/", inquiries.ask_opening, name="ask_opening"),
    path("openings/<int:pk>/apply-here/", inquiries.apply_opening, name="apply_opening"),
    path("employers/<slug:slug>/ask/", inquiries.ask_employer, name="ask_employer"),
    path("me/inquiries/", inquiries.me_inquiries, name="me_inquiries"),
    path("me/inquiries/<int:pk>/", inquiries.me_inquiry, name="me_inquiry"),
    path("me/inquiries/<int:pk>/close/", inquiries.me_inquiry_close, name="me_inquiry_close"),
    path("me/inquiries/<int:pk>/resume/", inquiries.me_inquiry_attach, name="me_inquiry_attach"),
    path("me/inquiries/<int:pk>/resume/withdraw/", inquiries.me_inquiry_withdraw, name="me_inquiry_withdraw"),
    path("me/resumes/", resumes.me_resumes, name="me_resumes"),
    path("me/resumes/<int:pk>/", resumes.me_resume, name="me_resume"),
    path("me/resumes/<int:pk>/delete/", resumes.me_resume_delete, name="me_resume_delete"),
    path("hiring/<slug:slug>/inbox/", inbox.inbox, name="hiring_inbox"),
    path("hiring/<slug:slug>/inbox/replies/", inbox.replies, name="hiring_replies"),
    path("hiring/<slug:slug>/inbox/replies/<int:pk>/", inbox.reply, name="hiring_reply"),
    path("hiring/<slug:slug>/inbox/replies/<int:pk>/delete/", inbox.reply_delete, name="hiring_reply_delete"),
    path("hiring/<slug:slug>/inbox/<int:pk>/", inbox.thread, name="hiring_inquiry"),
    path("hiring/<slug:slug>/inbox/<int:pk>/close/", inbox.close, name="hiring_inquiry_close"),
    path("hiring/<slug:slug>/inbox/<int:pk>/resume/<str:token>/", resumes.hiring_resume, name="hiring_resume"),
]
