"""The steps an opening takes: the only writers of its status and of the times and the outcome that belong to it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import queue, risk, searchrow
from employers.adcheck import rules
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
SCHEDULABLE = (Status.DRAFT, Status.REJECTED)
SCHEDULED_DAYS = 180  # how far ahead a draft can be scheduled
REASON_LENGTH = 200  # characters of what a member says about a longer closing date


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
    if found.pay_max_usd is None and (rule := rules.range_missing(found, on=localdate(now))):
        raise TransitionRefused(rule)


@transaction.atomic
def publish(*, listing: Listing, now: datetime, by=None) -> Listing:
    """Make an opening visible to seekers from `now` (aware, UTC), or send it to a moderator first; return it as saved.

    It is `in review` afterwards while its employer waits for approval, when it is the employer's first, or when
    employers.risk finds something; a closed one with risks comes back held. Raises TransitionRefused if it is already
    published or in review, its employer is suspended, it says nothing of where the work is, its closing date is over, or
    a state's rule asks it for a pay range that it does not give.
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
    found.status, found.submitted_at, found.rejected_reason, found.publish_at = Status.IN_REVIEW, now, "", None
    _queue(found, now=now, risks=risks)
    _note("submitted", found, by=by, now=now, risks=list(risks))
    return _saved(found, "status", "submitted_at", "rejected_reason", "publish_at")


def _shown(found, *, by, now):
    verb = "reopened" if found.status == Status.CLOSED else "published"
    found.published_at = found.published_at or now
    found.status, found.confirmed_at, found.closed_at = Status.PUBLISHED, now, None
    found.rejected_reason, found.publish_at = "", None
    found.outcome, found.outcome_asked_at = "", None
    _note(verb, found, by=by, now=now)
    return _saved(
        found, "status", "published_at", "confirmed_at", "closed_at", "held_at", "rejected_reason", "publish_at",
        "outcome", "outcome_asked_at",
    )  # fmt: skip


@transaction.atomic
def reopen(*, listing: Listing, closes_on: date | None, now: datetime, by=None) -> Listing:
    """Publish a closed opening again, with `closes_on` as its last day (None: open until filled). See publish.

    Raises TransitionRefused if it is not closed, or publish would.
    """
    found = _locked(listing)
    if found.status != Status.CLOSED:
        raise TransitionRefused(_("Only a closed opening can be opened again."))
    found.closes_on = closes_on
    return publish(listing=_saved(found, "closes_on"), by=by, now=now)


@transaction.atomic
def schedule(*, listing: Listing, publish_at: datetime, now: datetime, by=None) -> Listing:
    """Let a draft go out by itself at `publish_at` (aware), at most SCHEDULED_DAYS ahead; a repeat moves the time.

    Raises TransitionRefused if it is no draft (or one sent back), the time is over or too far away, the closing date is
    over by then, or publish would refuse it today for what it lacks.
    """
    found = _locked(listing)
    if found.status not in SCHEDULABLE:
        raise TransitionRefused(_("Only a draft can be scheduled."))
    if publish_at <= now:
        raise TransitionRefused(_("This time is over. Choose a later one, or publish the opening now."))
    if publish_at > now + timedelta(days=SCHEDULED_DAYS):
        raise TransitionRefused(_("Choose a day within %(days)s days.") % {"days": SCHEDULED_DAYS})
    if found.closes_on and found.closes_on < localdate(publish_at):
        raise TransitionRefused(
            _("Its closing date comes before that day. Choose an earlier day, or a later closing date.")
        )
    _refuse_unready(found, now=publish_at)
    if found.publish_at == publish_at:
        return found
    found.publish_at = publish_at
    _note("scheduled", found, by=by, now=now, publish_at=publish_at.isoformat())
    return _saved(found, "publish_at")


@transaction.atomic
def unschedule(*, listing: Listing, now: datetime, by=None, reason: str = "") -> Listing:
    """Let a scheduled draft stay a draft; `reason` when the portal could not publish it. A repeat changes nothing."""
    found = _locked(listing)
    if found.publish_at is None:
        return found
    found.publish_at = None
    _note("unscheduled", found, by=by, now=now, **({"reason": reason} if reason else {}))
    return _saved(found, "publish_at")


@transaction.atomic
def go_out(*, listing: Listing, now: datetime) -> tuple[Listing, str]:
    """Publish a draft whose time has come; return it as saved and "", or still a draft and the reason why not.

    Either way its time is over: a draft that cannot go out never waits silently. One that was published, moved to
    another time or unscheduled a moment ago is left as it is.
    """
    found = _locked(listing)
    if found.publish_at is None or found.publish_at > now:
        return found, ""
    try:
        with transaction.atomic():
            return publish(listing=found, now=now), ""
    except TransitionRefused as refusal:
        reason = str(refusal)
        return unschedule(listing=found, now=now, reason=reason), reason


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
def close(*, listing: Listing, now: datetime, by=None, outcome: str = "", was_asked: bool = False, **detail) -> Listing:
    """End a published opening at `now`; its page stays and says so. Return it as saved.

    `outcome` is one of Listing.Outcome or "" for unknown; `was_asked`: somebody was asked and would rather not say.
    `detail` goes into the audit log. Raises TransitionRefused if it is not published, ValueError for another outcome.
    """
    found = _locked(listing, to=Status.CLOSED)
    found.status, found.closed_at, found.outcome = Status.CLOSED, now, _outcome(outcome)
    found.outcome_asked_at = now if outcome or was_asked else None
    _note("closed", found, by=by, now=now, **({"outcome": outcome} if outcome else {}), **detail)
    return _saved(found, "status", "closed_at", "outcome", "outcome_asked_at")


