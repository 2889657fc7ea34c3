"""Addresses of the pages about the work."""

from django.urls import path

from careers.views import decoder, functions, overview, settings, titles
from careers.views.content_page import content_page

app_name = "careers"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("compare/", overview.compare, name="compare"),
    path("roles/<slug:slug>/", overview.role, name="role"),
    path("functions/", functions.functions, name="functions"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:slug>/", settings.setting, name="setting"),
    path("titles/", titles.titles, name="titles"),
    path("titles/decoder/", decoder.decoder, name="decoder"),
    path("titles/<slug:slug>/", titles.title, name="title"),
]

# Every page above is remembered while nothing changed, and its old addresses lead to it.
for each in urlpatterns:
    each.callback = content_page(each.callback)
