"""The steps an opening takes: the only writers of Listing.status."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employers import searchrow
from employers.models import Listing

Status = Listing.Status
ALLOWED = {
    Status.DRAFT: {Status.PUBLISHED},
    Status.PUBLISHED: {Status.CLOSED, Status.TAKEN_DOWN},
    Status.CLOSED: {Status.PUBLISHED, Status.TAKEN_DOWN},
    Status.TAKEN_DOWN: set(),
}


class TransitionRefused(Exception):
    """The opening cannot take this step now; str(error) is fit to show to the employer."""


def _locked(listing, *, to=None):
    searchrow.hold(employer_id=listing.employer_id)
    found = Listing.objects.select_for_update(of=("self",)).select_related("employer").get(pk=listing.pk)
    if to is not None and to not in ALLOWED[found.status]:
        raise TransitionRefused(
            _("This opening is %(status)s, so it cannot take this step.") % {"status": found.get_status_display()}
        )
    return found


def _saved(listing, *fields):
    listing.save(update_fields=[*fields, "updated_at"])
    searchrow.rewrite([listing.pk])
    return listing


@transaction.atomic
def publish(*, listing: Listing, now: datetime) -> Listing:
    """Make a draft visible to seekers, or a closed opening again, from `now` (aware, UTC); return it as saved.

    Raises TransitionRefused if it is already published, its employer is not approved, it says nothing of where the
    work is, or its closing date is over.
    """
    found = _locked(listing, to=Status.PUBLISHED)
    if not found.employer.is_approved:
        raise TransitionRefused(_("Your organization is still waiting for approval. The opening is saved as a draft."))
    if found.employer.is_suspended:
        raise TransitionRefused(_("Your organization is suspended, so it cannot publish openings."))
    if not found.care_settings.exists():
        raise TransitionRefused(_("Choose at least one care setting first."))
    if not found.remote_states and not found.sites.exists():
        raise TransitionRefused(_("Say where the work is first: choose a site, or the states for remote work."))
    if found.closes_on and found.closes_on < localdate(now):
        raise TransitionRefused(_("Its closing date is over. Choose a later date first."))
    found.published_at = found.published_at or now
    found.status, found.confirmed_at, found.closed_at = Status.PUBLISHED, now, None
    return _saved(found, "status", "published_at", "confirmed_at", "closed_at")


@transaction.atomic
def close(*, listing: Listing, now: datetime) -> Listing:
    """End a published opening at `now`; its page stays and says so. Raises TransitionRefused if it is not published."""
    found = _locked(listing, to=Status.CLOSED)
    found.status, found.closed_at = Status.CLOSED, now
    return _saved(found, "status", "closed_at")


@transaction.atomic
def extend(*, listing: Listing, closes_on: date | None, now: datetime) -> Listing:
    """Move a published opening's closing date (None: open until filled) and confirm it is still open.

    Raises TransitionRefused if it is not published or the date is before today.
    """
    found = _locked(listing)
    if found.status != Status.PUBLISHED:
        raise TransitionRefused(_("Only a published opening can be extended."))
    if closes_on and closes_on < localdate(now):
        raise TransitionRefused(_("The new closing date is in the past."))
    found.closes_on, found.confirmed_at = closes_on, now
    return _saved(found, "closes_on", "confirmed_at")


@transaction.atomic
def take_down(*, listing: Listing, reason: str, now: datetime) -> Listing:
    """Remove an opening from every page for good, with a reason for its employer.

    Raises TransitionRefused if it is a draft or already down, or without a reason.
    """
    if not reason.strip():
        raise TransitionRefused(_("Say why the opening is taken down."))
    found = _locked(listing, to=Status.TAKEN_DOWN)
    found.status, found.closed_at, found.taken_down_reason = Status.TAKEN_DOWN, None, reason.strip()[:300]
    return _saved(found, "status", "closed_at", "taken_down_reason")
