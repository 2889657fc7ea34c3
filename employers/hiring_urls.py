"""Registering an employer, and its workspace. Included before /employers/<slug>/, which would catch "register"."""

from django.urls import include, path

from employers.views import beginning, drafting, profile, registration, sites, team, workspace, writing

urlpatterns = [
    path("employers/register/", registration.register, name="employer_register"),
    path("hiring/", workspace.hiring, name="hiring"),
    path("hiring/openings/<int:pk>/edit/", writing.edit, name="hiring_edit"),
    path("hiring/openings/<int:pk>/edit/preview/", writing.preview_change, name="hiring_change_preview"),
    path("hiring/openings/<int:pk>/edit/discard/", writing.discard_change, name="hiring_change_discard"),
    path("hiring/openings/<int:pk>/edit/<slug:step>/", writing.change, name="hiring_change"),
    path("hiring/openings/<int:pk>/publish/", drafting.publish, name="hiring_publish"),
    path("hiring/openings/<int:pk>/withdraw/", drafting.withdraw, name="hiring_withdraw"),
    path("hiring/openings/<int:pk>/copy/", drafting.copy, name="hiring_copy"),
    path("hiring/openings/<int:pk>/delete-draft/", drafting.delete_draft, name="hiring_delete_draft"),
    path("hiring/<slug:slug>/", workspace.overview, name="hiring_employer"),
    path("hiring/<slug:slug>/openings/new/", beginning.start, name="hiring_new"),
    path("hiring/<slug:slug>/openings/paste/", beginning.paste, name="hiring_paste"),
    path("hiring/<slug:slug>/openings/write/<uuid:token>/preview/", writing.preview_new, name="hiring_write_preview"),
    path("hiring/<slug:slug>/openings/write/<uuid:token>/discard/", writing.discard_new, name="hiring_write_discard"),
    path("hiring/<slug:slug>/openings/write/<uuid:token>/<slug:step>/", writing.write, name="hiring_write"),
    path("hiring/<slug:slug>/import/", include("employers.import_urls")),
    path("hiring/<slug:slug>/sites/", sites.site_list, name="hiring_sites"),
    path("hiring/<slug:slug>/sites/new/", sites.site_new, name="hiring_site_new"),
    path("hiring/<slug:slug>/sites/<int:pk>/edit/", sites.site_edit, name="hiring_site_edit"),
    path("hiring/<slug:slug>/sites/<int:pk>/pin/", sites.site_pin, name="hiring_site_pin"),
    path("hiring/<slug:slug>/sites/<int:pk>/delete/", sites.site_delete, name="hiring_site_delete"),
    path("hiring/<slug:slug>/group/", sites.group, name="hiring_group"),
    path("hiring/<slug:slug>/profile/", profile.profile_edit, name="hiring_profile"),
    path("hiring/<slug:slug>/profile/inbox/", profile.inbox_set, name="hiring_inbox_set"),
    path("hiring/<slug:slug>/activity/", workspace.log, name="hiring_activity"),
    path("hiring/<slug:slug>/team/", team.members, name="hiring_team"),
    path("hiring/<slug:slug>/team/leave/", team.leave, name="hiring_leave"),
    path("hiring/<slug:slug>/team/<int:pk>/access/", team.change_access, name="hiring_member_access"),
    path("hiring/<slug:slug>/team/<int:pk>/remove/", team.remove, name="hiring_member_remove"),
    path("hiring/<slug:slug>/invitations/<int:pk>/revoke/", team.revoke, name="hiring_invitation_revoke"),
    path("hiring/<slug:slug>/invitations/<int:pk>/resend/", team.resend, name="hiring_invitation_resend"),
    # Last: a token is never one of the words above.
    path("hiring/invitations/<str:token>/", team.invitation, name="hiring_invitation"),
    path("hiring/inbox-address/<str:token>/", profile.inbox_confirm, name="hiring_inbox_confirm"),
]
