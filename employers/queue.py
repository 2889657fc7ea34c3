"""What waits for a moderator: the one queue. Opening a case, and who sees which.

Verbs that send something to be looked at call `open_case` in their own transaction; employers.moderation decides.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from employers.models import (
    Case,
    CorrectionRequest,
    Employer,
    GuestModerator,
    Listing,
    ListingRevision,
    Site,
    Verification,
)

NOTE_AT_MOST = 2000


def _about(*, kind, employer, listing, verification, correction):
    """What makes a case the only open one: the most exact thing it is about, as the constraints of Case have it."""
    key = {"kind": kind, "decided_at": None}
    for name, thing in (("listing", listing), ("verification", verification), ("correction", correction)):
        if thing is not None:
            return {**key, name: thing}
    return {**key, "employer": employer, "listing": None, "verification": None, "correction": None}


@transaction.atomic
def open_case(
    *,
    kind,
    employer,
    now: datetime,
    listing=None,
    verification=None,
    correction=None,
    risks=(),
    is_urgent=False,
    note="",
) -> Case:
    """Put one thing into the queue at `now` (aware), or add to its case that waits already; return the case.

    `kind` is one of Case.Kind, `risks` are codes of employers.risk. What waits already keeps its place: risks are
    joined, urgency is raised and never lowered, a new note is put below the old one.
    """
    key = _about(kind=kind, employer=employer, listing=listing, verification=verification, correction=correction)
    case = Case.objects.select_for_update().filter(**key).first()
    if case is None:
        fields = {"listing": listing, "verification": verification, "correction": correction}
        fields |= {"risks": list(dict.fromkeys(risks)), "is_urgent": is_urgent, "note": note[:NOTE_AT_MOST]}
        try:
            with transaction.atomic():
                case = Case.objects.create(kind=kind, employer=employer, **fields)
        except IntegrityError:  # somebody opened it at the same moment: the unique key decides
            case = Case.objects.select_for_update().get(**key)
        else:
            Case.objects.filter(pk=case.pk).update(created_at=now)  # the caller's clock, not the machine's
            case.created_at = now
            return case
    case.risks = list(dict.fromkeys([*case.risks, *risks]))
    case.is_urgent = case.is_urgent or is_urgent
    if note and note not in case.note:
        case.note = f"{case.note}\n{note}".strip()[:NOTE_AT_MOST]
    case.save(update_fields=["risks", "is_urgent", "note", "updated_at"])
    return case


def settle(*, outcome, now: datetime, by=None, reason="", **about) -> int:
    """End the open cases about something at `now`, because it was decided or withdrawn; return how many.

    `about` are conditions on cases, such as listing=opening, kind="opening". `outcome` is a word of at most 40 signs,
    `reason` what the employer reads.
    """
    ended = {"decided_at": now, "decided_by": by, "outcome": outcome, "reason": reason[:NOTE_AT_MOST]}
    return Case.objects.filter(decided_at=None, **about).update(**ended, updated_at=now)


def states_of(user):
    """The states a guest moderator decides in, as a list of two-letter codes; None for moderators of everything."""
    guest = GuestModerator.objects.filter(user=user).first()
    return None if guest is None else guest.states


def waiting(user=None, states=None):
    """Cases nobody has decided: urgent first, then the oldest.

    `user`: only what this moderator decides on, which differs for guests; `states`: only cases of employers with a site
    in one of these states, or about remote work there.
    """
    if states is None and user is not None:
        states = states_of(user)
    found = Case.objects.filter(decided_at=None)
    if states is not None:
        found = found.filter(in_states(states))
    return found.order_by("-is_urgent", "created_at", "pk")


def in_states(states):
    """A condition on cases: the employer has a site in one of `states`, or the opening is remote work there."""
    sites = Site.objects.filter(employer=OuterRef("employer_id"), state__in=states)
    remote = Listing.objects.filter(pk=OuterRef("listing_id"), remote_states__overlap=list(states))
    return Q(Exists(sites)) | Q(Exists(remote))


def is_in_states(states, employer, listing=None) -> bool:
    """Whether an employer has a site in one of `states`, or its opening `listing` is remote work there."""
    is_remote = listing is not None and bool(set(states) & set(listing.remote_states or ()))
    return is_remote or Site.objects.filter(employer=employer, state__in=states).exists()


# --- Nothing drops out ----------------------------------------------------------------------------
def missing() -> list[dict]:
    """Things that wait for a moderator without an open case, as arguments for open_case; normally none.

    A request because nobody was here for 180 days waits for its owner, not for a moderator, until the owner answers.
    """
    kinds = Case.Kind
    found = [
        {"kind": kinds.ORGANIZATION, "employer": one.employer, "verification": one, "risks": one.risks}
        for one in _without_case(
            Verification.objects.filter(status="open").exclude(reason=Verification.Reason.IDLE), verification="pk"
        )
    ]
    in_review = Listing.objects.filter(status=Listing.Status.IN_REVIEW)
    held = Listing.objects.filter(status=Listing.Status.PUBLISHED, held_at__isnull=False)
    openings = [*_without_case(in_review, kind=kinds.OPENING, listing="pk"), *_without_case(held, listing="pk")]
    found += [{"kind": kinds.OPENING, "employer": one.employer, "listing": one} for one in openings]
    edits = ListingRevision.objects.filter(decided_at=None).select_related("listing__employer")
    found += [
        {"kind": kinds.EDIT, "employer": one.listing.employer, "listing": one.listing}
        for one in _without_case(edits, kind=kinds.EDIT, listing="listing_id")
    ]
    requests = CorrectionRequest.objects.filter(handled_at=None)
    found += [
        {"kind": kinds.CORRECTION, "employer": one.employer, "correction": one}
        for one in _without_case(requests, correction="pk")
    ]
    hidden = _without_case(Employer.objects.filter(held_at__isnull=False), employer="pk", listing=None)
    found += [{"kind": kinds.REPORT, "employer": one, "is_urgent": True} for one in hidden]
    return found + [{"kind": kinds.ORGANIZATION, "employer": one} for one in _never_asked()]


def _without_case(things, **about):
    """Those of a queryset without an open case; `about` are conditions on cases, with columns of the thing as text."""
    outer = ("verification", "listing", "correction", "employer")
    conditions = {
        name: OuterRef(value) if name in outer and value is not None else value for name, value in about.items()
    }
    return things.exclude(Exists(Case.objects.filter(decided_at=None, **conditions))).order_by("pk")


def _never_asked():
    """Organizations that people registered before requests for verification were kept, undecided."""
    cases = Case.objects.filter(kind=Case.Kind.ORGANIZATION, employer=OuterRef("pk"))
    requests = Verification.objects.filter(employer=OuterRef("pk"))
    waits = Employer.objects.filter(approved_at=None, suspended_at=None, listed_from=Employer.ListedFrom.REGISTERED)
    return waits.filter(memberships__isnull=False).exclude(Exists(cases) | Exists(requests)).distinct().order_by("pk")


def reopen_missing(*, now: datetime) -> int:
    """Open a case at `now` for everything that `missing` finds; return how many."""
    lost = missing()
    for about in lost:
        open_case(now=now, **about)
    return len(lost)
