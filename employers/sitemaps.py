"""Live openings and public employers, for search engines. Samples and what is hidden are not among them."""

from django.utils import timezone

from careerportal.core.sitemaps import PortalSitemap
from employers.models import Employer, Listing


class OpeningsSitemap(PortalSitemap):
    """Openings that are live now."""

    def items(self):
        live = Listing.objects.live(at=timezone.now()).filter(employer__is_sample=False)
        return live.only("pk", "headline", "updated_at").order_by("pk")

    def lastmod(self, listing):
        return listing.updated_at


class EmployersSitemap(PortalSitemap):
    """Employers with a page for everyone."""

    def items(self):
        return Employer.objects.public().filter(is_sample=False).only("pk", "slug", "updated_at").order_by("pk")

    def lastmod(self, employer):
        return employer.updated_at
