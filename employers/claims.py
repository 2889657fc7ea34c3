"""What came with a claim that did not hold: people, places, openings, the inbox address. It must not outlive the claim.

Whoever claims a register's entry first prepares everything before anybody has checked them. When somebody else proves to
act for the organization, or the claim is refused or taken back, nothing they left behind may act in its name.
"""

from datetime import datetime

from employers import lifecycle
from employers.models import Employer, Listing

Status = Listing.Status


def send_outside(employer: Employer, *, now: datetime) -> None:
    """End every membership because somebody else is let in; the caller holds the employer.

    Words of openings stay as drafts for the new owner to judge. What waits in review is taken back, so that it is never
    released with somebody else's first opening.
    """
    members = list(employer.memberships.values_list("user", flat=True))
    employer.memberships.all().delete()
    if employer.trusted_at is None:
        for listing in employer.listings.filter(created_by__in=members, status=Status.IN_REVIEW).order_by("pk"):
            lifecycle.withdraw(listing=listing, by=None, now=now)
        employer.sites.filter(is_proposed=True).delete()
        _clear_inbox(employer)


def undo(employer: Employer) -> None:
    """Take back all that the first claim of an unverified entry gave: all its members came with it."""
    members = list(employer.memberships.values_list("user", flat=True))
    employer.memberships.all().delete()
    prepared = [Status.DRAFT, Status.IN_REVIEW, Status.REJECTED]
    employer.listings.filter(created_by__in=members, status__in=prepared).delete()
    employer.sites.filter(is_proposed=True, listings=None).delete()
    _clear_inbox(employer)


def _clear_inbox(employer):
    employer.inbox_email, employer.inbox_wanted, employer.inbox_confirmed_at = "", "", None
    employer.save(update_fields=["inbox_email", "inbox_wanted", "inbox_confirmed_at", "updated_at"])
