"""Addresses of openings and employers. The workspace's come first: /employers/<slug>/ would catch "register"."""

from django.urls import include, path

from employers.views import applying, case_messages, corrections, employers, home, map, openings, reports

urlpatterns = [
    path("", home.home, name="home"),
    path("openings/", openings.openings, name="openings"),
    path("openings/feed/", openings.openings_feed, name="openings_feed"),
    path("openings/<int:pk>/", openings.listing, name="listing_short"),
    path("openings/<int:pk>/report/", reports.report_opening, name="report_opening"),
    path("openings/<int:pk>/apply/", applying.apply_page, name="listing_apply"),
    path("openings/<int:pk>/apply/go/", applying.apply_go, name="listing_apply_go"),
    path("openings/<int:pk>/<str:slug>/", openings.listing, name="listing"),
    path("", include("employers.verification_urls")),
    path("moderation/", include("employers.moderation_urls")),
    path("hiring/<slug:slug>/messages/", case_messages.case_messages, name="hiring_messages"),
    path("hiring/<slug:slug>/messages/<int:pk>/", case_messages.case_message, name="hiring_message"),
    path("", include("employers.keeping_urls")),
    path("", include("employers.reading_urls")),
    path("", include("employers.hiring_urls")),
    path("employers/", employers.employers, name="employers"),
    path("employers/map.json", map.employers_map, name="employers_map"),
    path("employers/<slug:slug>/", employers.employer, name="employer"),
    path("employers/<slug:slug>/report/", reports.report_employer, name="report_employer"),
    path("report/thanks/", reports.thanks, name="report_thanks"),
    path("employers/<slug:slug>/correct/", corrections.correct, name="employer_correct"),
    path("employers/<slug:slug>/correct/thanks/", corrections.thanks, name="employer_correct_thanks"),
]
