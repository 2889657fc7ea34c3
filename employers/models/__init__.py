"""Who hires, and for what."""

from employers.models.correction import CorrectionRequest
from employers.models.employer import Employer, EmployerGroup, Employs, Membership, Site
from employers.models.listing import Listing
from employers.models.listing_search import ListingPoint, ListingSearch
from employers.models.register import DoubtfulPair, Merge, RegisterEntry, RegisterKind, RegisterRun

__all__ = [
    "CorrectionRequest", "DoubtfulPair", "Employer", "EmployerGroup", "Employs", "Listing", "ListingPoint",
    "ListingSearch", "Membership", "Merge", "RegisterEntry", "RegisterKind", "RegisterRun", "Site",
]  # fmt: skip
