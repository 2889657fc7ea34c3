"""What moderators decide about cases, and who may. The first decision wins; nobody decides on their own organization."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerportal.core import audit
from employers import case_mail, corrections, domains, groups, lifecycle, organizations, queue, revisions, searchrow
from employers import verification as verifications
from employers.models import BlockedDomain, Case, CaseMessage, Employer, Listing, Verification

MAY_DECIDE = "employers.change_case"
Kind, Status = Case.Kind, Listing.Status


class DecisionRefused(Exception):
    """This cannot be decided like that; str(error) is fit to show to a moderator."""


class AlreadyDecided(DecisionRefused):
    """Somebody decided it first; nothing was changed."""


class SomeoneElse(DecisionRefused):
    """The moderator belongs to the organization, or it lies outside their states."""


_SOMEONE_ELSE = gettext_lazy(
    "Someone else must decide on this: you belong to the organization, or it is not in your states."
)

# What the verbs below us refuse, worded for people.
_REFUSALS = (
    lifecycle.TransitionRefused,
    organizations.OrganizationRefused,
    verifications.VerificationRefused,
    corrections.CorrectionRefused,
    groups.GroupRefused,
)


@dataclass(frozen=True)
class Choice:
    """One decision a moderator can take. `words`: what must be written ("reason", "evidence", "outcome"; "" for nothing)."""

    code: str
    label: str
    words: str = ""
    is_against: bool = False


APPROVE = Choice("approve", gettext_lazy("Verify the organization"), "evidence")
REFUSE = Choice("refuse", gettext_lazy("Refuse, with a reason"), "reason", is_against=True)
ACCEPT = Choice("accept", gettext_lazy("Accept"))
SEND_BACK = Choice("send-back", gettext_lazy("Send back, with a reason"), "reason", is_against=True)
KEEP = Choice("keep", gettext_lazy("Nothing wrong: show it"))
TAKE_DOWN = Choice("take-down", gettext_lazy("Take down for good, with a reason"), "reason", is_against=True)
SUSPEND = Choice("suspend", gettext_lazy("Suspend the organization, with a reason"), "reason", is_against=True)
DONE = Choice("done", gettext_lazy("Dealt with: say what was done"), "outcome")
NOTHING = Choice("nothing", gettext_lazy("Nothing is left to decide"))


# --- Who may --------------------------------------------------------------------------------------
def is_own(user, case) -> bool:
    """Whether the case is about an organization this person acts for or asks to act for, or about their own request."""
    asked = case.verification is not None and case.verification.user_id == user.pk
    return asked or has_part(user, case.employer)


def has_part(user, employer) -> bool:
    """Whether a person acts for an employer, or waits for the answer whether they may."""
    waits = employer.verifications.filter(user=user, status=Verification.Status.OPEN)
    return employer.memberships.filter(user=user).exists() or waits.exists()


def may_see(user, case) -> bool:
    """Whether a moderator sees a case at all: guests only those of their states."""
    states = queue.states_of(user)
    return states is None or Case.objects.filter(queue.in_states(states), pk=case.pk).exists()


def may_decide(user, case) -> bool:
    """Whether this person may decide on this case: a moderator, for these states, with no part in the organization."""
    return user.is_staff and user.has_perm(MAY_DECIDE) and may_see(user, case) and not is_own(user, case)


def _require(user, case):
    if not may_decide(user, case):
        raise SomeoneElse(_SOMEONE_ELSE)


def require_no_part(user, employer, listing=None):
    """Let pass who may act on an employer or its opening without a case, as in the admin.

    Raises SomeoneElse for who has a part in it, and for a guest outside their states; rights are the caller's to check.
    """
    states = queue.states_of(user)
    is_theirs = states is None or queue.is_in_states(states, employer, listing)
    if not is_theirs or has_part(user, employer):
        raise SomeoneElse(_SOMEONE_ELSE)


# --- What may be decided --------------------------------------------------------------------------
def choices(case) -> list[Choice]:
    """Return what can be decided about a case as things stand, the usual first."""
    listing = case.listing
    if case.kind == Kind.ORGANIZATION:
        waits = case.verification.status == "open" if case.verification else not case.employer.is_approved
        return [APPROVE, REFUSE] if waits else [NOTHING]
    if case.kind == Kind.OPENING:
        if listing.status == Status.IN_REVIEW:
            return [ACCEPT, SEND_BACK]
        if listing.status in (Status.PUBLISHED, Status.CLOSED):
            return [KEEP, TAKE_DOWN] if listing.held_at else [NOTHING, TAKE_DOWN]
        return [NOTHING]
    if case.kind == Kind.EDIT:
        return [ACCEPT, SEND_BACK] if revisions.waiting_for(listing) else [NOTHING]
    if case.kind == Kind.REPORT:
        can_go = listing is not None and listing.status in (Status.PUBLISHED, Status.CLOSED)
        return [KEEP, *([TAKE_DOWN] if can_go else []), *([] if case.employer.is_suspended else [SUSPEND])]
    return [DONE] if case.kind == Kind.CORRECTION else [ACCEPT, SEND_BACK]


def shown_mark(case) -> str:
    """Return what tells apart what a moderator reads about a case: it differs once the employer changed any of it."""
    seen = [case.employer.name, case.employer.website]
    if case.listing is not None:
        waits = revisions.waiting_for(case.listing)
        seen += [case.listing.updated_at.isoformat(), str(waits.pk if waits else "")]
    if case.verification is not None:
        seen += [case.verification.proposed_name, case.verification.proposed_website]
    return salted_hmac("employers.moderation.shown", "\0".join(seen), algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def decide(*, case: Case, by, decision: str, words: str = "", shown: str = "", now: datetime) -> Case:
    """Decide a case at `now` (aware) as `decision`, the code of one of its `choices`; return it as saved.

    `words` are what the choice asks for; reasons go to the employer. `shown` is the `shown_mark` of what the moderator
    read: nobody accepts a text that was put in its place meanwhile. Raises AlreadyDecided when somebody was first,
    SomeoneElse for a moderator with a part in it, DecisionRefused for what cannot be done, was changed since it was
    read, or lacks its words.
    """
    searchrow.hold(employer_id=case.employer_id)  # every change holds the employer first, so no two wait for each other
    found = _locked(case)
    _require(by, found)
    if shown and shown != shown_mark(found):
        raise DecisionRefused(_("The employer changed this after you opened the page. Read it again, then decide."))
    choice = next((one for one in choices(found) if one.code == decision), None)
    if choice is None:
        raise DecisionRefused(_("This cannot be decided like that any more. Look at the page again."))
    said = words.strip()
    if choice.words in ("reason", "outcome") and not said:
        raise DecisionRefused(_("Choose a reason, or write one: it is shown to the employer."))
    try:
        outcome = _DO[choice.code](found, by, said, now)
    except _REFUSALS as refusal:
        raise DecisionRefused(str(refusal)) from refusal
    ended = {"decided_at": now, "decided_by": by, "outcome": outcome, "reason": said[: queue.NOTE_AT_MOST]}
    Case.objects.filter(pk=found.pk).update(**ended, updated_at=now)
    audit.record("case.decided", about=found, actor=by, now=now, kind_of_case=found.kind, outcome=outcome)
    found.refresh_from_db()
    if _is_told(found, choice):
        case_mail.tell(found, about="decided", now=now)
    return found


def _is_told(case, choice):
    """Whether the employer hears of a decision here: not of requests (they get a letter of their own) and not of readers'."""
    if choice is NOTHING or case.verification_id is not None or case.kind == Kind.CORRECTION:
        return False
    return choice.is_against or case.kind != Kind.REPORT


