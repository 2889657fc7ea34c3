"""Every address, by app. This is the roof: it may name any app."""

from allauth.account.decorators import reauthentication_required, secure_admin_login
from allauth.account.views import password_set
from django.contrib import admin
from django.urls import include, path

from careerportal.core.sitemaps import sitemap, sitemap_part
from careerportal.core.views import healthz
from careers.sitemaps import CareersSitemap
from employers.sitemaps import EmployersSitemap, OpeningsSitemap

# Staff sign in where everyone does: with its limits and their second factor.
admin.site.login = secure_admin_login(admin.site.login)

# Errors wear the portal's look and need neither database nor session.
handler400 = "careerportal.core.views.bad_request"
handler403 = "careerportal.core.views.forbidden"
handler404 = "careerportal.core.views.not_found"
handler500 = "careerportal.core.views.server_error"

SITEMAPS = {"careers": CareersSitemap, "openings": OpeningsSitemap, "employers": EmployersSitemap}

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_part, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    path("admin/", admin.site.urls),
    # A first password opens the account for good, so it asks once more; allauth's own view does not.
    path("accounts/password/set/", reauthentication_required(password_set)),
    path("accounts/", include("allauth.urls")),
    path("careers/", include("careers.urls")),
    path("", include("accounts.inquiry_urls")),
    path("", include("employers.urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.privacy_urls")),
    path("", include("careerportal.outbox.urls")),
    path("", include("careerportal.core.urls")),
]
