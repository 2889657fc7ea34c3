from django.urls import path

from careers.views import overview

app_name = "careers"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("compare/", overview.compare, name="compare"),
    path("roles/<slug:slug>/", overview.role, name="role"),
]
