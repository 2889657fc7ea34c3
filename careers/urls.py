from django.urls import path

from careers import views

app_name = "careers"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("compare/", views.compare, name="compare"),
    path("roles/<slug:slug>/", views.role, name="role"),
]
