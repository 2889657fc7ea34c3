"""Addresses of the portal about itself, and of what robots ask for."""

from django.urls import path

from careerportal.core import views

PAGES = ("about", "accessibility", "contact", "posting-rules", "privacy", "terms")

urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    *(path(f"{name}/", views.page, {"name": name}, name=name) for name in PAGES),
]
