"""Keeping openings true: the link in mails. Included before /hiring/<slug>/..., which a token never looks like."""

from django.urls import path

from employers.views import answering

urlpatterns = [
    path("hiring/keep/<str:token>/", answering.keep, name="hiring_keep"),
]
