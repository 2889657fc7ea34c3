"""What waits for a moderator: the one queue. Opening a case, and who sees which.

Verbs that send something to be looked at call `open_case` in their own transaction; employers.moderation decides.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from employers.models import Case, GuestModerator, Listing, Site

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
