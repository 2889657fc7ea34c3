"""Registering an employer, and its workspace. Included before /employers/<slug>/, which would catch "register"."""

from django.urls import path

from employers.views import drafting, registration, workspace

urlpatterns = [
    path("employers/register/", registration.register, name="employer_register"),
    path("hiring/", workspace.hiring, name="hiring"),
    path("hiring/openings/<int:pk>/edit/", drafting.edit, name="hiring_edit"),
    path("hiring/openings/<int:pk>/publish/", drafting.publish, name="hiring_publish"),
    path("hiring/openings/<int:pk>/close/", drafting.close, name="hiring_close"),
    path("hiring/openings/<int:pk>/extend/", drafting.extend, name="hiring_extend"),
    path("hiring/openings/<int:pk>/copy/", drafting.copy, name="hiring_copy"),
    path("hiring/openings/<int:pk>/delete-draft/", drafting.delete_draft, name="hiring_delete_draft"),
    path("hiring/<slug:slug>/", workspace.overview, name="hiring_employer"),
    path("hiring/<slug:slug>/openings/new/", drafting.new, name="hiring_new"),
    path("hiring/<slug:slug>/sites/new/", workspace.site_new, name="hiring_site_new"),
    path("hiring/<slug:slug>/sites/<int:pk>/edit/", workspace.site_edit, name="hiring_site_edit"),
]
