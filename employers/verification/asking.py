"""Asking for verification: registering, claiming, asking again, a new name or website, and being still there."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from careerportal.outbox.addresses import domain_of
from employers import domains, evidence, organizations, queue
from employers.models import Case, Employer, Membership, Verification
from employers.risk.codes import URGENT, Risk
from employers.verification.deciding import KEEPS_OUT, VerificationRefused, check_mail, confirmed_addresses, rename

OPEN_AT_MOST = 3  # requests of one person that wait at a time
ASKED_AT_MOST = 3  # times one person may ask for the same organization after a refusal

Reason, Status = Verification.Reason, Verification.Status


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
    is_page_only = name == found.name and _same_site(website, found.website)
    if is_page_only and found.is_approved:
        rename(found, name, website, user, now)
        return None
    seen = suspicion(user=user, website=website, name=name)
    if any(other.pk != found.pk for other in organizations.alike(name)):
        seen = Suspicion((*seen.codes, Risk.SAME_NAME.value), seen.note)
    if found.is_approved:
        asked, is_new = _ask_change(found, user, name, website, seen, now)
        note = _("New name: %(name)s. New website: %(website)s.") % {"name": name, "website": website or "-"}
        _queue(asked, seen, now=now, note=note)
        if is_new:
            audit.record("verification.asked", about=asked, actor=user, employer=found, now=now, reason=Reason.CHANGE)
        return asked
    if found.listed_from == Employer.ListedFrom.REGISTER:
        raise VerificationRefused(_("You can change this once your organization is verified."))
    rename(found, name, website, user, now)
    for waits in found.verifications.filter(status=Status.OPEN):
        waits.risks = list(dict.fromkeys([*waits.risks, *seen.codes]))
        waits.save(update_fields=["risks", "updated_at"])
        evidence.start_over(verification=waits, now=now)
        _queue(waits, seen, now=now, note=_("Its name or website was changed while it waits."))
    return None


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


def _ask_change(employer, user, name, website, seen, now):
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
    evidence.start_over(verification=waits, now=now)
    return waits, False


def _same_site(website, other):
    """Whether two web addresses are at one domain that is somebody's own."""
    domain = domains.registrable(website)
    return domain == domains.registrable(other) != "" and not domains.is_shared_host(website)


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
