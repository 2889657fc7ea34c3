"""Keeping openings true: pages of the workspace, and the link in mails.

Included before the rest of /hiring/: a token never looks like a page of an employer.
"""

from django.urls import path

from employers.views import answering, keeping

urlpatterns = [
    path("hiring/openings/<int:pk>/close/", keeping.close, name="hiring_close"),
    path("hiring/openings/<int:pk>/outcome/", keeping.outcome, name="hiring_outcome"),
    path("hiring/openings/<int:pk>/extend/", keeping.extend, name="hiring_extend"),
    path("hiring/openings/<int:pk>/reopen/", keeping.reopen, name="hiring_reopen"),
    path("hiring/openings/<int:pk>/schedule/", keeping.schedule, name="hiring_schedule"),
    path("hiring/openings/<int:pk>/unschedule/", keeping.unschedule, name="hiring_unschedule"),
    path("hiring/openings/<int:pk>/keep-open/", keeping.keep_open, name="hiring_keep_open"),
    path("hiring/keep/<str:token>/", answering.keep, name="hiring_keep"),
    path("hiring/<slug:slug>/keep-open/", keeping.keep_all_open, name="hiring_keep_all"),
]
