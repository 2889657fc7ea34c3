"""The pages about the work, for search engines."""

from careerportal.core.sitemaps import PortalSitemap
from careers import addresses


class CareersSitemap(PortalSitemap):
    """Every page of content, and the first page, with the day since which all of an object's page is looked at."""

    def items(self):
        fixed = [(address, None) for address in (addresses.HOME, *addresses.fixed_addresses())]
        rows = [
            (addresses.address_of(row), row.reviewed_on)
            for kind in addresses.kinds().values()
            if addresses.has_page(kind)
            for row in kind.objects.order_by("pk")
            if addresses.is_shown(row)
        ]
        return fixed + [(address, day) for address, day in rows if address and "#" not in address]

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]
