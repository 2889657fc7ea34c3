"""Deciding on requests for verification: by the rule about registers, or by a moderator."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from careerportal.outbox.addresses import domain_of
from employers import claims, domains, emails, organizations, searchrow, team, verification_mail
from employers.models import Case, Employer, Evidence, Membership, Verification
from employers.organizations import OrganizationRefused
from employers.risk.codes import Risk

#: With one of these nobody becomes a member before a moderator has looked.
KEEPS_OUT = frozenset({Risk.DISPOSABLE_MAIL, Risk.BLOCKED_DOMAIN, Risk.LOOK_ALIKE, Risk.SECOND_CLAIM})

Reason, Status = Verification.Reason, Verification.Status


class VerificationRefused(Exception):
    """The request cannot take this step; str(error) is fit to show."""


def confirmed_addresses(user):
    """The mail addresses a person has proved to be theirs, the main one first."""
    found = user.emailaddress_set.filter(verified=True).order_by("-primary", "pk")
    return list(found.values_list("email", flat=True))


@transaction.atomic
def check_mail(*, verification, user, now: datetime):
    """Approve the request if a confirmed address of `user` verifies the employer at once; return it as it then is.

    A request with a risk of KEEPS_OUT waits for a moderator whatever the address is.
    """
    found = _open(verification)
    if found.reason == Reason.CHANGE or KEEPS_OUT & set(found.risks):
        return found
    for address in confirmed_addresses(user):
        domain = domains.registrable(domain_of(address))
        if domain and domains.automatic(domain_of(address), found.employer):
            Evidence.objects.update_or_create(
                verification=found,
                method=Evidence.Method.DOMAIN_MAIL,
                defaults={"domain": domain, "passed_at": now, "failed_at": None},
            )
            words = _("Confirmed address at %(domain)s, which a register holds.") % {"domain": domain}
            return approve(verification=found, by=None, now=now, evidence=words)
    return found


@transaction.atomic
def approve(*, verification, by, now: datetime, evidence="", access=Membership.Access.OWNER):
    """Decide that the request holds: the organization is verified, or takes its new name and website. Returns it as saved.

    `by` is the moderator, None for the rule about registers. `evidence` says on what; without it, what was recorded as
    passed. The person becomes a member with `access` if they are none yet; other claims that wait lose their membership
    and go on waiting. Raises VerificationRefused when it is decided already, for a decision about oneself, or without
    any evidence.
    """
    found = _decidable(verification, by)
    employer = found.employer
    passed = [Evidence.Method(method).label for method in _passed(found)]
    said = (evidence.strip() or "; ".join(map(str, passed)))[:300]
    if not said:
        raise VerificationRefused(_("Say on what evidence you approve it."))
    if found.reason == Reason.CHANGE:
        rename(employer, found.proposed_name or employer.name, found.proposed_website, by, now)
    else:
        _let_in(found, access, now)
        if not employer.is_approved:
            try:
                employer = organizations.approve(employer=employer, by=by, evidence=said, now=now)
            except OrganizationRefused as refusal:
                raise VerificationRefused(str(refusal)) from refusal
            emails.tell_approved(employer, now=now)
    _decide(found, Status.APPROVED, by, now, said)
    audit.record("verification.approved", about=found, actor=by, employer=employer, now=now, evidence=said)
    if found.reason == Reason.CHANGE or found.employer.is_approved:
        verification_mail.tell(found, now=now)
    return found


@transaction.atomic
def approve_employer(*, employer, by, evidence, now: datetime):
    """Approve an organization itself: its members' open request with it, if there is one; members are told.

    Raises VerificationRefused and OrganizationRefused as `approve` and organizations.approve do.
    """
    members = employer.memberships.values("user")
    waiting = employer.verifications.filter(status=Status.OPEN, user__in=members).exclude(reason=Reason.CHANGE)
    asked = waiting.order_by("created_at", "pk").first()
    if asked is not None:
        approve(verification=asked, by=by, evidence=evidence, now=now)
    else:
        approved = organizations.approve(employer=employer, by=by, evidence=evidence, now=now)
        emails.tell_approved(approved, now=now)


@transaction.atomic
def reject(*, verification, by, reason, now: datetime):
    """Decide that the request does not hold, for a `reason` that the person reads; return it as saved.

    A claim is undone: the membership it gave goes, with the drafts that person made. Nobody's approval changes.
    Raises VerificationRefused when it is decided already, for a decision about oneself, or without a reason.
    """
    found = _decidable(verification, by)
    if not reason.strip():
        raise VerificationRefused(_("Say why, in words for the person who asked."))
    if found.reason == Reason.CLAIM and not found.employer.is_approved:
        _let_out(found, now)
    _decide(found, Status.REJECTED, by, now, reason.strip()[:2000])
    audit.record(
        "verification.rejected", about=found, actor=by, employer=found.employer, now=now, reason=reason.strip()
    )
    verification_mail.tell(found, now=now)
    return found


@transaction.atomic
def withdraw(*, verification, user, now: datetime):
    """Take one's own request back; a claim's membership and drafts go with it. Returns it as saved.

    Raises VerificationRefused when it is decided already, or is somebody else's.
    """
    found = _open(verification)
    if found.user_id != user.pk:
        raise VerificationRefused(_("Only the person who asked can take the request back."))
    if found.reason in (Reason.NEW, Reason.CLAIM) and not found.employer.is_approved:
        _let_out(found, now)
    _decide(found, Status.WITHDRAWN, user, now, "")
    audit.record("verification.withdrawn", about=found, actor=user, employer=found.employer, now=now)
    return found


def _open(verification):
    Employer.objects.select_for_update().get(pk=verification.employer_id)
    found = Verification.objects.select_for_update(of=("self",)).select_related("employer").get(pk=verification.pk)
    if found.status != Status.OPEN:
        raise VerificationRefused(_("This request is decided already."))
    return found


def _decidable(verification, by):
    found = _open(verification)
    if by is not None and (found.user_id == by.pk or found.employer.memberships.filter(user=by).exists()):
        raise VerificationRefused(_("You are a member of this organization, so someone else must decide."))
    return found


def _passed(found):
    return found.evidence.filter(passed_at__isnull=False).order_by("pk").values_list("method", flat=True)


def rename(employer, name, website, user, now):
    """Give an employer another name and website, in the caller's transaction; written to the audit log."""
    before = {"name": employer.name, "website": employer.website}
    employer.name, employer.website = name, website
    employer.save(update_fields=["name", "website", "updated_at"])
    searchrow.rewrite(employer_id=employer.pk)
    audit.record("employer.renamed", about=employer, actor=user, employer=employer, now=now, before=before)


