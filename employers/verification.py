"""Whether an organization is who it says: people register or claim it, and a rule or a moderator decides.

At once only when a confirmed address is at a website domain that a register already holds for the employer
(employers.domains.automatic). Everything else waits in the moderators' queue, with what speaks for and against it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from careerportal.outbox.addresses import domain_of
from employers import domains, emails, organizations, queue, searchrow, verification_mail
from employers.models import Case, Employer, Evidence, Listing, Membership, Verification
from employers.organizations import OrganizationRefused
from employers.risk.codes import URGENT, Risk

OPEN_AT_MOST = 3  # requests of one person that wait at a time
ASKED_AT_MOST = 3  # times one person may ask for the same organization after a refusal

#: With one of these nobody becomes a member before a moderator has looked.
KEEPS_OUT = frozenset({Risk.DISPOSABLE_MAIL, Risk.BLOCKED_DOMAIN, Risk.LOOK_ALIKE, Risk.SECOND_CLAIM})

Reason, Status = Verification.Reason, Verification.Status


class VerificationRefused(Exception):
    """The request cannot take this step; str(error) is fit to show."""


@dataclass(frozen=True)
class Suspicion:
    """What speaks against a request: codes of employers.risk, and a line for moderators that says what was seen."""

    codes: tuple[str, ...] = ()
    note: str = ""

    @property
    def keeps_out(self):
        return bool(KEEPS_OUT & set(self.codes))

    @property
    def is_urgent(self):
        return bool(URGENT & set(self.codes))


def wait_days():
    """The promised wait in working days."""
    return settings.VERIFICATION_WAIT_DAYS


def confirmed_addresses(user):
    """The mail addresses a person has proved to be theirs, the main one first."""
    found = user.emailaddress_set.filter(verified=True).order_by("-primary", "pk")
    return list(found.values_list("email", flat=True))


def suspicion(*, user, website="", name=""):
    """Return the Suspicion that a person's addresses, a website and a name raise."""
    addresses = confirmed_addresses(user) or [user.email]
    mail = [domain_of(address) for address in addresses]
    named = [*mail, website] if website else mail
    codes, notes = [], []
    if all(domains.is_free_mail(domain) for domain in mail):
        codes.append(Risk.FREE_MAIL)
    if any(domains.is_disposable(domain) for domain in named):
        codes.append(Risk.DISPOSABLE_MAIL)
    if any(domains.is_blocked(domain) for domain in named):
        codes.append(Risk.BLOCKED_DOMAIN)
    alike = {found.like: found for found in map(domains.look_alike, dict.fromkeys(named)) if found}
    if name and (found := domains.name_look_alike(name)):
        alike[found.like] = found
    if alike:
        codes.append(Risk.LOOK_ALIKE)
        notes = [f"Looks like {found.like} ({found.how})." for found in alike.values()]
    return Suspicion(tuple(code.value for code in codes), " ".join(notes))


# --- Asking ---------------------------------------------------------------------------------------


@transaction.atomic
def register(*, name, user, site, now: datetime, website="", statement="", is_same_name=False, **details):
    """Make an organization that waits and ask for its verification; return the Verification.

    `details` go to organizations.register. With a risk of KEEPS_OUT nobody becomes its member yet. `is_same_name`: the
    person saw likely duplicates and said that it is none of them. Raises VerificationRefused with too many open
    requests, organizations.OrganizationRefused when they have registered it already.
    """
    _room_for_one_more(user)
    seen = suspicion(user=user, website=website, name=name)
    if is_same_name:
        seen = Suspicion((*seen.codes, Risk.SAME_NAME.value), seen.note)
    employer = organizations.register(
        name=name, user=user, site=site, website=website, with_membership=not seen.keeps_out, **details
    )
    audit.record("employer.registered", about=employer, actor=user, employer=employer, now=now, risks=list(seen.codes))
    return _ask(employer, user, Reason.NEW, seen, now=now, statement=statement)


