"""Who hires, and for what."""

from employers.models.correction import CorrectionRequest
from employers.models.employer import Employer, EmployerGroup, Employs, Membership, Site
from employers.models.importing import ImportedOpening, ImportRow, ImportRun, ImportSource
from employers.models.listing import Listing
from employers.models.listing_day import ListingDay
from employers.models.listing_input import ListingInput
from employers.models.listing_search import ListingPoint, ListingSearch
from employers.models.moderation import CannedReason, Case, CaseMessage, GuestModerator, Report
from employers.models.register import DoubtfulPair, Merge, RegisterEntry, RegisterKind, RegisterRun
from employers.models.revision import ListingRevision
from employers.models.team import Invitation
from employers.models.verification import BlockedDomain, Evidence, Verification

__all__ = [
    "BlockedDomain", "CannedReason", "Case", "CaseMessage", "CorrectionRequest", "DoubtfulPair", "Employer",
    "EmployerGroup", "Employs", "Evidence", "GuestModerator", "ImportRow", "ImportRun", "ImportSource", "ImportedOpening",
    "Invitation", "Listing", "ListingDay", "ListingInput", "ListingPoint", "ListingRevision", "ListingSearch",
    "Membership", "Merge", "RegisterEntry", "RegisterKind", "RegisterRun", "Report", "Site", "Verification",
]  # fmt: skip
