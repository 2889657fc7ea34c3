"""Who hires, and for what."""

from employers.models.employer import Employer, Membership, Site
from employers.models.listing import Listing
from employers.models.listing_search import ListingPoint, ListingSearch

__all__ = ["Employer", "Listing", "ListingPoint", "ListingSearch", "Membership", "Site"]
