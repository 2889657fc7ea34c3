"""Registering, claiming and proving who one is. Included before /employers/<slug>/ and /hiring/<slug>/."""

from django.urls import path

from employers.views import claiming, registration, verification

urlpatterns = [
    path("employers/register/new/", registration.register_new, name="employer_register_new"),
    path("employers/claim/<slug:slug>/", claiming.claim, name="employer_claim"),
    path("hiring/<slug:slug>/verification/", verification.page, name="hiring_verification"),
    path("hiring/<slug:slug>/vouching/", verification.vouching, name="hiring_vouching"),
]
