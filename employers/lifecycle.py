"""The steps an opening takes: the only writers of Listing.status and Listing.held_at."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import queue, risk, searchrow
from employers.models import Case, Listing

Status = Listing.Status
ALLOWED = {
    Status.DRAFT: {Status.IN_REVIEW, Status.PUBLISHED},
    Status.IN_REVIEW: {Status.DRAFT, Status.PUBLISHED, Status.REJECTED},
    Status.REJECTED: {Status.IN_REVIEW, Status.PUBLISHED},
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


def _note(verb, listing, *, by, now, **detail):
    audit.record(f"listing.{verb}", about=listing, actor=by, employer=listing.employer_id, now=now, **detail)


def _queue(listing, *, now, risks, note=""):
    """Put an opening into the moderators' queue."""
    return queue.open_case(
        kind=Case.Kind.OPENING,
        employer=listing.employer,
        listing=listing,
        now=now,
        risks=risks,
        is_urgent=not risk.URGENT.isdisjoint(risks),
        note=note,
    )


def _refuse_unready(found, *, now):
    if found.employer.is_suspended:
        raise TransitionRefused(_("Your organization is suspended, so it cannot publish openings."))
    if not found.care_settings.exists():
        raise TransitionRefused(_("Choose at least one care setting first."))
    if not found.remote_states and not found.sites.exists():
        raise TransitionRefused(_("Say where the work is first: choose a site, or the states for remote work."))
    if found.closes_on and found.closes_on < localdate(now):
        raise TransitionRefused(_("Its closing date is over. Choose a later date first."))


@transaction.atomic
def publish(*, listing: Listing, now: datetime, by=None) -> Listing:
    """Make an opening visible to seekers from `now` (aware, UTC), or send it to a moderator first; return it as saved.

    It is `in review` afterwards while its employer waits for approval, when it is the employer's first, or when
    employers.risk finds something; a closed one with risks comes back held. Raises TransitionRefused if it is already
    published or in review, its employer is suspended, it says nothing of where the work is, or its closing date is over.
    """
    found = _locked(listing, to=Status.PUBLISHED)
    if found.status == Status.IN_REVIEW:
        raise TransitionRefused(_("This opening is in review already. You will hear from us."))
    _refuse_unready(found, now=now)
    risks = risk.of_listing(found)
    if found.status == Status.CLOSED:
        if not found.employer.is_approved:
            raise TransitionRefused(
                _("Your organization is waiting to be verified again. Then you can reopen this opening.")
            )
        if risk.holds(risks):
            found.held_at = found.held_at or now
            _queue(found, now=now, risks=risks, note=_("Reopened, with signs of risk."))
        return _shown(found, by=by, now=now)
    employer = found.employer
    if employer.is_approved and employer.trusted_at and not employer.held_at and not risk.holds(risks):
        return _shown(found, by=by, now=now)
    found.status, found.submitted_at, found.rejected_reason = Status.IN_REVIEW, now, ""
    _queue(found, now=now, risks=risks)
    _note("submitted", found, by=by, now=now, risks=list(risks))
    return _saved(found, "status", "submitted_at", "rejected_reason")


def _shown(found, *, by, now):
    found.published_at = found.published_at or now
    found.status, found.confirmed_at, found.closed_at = Status.PUBLISHED, now, None
    found.rejected_reason = ""
    _note("published", found, by=by, now=now)
    return _saved(found, "status", "published_at", "confirmed_at", "closed_at", "held_at", "rejected_reason")


@transaction.atomic
def accept(*, listing: Listing, by, now: datetime) -> Listing:
    """Let an opening that waits or is held go live: a moderator `by` has looked. Return it as saved.

    Accepting an employer's first opening trusts it from then on: its others that wait without any risk go live too.
    Raises TransitionRefused when it neither waits nor is held, or its employer is not verified or is suspended.
    """
    found = _locked(listing)
    if found.held_at is not None:
        return unhold(listing=found, by=by, now=now)
    if found.status != Status.IN_REVIEW:
        raise TransitionRefused(_("This opening does not wait for a decision any more."))
    if not found.employer.is_approved:
        raise TransitionRefused(_("Verify the organization first. Then its opening can go live."))
    _refuse_unready(found, now=now)
    _shown(found, by=by, now=now)
    if found.employer.trusted_at is None:
        found.employer.trusted_at = now
        found.employer.save(update_fields=["trusted_at", "updated_at"])
        audit.record("employer.trusted", about=found.employer, actor=by, employer=found.employer, now=now)
        _release_waiting(found.employer, but=found, by=by, now=now)
    return found