@transaction.atomic
def claim(*, employer, user, now: datetime, statement=""):
    """Ask to act for a public employer; return the Verification, decided already if a rule could decide it.

    The first who asks without a risk of KEEPS_OUT becomes its owner in waiting; everyone else waits outside until a
    moderator decides. Asking again while it waits returns what waits. Raises VerificationRefused for a member, for an
    employer that is not public, and with too many open requests.
    """
    _lock(user)
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if waits := Verification.objects.filter(employer=found, user=user, status=Status.OPEN).first():
        return waits
    if found.memberships.filter(user=user).exists():
        raise VerificationRefused(_("You already act for this organization."))
    if not found.is_public:
        raise VerificationRefused(_("This organization cannot be claimed now."))
    _room_for_one_more(user)
    _not_too_often(found, user)
    seen = suspicion(user=user)
    others = Verification.objects.filter(employer=found, status=Status.OPEN, reason__in=[Reason.NEW, Reason.CLAIM])
    if found.is_approved or found.memberships.exists() or others.exists():
        seen = Suspicion((*seen.codes, Risk.SECOND_CLAIM.value), seen.note)
    if not seen.keeps_out:
        Membership.objects.create(employer=found, user=user, access=Membership.Access.OWNER)
    audit.record("employer.claimed", about=found, actor=user, employer=found, now=now, risks=list(seen.codes))
    asked = _ask(found, user, Reason.CLAIM, seen, now=now, statement=statement)
    return check_mail(verification=asked, user=user, now=now)


@transaction.atomic
def ask_again(*, employer, user, now: datetime, statement=""):
    """Ask once more for an unapproved organization after a refusal; return the new Verification.

    Raises VerificationRefused unless the person is its member, or after ASKED_AT_MOST times.
    """
    _lock(user)
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if found.is_approved or not found.memberships.filter(user=user, access=Membership.Access.OWNER).exists():
        raise VerificationRefused(_("Only an owner can ask, and only for an organization that is not verified."))
    if waits := Verification.objects.filter(employer=found, status=Status.OPEN).first():
        return waits
    _not_too_often(found, user)
    seen = suspicion(user=user, website=found.website, name=found.name)
    return _ask(found, user, Reason.NEW, seen, now=now, statement=statement)


@transaction.atomic
def change(*, employer, user, name, website, now: datetime):
    """Ask for another name or website; return the Verification that waits, or None when it was changed at once.

    What nobody relies on yet, an organization registered here that was never approved, changes at once, and so does
    another page of the same domain. Of a verified one the old values stay public until a moderator decides. Raises
    VerificationRefused for who is no owner, for an unverified register's entry, and when nothing changes.
    """
    _lock(user)
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if not found.memberships.filter(user=user, access=Membership.Access.OWNER).exists():
        raise VerificationRefused(_("Only an owner can change the name or the website."))
    if (name, website) == (found.name, found.website):
        raise VerificationRefused(_("Nothing is different from what we have."))
    is_page_only = name == found.name and domains.registrable(website) == domains.registrable(found.website) != ""
    if is_page_only and found.is_approved:
        _rename(found, name, website, user, now)
        return None
    seen = suspicion(user=user, website=website, name=name)
    if found.is_approved:
        asked, is_new = _ask_change(found, user, name, website, seen)
        note = _("New name: %(name)s. New website: %(website)s.") % {"name": name, "website": website or "-"}
        _queue(asked, seen, now=now, note=note)
        if is_new:
            audit.record("verification.asked", about=asked, actor=user, employer=found, now=now, reason=Reason.CHANGE)
        return asked
    if found.listed_from == Employer.ListedFrom.REGISTER:
        raise VerificationRefused(_("You can change this once your organization is verified."))
    _rename(found, name, website, user, now)
    for waits in found.verifications.filter(status=Status.OPEN):
        waits.risks = list(dict.fromkeys([*waits.risks, *seen.codes]))
        waits.save(update_fields=["risks", "updated_at"])
        _queue(waits, seen, now=now, note=_("Its name or website was changed while it waits."))
    return None


def _ask_change(employer, user, name, website, seen):
    waits = Verification.objects.filter(employer=employer, user=user, status=Status.OPEN).first()
    if waits is None:
        return Verification.objects.create(
            employer=employer, user=user, reason=Reason.CHANGE, proposed_name=name, proposed_website=website,
            risks=list(seen.codes),
        ), True  # fmt: skip
    if waits.reason != Reason.CHANGE:
        raise VerificationRefused(_("Another request of yours waits. Please wait until it is decided."))
    waits.proposed_name, waits.proposed_website, waits.risks = name, website, list(seen.codes)
    waits.save(update_fields=["proposed_name", "proposed_website", "risks", "updated_at"])
    return waits, False