def _locked(case):
    found = Case.objects.select_for_update(of=("self",)).select_related(
        "employer", "listing", "verification", "correction"
    )
    found = found.get(pk=case.pk)
    if found.decided_at is not None:
        raise AlreadyDecided(
            _("Someone decided this already: %(outcome)s. Nothing was changed.") % {"outcome": outcome_text(found)}
        )
    return found


def _approve(case, by, said, now):
    if case.verification is not None:
        verifications.approve(verification=case.verification, by=by, now=now, evidence=said)
    else:
        organizations.approve(employer=case.employer, by=by, evidence=said, now=now)
    return "approved"


def _refuse(case, by, said, now):
    if case.verification is not None:
        verifications.reject(verification=case.verification, by=by, reason=said, now=now)
    return "refused"


def _accept(case, by, said, now):
    if case.kind == Kind.OPENING:
        lifecycle.accept(listing=case.listing, by=by, now=now)
    elif case.kind == Kind.EDIT:
        revisions.accept(revision=revisions.waiting_for(case.listing), by=by, now=now)
    else:
        groups.join(case=case, by=by, now=now)
    return "accepted"


def _send_back(case, by, said, now):
    if case.kind == Kind.OPENING:
        lifecycle.reject(listing=case.listing, by=by, reason=said, now=now)
    elif case.kind == Kind.EDIT:
        revisions.reject(revision=revisions.waiting_for(case.listing), by=by, now=now)
    else:
        audit.record("group.rejected", about=case, actor=by, employer=case.employer, now=now)
    return "sent-back"


def _keep(case, by, said, now):
    if case.listing is None:
        if case.employer.held_at is not None:
            organizations.unhold(employer=case.employer, by=by, now=now)
        return "kept"
    if case.listing.held_at is not None:
        lifecycle.unhold(listing=case.listing, by=by, now=now)
    ended = [Kind.REPORT] if case.listing.status == Status.IN_REVIEW else [Kind.OPENING, Kind.REPORT]
    queue.settle(outcome="kept", by=by, now=now, listing=case.listing, kind__in=ended)
    return "kept"


def _take_down(case, by, said, now):
    lifecycle.take_down(listing=case.listing, reason=said, by=by, now=now)
    queue.settle(outcome="taken-down", by=by, reason=said, now=now, listing=case.listing)
    return "taken-down"


def _suspend(case, by, said, now):
    organizations.suspend(employer=case.employer, reason=said, by=by, now=now)
    return "suspended"