def _outcome(outcome):
    if outcome and outcome not in Listing.Outcome.values:
        raise ValueError(f"Not an outcome: {outcome}")
    return outcome


def ends_at(closes_on: date) -> datetime:
    """The end of a closing date: midnight after it in the portal's zone (aware)."""
    return datetime.combine(closes_on + timedelta(days=1), time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def ended_on(listing: Listing) -> date:
    """The last day (in the portal's zone) of a closed opening: its closing date when that ended it."""
    ended_by_date = listing.closes_on and listing.closed_at >= ends_at(listing.closes_on)
    return listing.closes_on if ended_by_date else localdate(listing.closed_at)


@transaction.atomic
def close_by_date(*, listing: Listing, now: datetime) -> bool:
    """Close a published opening whose closing date is over, as of the end of that day; False when it is not so any more.

    Whoever calls this asks once how it ended: `outcome_asked_at` is `now` afterwards.
    """
    found = _locked(listing)
    if found.status != Status.PUBLISHED or not found.closes_on or found.closes_on >= localdate(now):
        return False
    found.status, found.closed_at, found.outcome_asked_at = Status.CLOSED, ends_at(found.closes_on), now
    _note("ended", found, by=None, now=now)
    _saved(found, "status", "closed_at", "outcome_asked_at")
    return True


@transaction.atomic
def give_outcome(*, listing: Listing, outcome: str, now: datetime, by=None, **detail) -> Listing:
    """Note how a closed opening ended, once; "" for "rather not say". The same answer again changes nothing.

    Raises TransitionRefused when it is not closed or another answer was given, ValueError for an unknown outcome.
    """
    found = _locked(listing)
    if found.status != Status.CLOSED:
        raise TransitionRefused(_("Only a closed opening has an outcome."))
    if found.outcome and outcome != found.outcome:
        raise TransitionRefused(
            _("We noted already how this opening ended: %(outcome)s.") % {"outcome": found.get_outcome_display()}
        )
    if found.outcome or (not outcome and found.outcome_asked_at):
        return found
    found.outcome, found.outcome_asked_at = _outcome(outcome), found.outcome_asked_at or now
    if outcome:
        _note("outcome", found, by=by, now=now, outcome=outcome, **detail)
    return _saved(found, "outcome", "outcome_asked_at")


@transaction.atomic
def confirm(*, listing: Listing, now: datetime, by=None, **detail) -> Listing:
    """Note that a published opening is still open; one hidden because nobody said so for 90 days is shown again.

    A repeat on the same day changes nothing. `detail` goes into the audit log. Raises TransitionRefused if it is not
    published, its closing date is over, or its employer is suspended.
    """
    found = _locked(listing)
    if found.status != Status.PUBLISHED:
        raise TransitionRefused(
            _("This opening is %(status)s, so it cannot be kept open.") % {"status": found.get_status_display()}
        )
    if found.employer.is_suspended:
        raise TransitionRefused(_("Your organization is suspended, so its openings stay hidden."))
    if found.closes_on and found.closes_on < localdate(now):
        raise TransitionRefused(_("Its closing date is over. Choose a later date first."))
    if localdate(found.confirmed_at) >= localdate(now):
        return found
    found.confirmed_at = now
    _note("confirmed", found, by=by, now=now, **detail)
    return _saved(found, "confirmed_at")


@transaction.atomic
def extend(*, listing: Listing, closes_on: date | None, now: datetime, by=None, reason: str = "") -> Listing:
    """Move a published opening's closing date (None: open until filled) and confirm it is still open.

    `reason` is what the member says to the team; the activity log shows it. Raises TransitionRefused if the opening is
    not published or the date is before today.
    """
    found = _locked(listing)
    if found.status != Status.PUBLISHED:
        raise TransitionRefused(_("Only a published opening can be extended."))
    if closes_on and closes_on < localdate(now):
        raise TransitionRefused(_("The new closing date is in the past."))
    found.closes_on, found.confirmed_at = closes_on, now
    said = {"reason": " ".join(reason.split())[:REASON_LENGTH]} if reason.strip() else {}
    _note("extended", found, by=by, now=now, closes_on=closes_on.isoformat() if closes_on else "", **said)
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
    found.held_at, found.outcome = None, ""
    _note("taken_down", found, by=by, now=now)
    return _saved(found, "status", "closed_at", "taken_down_reason", "held_at", "outcome")