def _rename(employer, name, website, user, now):
    before = {"name": employer.name, "website": employer.website}
    employer.name, employer.website = name, website
    employer.save(update_fields=["name", "website", "updated_at"])
    searchrow.rewrite(employer_id=employer.pk)
    audit.record("employer.renamed", about=employer, actor=user, employer=employer, now=now, before=before)


def _ask(employer, user, reason, seen, *, now, statement=""):
    asked = Verification.objects.create(
        employer=employer, user=user, reason=reason, risks=list(seen.codes), statement=statement.strip()[:1000]
    )
    audit.record("verification.asked", about=asked, actor=user, employer=employer, now=now, reason=reason)
    _queue(asked, seen, now=now, note=statement.strip())
    return asked


def _queue(asked, seen, *, now, note=""):
    queue.open_case(
        kind=Case.Kind.ORGANIZATION, employer=asked.employer, verification=asked, now=now, risks=seen.codes,
        is_urgent=seen.is_urgent, note=" ".join(filter(None, [note, seen.note])),
    )  # fmt: skip


def _lock(user):
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)  # the same form sent twice waits here


def _room_for_one_more(user):
    _lock(user)
    waiting = Verification.objects.filter(user=user, status=Status.OPEN, reason__in=[Reason.NEW, Reason.CLAIM])
    if waiting.count() >= OPEN_AT_MOST:
        raise VerificationRefused(
            _("%(count)s requests of yours wait already. You can send the next when one of them is decided.")
            % {"count": OPEN_AT_MOST}
        )


def _not_too_often(employer, user):
    asked = Verification.objects.filter(employer=employer, user=user, status__in=[Status.REJECTED, Status.WITHDRAWN])
    if asked.count() >= ASKED_AT_MOST:
        raise VerificationRefused(
            _("You have asked for this organization %(count)s times. Please write to us instead.")
            % {"count": ASKED_AT_MOST}
        )


# --- Deciding -------------------------------------------------------------------------------------


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
def still_here(*, verification, user, now: datetime):
    """Answer the question whether an idle organization is still there; return the request as it then is.

    A confirmed address that verifies at once does so; otherwise a moderator looks. Raises VerificationRefused for who
    is no owner and for a request that is decided or about something else.
    """
    found = check_mail(verification=verification, user=user, now=now)
    if found.reason != Reason.IDLE:
        raise VerificationRefused(_("This request is about something else."))
    if not found.employer.memberships.filter(user=user, access=Membership.Access.OWNER).exists():
        raise VerificationRefused(_("Only an owner can confirm this."))
    if found.status == Status.OPEN:
        _queue(found, suspicion(user=user), now=now, note=_("An owner says that the organization is still there."))
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
        _rename(employer, found.proposed_name or employer.name, found.proposed_website, by, now)
    else:
        _let_in(found, access)
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
        _let_out(found)
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
        _let_out(found)
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


def _let_in(found, access):
    """Make the person a member; who waits with a claim of their own, and whoever they brought, waits outside again."""
    employer, user = found.employer, found.user
    if user is not None and not employer.is_approved:
        waiting = employer.verifications.filter(status=Status.OPEN, reason__in=[Reason.NEW, Reason.CLAIM])
        rivals = waiting.exclude(pk=found.pk).values("user")
        if employer.memberships.filter(user=user).exists():
            employer.memberships.filter(user__in=rivals).delete()
        elif found.reason != Reason.IDLE:
            employer.memberships.all().delete()
    if user is not None:
        Membership.objects.get_or_create(employer=employer, user=user, defaults={"access": access})


def _let_out(found):
    employer, user = found.employer, found.user
    if user is None:
        return
    employer.memberships.filter(user=user).delete()
    if found.reason == Reason.CLAIM:
        drafts = [Listing.Status.DRAFT, Listing.Status.IN_REVIEW, Listing.Status.REJECTED]
        employer.listings.filter(created_by=user, status__in=drafts).delete()
        employer.sites.filter(is_proposed=True, listings=None).delete()


def _decide(found, status, by, now, words):
    found.status, found.decided_at, found.decided_by, found.decision = status, now, by, words
    found.save(update_fields=["status", "decided_at", "decided_by", "decision", "updated_at"])
    waiting = Case.objects.filter(verification=found, decided_at=None)
    waiting.update(decided_at=now, decided_by=by, outcome=status, reason=words, updated_at=now)