def _release_waiting(employer, *, but, by, now):
    """Publish what waits only because nothing of this employer had been looked at yet."""
    waiting = Listing.objects.select_for_update(of=("self",)).filter(employer=employer, status=Status.IN_REVIEW)
    for other in waiting.exclude(pk=but.pk).order_by("pk"):
        case = Case.objects.filter(kind=Case.Kind.OPENING, listing=other, decided_at=None)
        known = {code for each in case for code in each.risks}
        if risk.holds(known | {*risk.of_listing(other)}):
            continue
        try:
            _refuse_unready(other, now=now)
        except TransitionRefused:
            continue  # it waits on, with its case: a moderator tells the employer
        _shown(other, by=by, now=now)
        queue.settle(outcome="accepted", now=now, by=by, kind=Case.Kind.OPENING, listing=other)


@transaction.atomic
def reject(*, listing: Listing, by, reason: str, now: datetime) -> Listing:
    """Send an opening that waits back to its employer with a reason. It is not checked again for anything else.

    Raises TransitionRefused when it does not wait, or without a reason.
    """
    if not reason.strip():
        raise TransitionRefused(_("Say why the opening is sent back."))
    found = _locked(listing, to=Status.REJECTED)
    found.status, found.rejected_reason = Status.REJECTED, reason.strip()[:2000]
    _note("rejected", found, by=by, now=now)
    return _saved(found, "status", "rejected_reason")


@transaction.atomic
def withdraw(*, listing: Listing, by, now: datetime) -> Listing:
    """Take an opening back from review; it is a draft again and its case ends. Raises TransitionRefused if it does not wait."""
    found = _locked(listing)
    if found.status != Status.IN_REVIEW:
        raise TransitionRefused(_("Only an opening in review can be taken back."))
    found.status = Status.DRAFT
    queue.settle(outcome="withdrawn", now=now, by=by, kind=Case.Kind.OPENING, listing=found)
    _note("withdrawn", found, by=by, now=now)
    return _saved(found, "status")


@transaction.atomic
def hold(*, listing: Listing, now: datetime, risks=(), by=None, note: str = "") -> Listing:
    """Hide a published opening until a moderator has looked, and put it into the queue; repeats add to its case.

    Raises TransitionRefused when it is not published.
    """
    found = _locked(listing)
    if found.status != Status.PUBLISHED:
        raise TransitionRefused(_("Only a published opening can be held."))
    _queue(found, now=now, risks=risks, note=note)
    if found.held_at is not None:
        return found
    found.held_at = now
    _note("held", found, by=by, now=now, risks=list(risks))
    return _saved(found, "held_at")


@transaction.atomic
def unhold(*, listing: Listing, by, now: datetime) -> Listing:
    """Show a held opening again. Raises TransitionRefused when it is not held."""
    found = _locked(listing)
    if found.held_at is None:
        raise TransitionRefused(_("This opening is not held."))
    found.held_at = None
    _note("unheld", found, by=by, now=now)
    return _saved(found, "held_at")


@transaction.atomic
def close(*, listing: Listing, now: datetime, by=None) -> Listing:
    """End a published opening at `now`; its page stays and says so. Raises TransitionRefused if it is not published."""
    found = _locked(listing, to=Status.CLOSED)
    found.status, found.closed_at = Status.CLOSED, now
    _note("closed", found, by=by, now=now)
    return _saved(found, "status", "closed_at")


@transaction.atomic
def extend(*, listing: Listing, closes_on: date | None, now: datetime, by=None) -> Listing:
    """Move a published opening's closing date (None: open until filled) and confirm it is still open.

    Raises TransitionRefused if it is not published or the date is before today.
    """
    found = _locked(listing)
    if found.status != Status.PUBLISHED:
        raise TransitionRefused(_("Only a published opening can be extended."))
    if closes_on and closes_on < localdate(now):
        raise TransitionRefused(_("The new closing date is in the past."))
    found.closes_on, found.confirmed_at = closes_on, now
    _note("extended", found, by=by, now=now)
    return _saved(found, "closes_on", "confirmed_at")


@transaction.atomic
def take_down(*, listing: Listing, reason: str, now: datetime, by=None) -> Listing:
    """Remove an opening from every page for good, with a reason for its employer.

    Raises TransitionRefused if it was never shown or is already down, or without a reason.
    """
    if not reason.strip():
        raise TransitionRefused(_("Say why the opening is taken down."))
    found = _locked(listing, to=Status.TAKEN_DOWN)
    found.status, found.closed_at, found.taken_down_reason = Status.TAKEN_DOWN, None, reason.strip()[:300]
    found.held_at = None
    _note("taken_down", found, by=by, now=now)
    return _saved(found, "status", "closed_at", "taken_down_reason", "held_at")
