"""Addresses of openings and employers. The workspace's come first: /employers/<slug>/ would catch "register"."""

from django.urls import include, path

from employers.views import employers, home, openings

urlpatterns = [
    path("", home.home, name="home"),
    path("openings/", openings.openings, name="openings"),
    path("openings/feed/", openings.openings_feed, name="openings_feed"),
    path("openings/<int:pk>/", openings.listing, name="listing_short"),
    path("openings/<int:pk>/<str:slug>/", openings.listing, name="listing"),
    path("", include("employers.hiring_urls")),
    path("employers/", employers.employers, name="employers"),
    path("employers/<slug:slug>/", employers.employer, name="employer"),
]