def _done(case, by, said, now):
    corrections.deal_with(request=case.correction, by=by, outcome=said, now=now)
    return "done"


_DO = {
    APPROVE.code: _approve,
    REFUSE.code: _refuse,
    ACCEPT.code: _accept,
    SEND_BACK.code: _send_back,
    KEEP.code: _keep,
    TAKE_DOWN.code: _take_down,
    SUSPEND.code: _suspend,
    DONE.code: _done,
    NOTHING.code: lambda case, by, said, now: "nothing",
}

_OUTCOMES = {
    "approved": gettext_lazy("verified"),
    "refused": gettext_lazy("refused"),
    "rejected": gettext_lazy("refused"),
    "accepted": gettext_lazy("accepted"),
    "sent-back": gettext_lazy("sent back"),
    "kept": gettext_lazy("nothing was wrong"),
    "taken-down": gettext_lazy("taken down"),
    "suspended": gettext_lazy("organization suspended"),
    "done": gettext_lazy("dealt with"),
    "nothing": gettext_lazy("nothing was left to decide"),
    "withdrawn": gettext_lazy("taken back by the employer"),
    "replaced": gettext_lazy("replaced by a newer change"),
    "joined": gettext_lazy("joined with another case"),
}


def outcome_text(case) -> str:
    """How a case ended, in words."""
    return str(_OUTCOMES.get(case.outcome, case.outcome))


@transaction.atomic
def look_at(*, employer: Employer, by, now: datetime) -> Case:
    """Return the open case about an employer as a whole, opened at `now` if there is none: somebody noticed something.

    Raises SomeoneElse.
    """
    require_no_part(by, employer)
    about = {"employer": employer, "listing": None, "decided_at": None}
    waits = Case.objects.filter(kind__in=[Kind.REPORT, Kind.ORGANIZATION], **about).order_by("kind", "pk").first()
    if waits is not None:
        return waits
    opened = queue.open_case(kind=Kind.REPORT, employer=employer, now=now)
    audit.record("case.opened", about=opened, actor=by, now=now)
    return opened


# --- Steps beside a decision ----------------------------------------------------------------------
@transaction.atomic
def suspend(*, case: Case, by, reason: str, now: datetime) -> Employer:
    """The kill switch: suspend the employer of a case, which stays open. Raises SomeoneElse, DecisionRefused."""
    _require(by, case)
    try:
        return organizations.suspend(employer=case.employer, reason=reason, by=by, now=now)
    except organizations.OrganizationRefused as refusal:
        raise DecisionRefused(str(refusal)) from refusal


@transaction.atomic
def release(*, case: Case, by, now: datetime) -> Employer:
    """End the suspension of the employer of a case. Raises SomeoneElse, DecisionRefused."""
    _require(by, case)
    try:
        return organizations.release(employer=case.employer, by=by, now=now)
    except organizations.OrganizationRefused as refusal:
        raise DecisionRefused(str(refusal)) from refusal


@transaction.atomic
def hold(*, case: Case, by, now: datetime) -> Case:
    """Hide what a case is about until it is decided. Raises SomeoneElse, DecisionRefused."""
    _require(by, case)
    try:
        if case.listing is not None:
            lifecycle.hold(listing=case.listing, by=by, now=now)
        else:
            organizations.hold(employer=case.employer, by=by, now=now)
    except _REFUSALS as refusal:
        raise DecisionRefused(str(refusal)) from refusal
    return case


@transaction.atomic
def unhold_employer(*, case: Case, by, now: datetime) -> Employer:
    """Show a held employer again. Raises SomeoneElse, DecisionRefused."""
    _require(by, case)
    try:
        return organizations.unhold(employer=case.employer, by=by, now=now)
    except organizations.OrganizationRefused as refusal:
        raise DecisionRefused(str(refusal)) from refusal


@transaction.atomic
def block_domain(*, case: Case, by, domain: str, reason: str, now: datetime) -> BlockedDomain:
    """Keep a domain with its subdomains out from now on; return it, also when it was blocked before.

    Raises SomeoneElse, and DecisionRefused for what is no domain, for a free mail host, or without a reason.
    """
    _require(by, case)
    name = domains.registrable(domain.strip())
    if not name:
        raise DecisionRefused(_("That is no domain. Write it like example.com."))
    if domains.is_free_mail(name):
        raise DecisionRefused(
            _("Many honest people have mail at %(domain)s, so it cannot be blocked.") % {"domain": name}
        )
    if not reason.strip():
        raise DecisionRefused(_("Say why the domain is blocked."))
    blocked, is_new = BlockedDomain.objects.get_or_create(
        domain=name, defaults={"reason": reason.strip()[:300], "blocked_by": by}
    )
    if is_new:
        audit.record("domain.blocked", about=blocked, actor=by, now=now, domain=name)
    return blocked


def last_word(case):
    """Who spoke last with the employer about a case: "staff", "employer", or "" when nobody did."""
    last = CaseMessage.objects.filter(case=case, is_internal=False).order_by("-pk").first()
    return "" if last is None else "staff" if last.from_staff else "employer"