def _let_in(found, access, now):
    """Make the person a member; who waits with a claim of their own, and whoever they brought, waits outside again."""
    employer, user = found.employer, found.user
    if user is not None and not employer.is_approved:
        waiting = employer.verifications.filter(status=Status.OPEN, reason__in=[Reason.NEW, Reason.CLAIM])
        rivals = waiting.exclude(pk=found.pk).values("user")
        if employer.memberships.filter(user=user).exists():
            employer.memberships.filter(user__in=rivals).delete()
        elif found.reason != Reason.IDLE:
            claims.send_outside(employer, now=now)
        team.revoke_of_strangers(employer=employer, now=now)
    if user is not None:
        Membership.objects.get_or_create(employer=employer, user=user, defaults={"access": access})


def _let_out(found, now):
    """Take back what a request gave: the membership, and of a claim everybody and everything that came with it."""
    employer = found.employer
    mine = employer.memberships.filter(user=found.user_id)
    if found.reason == Reason.CLAIM and mine.exists():
        claims.undo(employer)
    else:
        mine.delete()
    team.revoke_of_strangers(employer=employer, now=now)


def _decide(found, status, by, now, words):
    found.status, found.decided_at, found.decided_by, found.decision = status, now, by, words
    found.save(update_fields=["status", "decided_at", "decided_by", "decision", "updated_at"])
    waiting = Case.objects.filter(verification=found, decided_at=None)
    waiting.update(decided_at=now, decided_by=by, outcome=status, reason=words, updated_at=now)
