"""What can truthfully be counted of an employer today: its openings, how long they were open, what they say, its team."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from employers.models import Employer, Listing, Membership
from employers.models.listing import STATED_FACTS

SHOWN = 100  # openings in the table, newest first
FACT_WORDS = {
    "pay": _("pay"), "place": _("place"), "schedule": _("schedule"), "mode": _("work mode and home visits"),
    "licence": _("license"), "caseload": _("caseload"), "people": _("people served"), "languages": _("languages"),
}  # fmt: skip


@dataclass(frozen=True)
class OpeningFigures:
    """One opening: whole days it was open so far (None: never), how many of the eight facts it states, which it leaves out."""

    listing: Listing
    days_open: int | None
    stated: int
    missing: list


def figures_of(employer: Employer, *, at: datetime):
    """Counts of an employer at the aware datetime `at`, as a dict for its page; six queries however many openings."""
    by_status = dict(employer.listings.order_by().values_list("status").annotate(Count("pk")))
    members = dict(employer.memberships.order_by().values_list("access").annotate(Count("pk")))
    found = employer.listings.select_related("search").prefetch_related("sites", "populations").newest_first()
    openings = [_of(listing, at=at) for listing in found[:SHOWN]]
    live = [one for one in openings if one.listing.is_live(at=at)]
    return {
        "states": [(Listing.Status(value).label, by_status[value]) for value in Listing.Status if value in by_status],
        "live": Listing.objects.live(at=at).filter(employer=employer).count(),
        "stated": round(sum(one.stated for one in live) / len(live), 1) if live else None,
        "facts": len(STATED_FACTS),
        "members": [
            (Membership.Access(value).label, members[value]) for value in Membership.Access if value in members
        ],
        "sites": employer.sites.filter(closed_at=None).count(),
        "openings": openings,
        "left_out": max(0, sum(by_status.values()) - SHOWN),
    }


def _of(listing, *, at):
    stated = dict(zip(STATED_FACTS, listing.stated, strict=True))
    days = None
    if listing.published_at is not None:
        row = getattr(listing, "search", None)
        ends = [listing.closed_at, at] + ([row.live_until] if row and row.live_until else [])
        days = max(0, (min(end for end in ends if end is not None) - listing.published_at).days)
    missing = [FACT_WORDS[name] for name, is_stated in stated.items() if not is_stated]
    return OpeningFigures(listing=listing, days_open=days, stated=len(stated) - len(missing), missing=missing)
