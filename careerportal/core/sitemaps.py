"""The portal's sitemap: one file while it fits, else an index of files (sitemaps.org: at most 50,000 addresses each)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.views.decorators.http import require_safe

from careerportal.core.remembered import remembered

MOST_ADDRESSES = 50_000


class PortalSitemap(Sitemap):
    """A part of the sitemap; addresses are those of PORTAL_URL, whatever name the request came by."""

    limit = MOST_ADDRESSES

    def get_protocol(self, protocol=None):
        return urlsplit(settings.PORTAL_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.PORTAL_URL).netloc


@remembered
@login_not_required
@require_safe
def sitemap(request, sitemaps):
    """/sitemap.xml: all addresses, or where the parts are when there are too many for one file."""
    parts = {name: part() for name, part in sitemaps.items()}
    if sum(part.paginator.count for part in parts.values()) > MOST_ADDRESSES:
        return sitemap_views.index(request, parts, sitemap_url_name="sitemap_part")
    return sitemap_views.sitemap(request, parts)


@remembered
@login_not_required
@require_safe
def sitemap_part(request, sitemaps, section):
    """/sitemap-<section>.xml?p=2: one part of a large sitemap."""
    return sitemap_views.sitemap(request, sitemaps, section=section)
