"""Addresses of the seekers' side."""

from django.urls import path

from accounts.views import alerts, employer_wishes, me, news, saved, security, tracking

urlpatterns = [
    path("alerts/new/", alerts.alert_new, name="alert_new"),
    path("alerts/sent/<str:token>/", alerts.alert_sent, name="alert_sent"),
    path("alerts/confirm/<str:token>/", alerts.alert_confirm, name="alert_confirm"),
    path("alerts/manage/<str:token>/", alerts.alert_manage, name="alert_manage"),
    path("alerts/unsubscribe/<str:token>/", alerts.alert_unsubscribe, name="alert_unsubscribe"),
    path("employers/<slug:slug>/invite/", employer_wishes.employer_invite, name="employer_invite"),
    path("employers/<slug:slug>/invite/thanks/", employer_wishes.employer_invite_thanks, name="employer_invite_thanks"),
    path("news/subscribe/", news.news_subscribe, name="news_subscribe"),
    path("news/sent/", news.news_sent, name="news_sent"),
    path("news/confirm/<str:token>/", news.news_confirm, name="news_confirm"),
    path("news/manage/<str:token>/", news.news_manage, name="news_manage"),
    path("saved/", saved.saved_page, name="saved"),
    path("saved/opening/<int:pk>/", saved.saved_opening, name="saved_opening"),
    path("saved/employer/<slug:slug>/", saved.saved_employer, name="saved_employer"),
    path("me/", me.me, name="me"),
    path("me/applications/", tracking.applications, name="applications"),
    path("me/applications/new/", tracking.application_new, name="application_new"),
    path("me/applications/from/<int:pk>/", tracking.application_from, name="application_from"),
    path("me/applications/<int:pk>/", tracking.application, name="application"),
    path("me/applications/<int:pk>/kit/", tracking.application_kit, name="application_kit"),
    path("me/security/", security.me_security, name="me_security"),
    path("me/confirm/", security.ConfirmByCode.as_view(), name="me_confirm"),
    path("me/delete/", security.me_delete, name="me_delete"),
    path("me/deleted/", security.me_deleted, name="me_deleted"),
]
