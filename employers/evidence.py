"""What shows that an organization is who it says: each kind is offered by the person and kept with the request.

Nothing here decides. What passes is told to the moderators' queue, and a person decides; only a confirmed address at a
register's domain decides by itself (employers.verification.check_mail).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from careerportal.core import audit
from employers import domains, letters, queue, webcodes
from employers.directory_cards import register_text
from employers.models import Case, Employer, Evidence, Membership, RegisterEntry, Verification
from employers.registers.normal import phone_key

LOOK_AGAIN_AFTER = timedelta(minutes=1)
Method = Evidence.Method


class EvidenceRefused(Exception):
    """This evidence cannot be taken; str(error) is fit to show."""


@dataclass(frozen=True)
class Phone:
    """A phone number that a register holds for an employer: the number, its ten digits, and which register says so."""

    number: str
    key: str
    register: str
    place: str

    @property
    def last_digits(self):
        return self.key[-2:]


def phones_of(employer):
    """Return the Phones that registers hold for an employer, newest register first, each number once.

    Never the number that a member typed: whoever typed it would answer it.
    """
    found = {}
    entries = RegisterEntry.objects.filter(employer=employer, closed_at=None)
    for entry in entries.order_by("-register_date", "source", "pk"):
        for number in (entry.agency_phone, entry.phone):
            key = phone_key(number)
            if key:
                found.setdefault(key, Phone(number, key, register_text(entry), entry.name))
    return list(found.values())


def website_of(verification):
    """The website on which a code counts: the one a register holds, else the one asked for or typed; "" if none."""
    if verification.reason == Verification.Reason.CHANGE:
        return verification.proposed_website
    entries = RegisterEntry.objects.filter(employer=verification.employer, closed_at=None).exclude(website="")
    held = entries.order_by("-register_date", "pk").values_list("website", flat=True)
    website = next((one for one in held if not domains.is_shared_host(one)), verification.employer.website)
    return "" if domains.is_shared_host(website) else website


def _offered(verification, user):
    Employer.objects.select_for_update().get(pk=verification.employer_id)
    found = Verification.objects.select_for_update(of=("self",)).select_related("employer").get(pk=verification.pk)
    if found.status != Verification.Status.OPEN:
        raise EvidenceRefused(_("This request is decided already."))
    if user is not None and not may_offer(found, user):
        raise EvidenceRefused(_("Only an owner, or the person who asked, can give evidence."))
    return found


def may_offer(verification, user):
    """Whether a person may give evidence for a request: who asked, or an owner of the employer."""
    owners = verification.employer.memberships.filter(access=Membership.Access.OWNER)
    return verification.user_id == user.pk or owners.filter(user=user).exists()


@transaction.atomic
def offer_code(*, verification, method, user):
    """Return the Evidence with a code to place on the website or in DNS; asking again gives the same code.

    Raises EvidenceRefused without a website that is the organization's own.
    """
    found = _offered(verification, user)
    if method not in (Method.WEBSITE_CODE, Method.DNS_CODE):
        raise ValueError(f"No code goes with {method}.")
    host = domains.host_of(website_of(found))
    if not host:
        raise EvidenceRefused(_("We know of no website that is yours alone. Choose another way."))
    domain = host if method == Method.WEBSITE_CODE else domains.registrable(host)
    evidence, _is_new = Evidence.objects.get_or_create(
        verification=found, method=method, defaults={"domain": domain, "code": secrets.token_hex(16)}
    )
    if evidence.domain != domain:  # the website was changed meanwhile
        evidence.domain, evidence.passed_at, evidence.failed_at = domain, None, None
        evidence.save(update_fields=["domain", "passed_at", "failed_at", "updated_at"])
    return evidence


@transaction.atomic
def start_over(*, verification, now: datetime):
    """Let no proof count that was given for another name or website than the request now is about."""
    host = domains.host_of(website_of(verification))
    held = verification.evidence.select_for_update(of=("self",))
    held.filter(method=Method.WEBSITE_CODE).exclude(domain=host).update(domain=host, failed_at=None)
    held.filter(method=Method.DNS_CODE).update(domain=domains.registrable(host), failed_at=None)
    held.filter(passed_at__isnull=False).update(passed_at=None, updated_at=now)


def check_code(*, evidence, now: datetime):
    """Look for a code on the website or in DNS and keep what was found; return the Evidence as saved.

    Asks the network, so only a task calls it. A code that was found stays found.
    """
    look = webcodes.look_on_website if evidence.method == Method.WEBSITE_CODE else webcodes.look_in_dns
    try:
        note, is_there = f"Found at {look(evidence.domain, evidence.code)}"[:2000], True
    except webcodes.CodeMissing as missing:
        note, is_there = str(missing)[:2000], False
    with transaction.atomic():
        Verification.objects.select_for_update().get(pk=evidence.verification_id)
        found = (
            Evidence.objects.select_for_update(of=("self",))
            .select_related("verification__employer")
            .get(pk=evidence.pk)
        )
        if found.passed_at or found.domain != evidence.domain:
            return found
        found.note = note
        found.passed_at, found.failed_at = (now, None) if is_there else (None, now)
        found.save(update_fields=["note", "passed_at", "failed_at", "updated_at"])
        if is_there:
            _tell_queue(found, now=now)
    return found


def may_look_now(evidence, *, now):
    """Whether a code may be looked for at `now`: at most once a minute."""
    last = evidence.failed_at
    return evidence.passed_at is None and (last is None or now - last >= LOOK_AGAIN_AFTER)


@transaction.atomic
def ask_call(*, verification, phone, when, user, now: datetime):
    """Ask for a call back on a register's phone (its ten digits); `when` is the best time, in the person's words.

    Raises EvidenceRefused for a number that no register holds.
    """
    found = _offered(verification, user)
    held = {one.key: one for one in phones_of(found.employer)}
    if phone not in held:
        raise EvidenceRefused(_("We only call a number that an official register holds. Choose one of those."))
    evidence, _is_new = Evidence.objects.update_or_create(
        verification=found,
        method=Method.CALL_BACK,
        defaults={"phone": held[phone].number, "note": when.strip()[:300], "passed_at": None, "failed_at": None},
    )
    _tell_queue(evidence, now=now, words=_("Asks for a call back. Best time: %(when)s") % {"when": when.strip() or "-"})
    return evidence


@transaction.atomic
def record_call(*, verification, phone, by, is_confirmed, note, now: datetime):
    """Keep what a moderator heard on a register's phone (its ten digits); return the Evidence.

    Raises EvidenceRefused for a number no register holds, without a note, and for a moderator's own organization.
    """
    found = _offered(verification, None)
    held = {one.key: one for one in phones_of(found.employer)}
    if phone not in held:
        raise EvidenceRefused(_("Call a number that an official register holds."))
    if not note.strip():
        raise EvidenceRefused(_("Write down whom you spoke to and what they said."))
    if found.user_id == by.pk or found.employer.memberships.filter(user=by).exists():
        raise EvidenceRefused(_("You are a member of this organization, so someone else must call."))
    passed, failed = (now, None) if is_confirmed else (None, now)
    evidence, _is_new = Evidence.objects.update_or_create(
        verification=found,
        method=Method.CALL_BACK,
        defaults={
            "phone": held[phone].number, "note": note.strip()[:2000], "passed_at": passed, "failed_at": failed,
            "checked_by": by,
        },
    )  # fmt: skip
    _record(evidence, by, now)
    return evidence


@transaction.atomic
def add_letter(*, verification, content, user, now: datetime):
    """Keep a letter on letterhead (the bytes of a PDF, JPG or PNG) for moderators; a second one replaces the first.

    Raises letters.LetterRefused for a file that cannot be one, EvidenceRefused when the request is decided.
    """
    found = _offered(verification, user)
    name = letters.keep(content)
    before = Evidence.objects.filter(verification=found, method=Method.LETTERHEAD).first()
    evidence, _is_new = Evidence.objects.update_or_create(
        verification=found,
        method=Method.LETTERHEAD,
        defaults={"letter": name, "passed_at": None, "failed_at": None, "checked_by": None},
    )
    if before is not None:
        transaction.on_commit(lambda: letters.forget(before.letter))
    _tell_queue(evidence, now=now, words=_("Sent a letter on letterhead."))
    return evidence


@transaction.atomic
def judge_letter(*, evidence, by, is_good, note, now: datetime):
    """Keep what a moderator thinks of a letter; return the Evidence. Raises EvidenceRefused for one's own organization."""
    found = _offered(evidence.verification, None)
    if found.user_id == by.pk or found.employer.memberships.filter(user=by).exists():
        raise EvidenceRefused(_("You are a member of this organization, so someone else must decide."))
    kept = Evidence.objects.select_for_update().get(pk=evidence.pk, method=Method.LETTERHEAD)
    kept.passed_at, kept.failed_at = (now, None) if is_good else (None, now)
    kept.checked_by, kept.note = by, note.strip()[:2000]
    kept.save(update_fields=["passed_at", "failed_at", "checked_by", "note", "updated_at"])
    _record(kept, by, now)
    return kept


# --- Vouching -------------------------------------------------------------------------------------


@transaction.atomic
def ask_vouching(*, verification, agency, user, now: datetime):
    """Ask a verified employer to vouch; return the Evidence. Another agency replaces one that has not said yes.

    Raises EvidenceRefused for an agency that is not verified, that is the organization itself, or where the person is a
    member.
    """
    found = _offered(verification, user)
    is_verified = Employer.objects.approved().filter(pk=agency.pk).exists()
    if not is_verified or agency.pk == found.employer_id:
        raise EvidenceRefused(_("Only another organization that is verified here can vouch for you."))
    if agency.memberships.filter(user=found.user_id).exists():
        raise EvidenceRefused(_("You act for that agency yourself, so it cannot vouch for you."))
    held = Evidence.objects.filter(verification=found, method=Method.VOUCHING).first()
    if held is not None and held.passed_at:
        raise EvidenceRefused(_("An agency has vouched for you already."))
    evidence, _is_new = Evidence.objects.update_or_create(
        verification=found,
        method=Method.VOUCHING,
        defaults={"vouched_by": agency, "passed_at": None, "failed_at": None, "checked_by": None, "note": ""},
    )
    audit.record("evidence.asked", about=evidence, actor=user, employer=agency, now=now, method=Method.VOUCHING)
    return evidence


def asked_of(employer):
    """Requests to vouch that wait for an owner of this employer, oldest first."""
    waiting = Evidence.objects.filter(
        method=Method.VOUCHING, vouched_by=employer, passed_at=None, failed_at=None, verification__status="open"
    )
    return waiting.select_related("verification__employer", "verification__user").order_by("created_at", "pk")


@transaction.atomic
def vouch(*, evidence, by, is_yes, note, now: datetime):
    """Say for a verified employer whether one knows the organization and the person; return the Evidence.

    Raises EvidenceRefused unless `by` is an owner of the asked employer, which is verified, and no part of the other.
    """
    found = _offered(evidence.verification, None)
    kept = Evidence.objects.select_for_update(of=("self",)).select_related("vouched_by").get(pk=evidence.pk)
    agency = kept.vouched_by
    if agency is None or kept.passed_at or kept.failed_at:
        raise EvidenceRefused(_("This was answered already."))
    if not agency.memberships.filter(user=by, access=Membership.Access.OWNER).exists():
        raise EvidenceRefused(_("Only an owner can vouch."))
    if not Employer.objects.approved().filter(pk=agency.pk).exists():
        raise EvidenceRefused(_("Your own organization must be verified first."))
    if found.user_id == by.pk or found.employer.memberships.filter(user=by).exists():
        raise EvidenceRefused(_("You act for this organization yourself, so you cannot vouch for it."))
    if is_yes and not note.strip():
        raise EvidenceRefused(_("Say in a few words how you know them."))
    kept.passed_at, kept.failed_at = (now, None) if is_yes else (None, now)
    kept.checked_by, kept.note = by, note.strip()[:2000]
    kept.save(update_fields=["passed_at", "failed_at", "checked_by", "note", "updated_at"])
    _record(kept, by, now)
    if is_yes:
        _tell_queue(kept, now=now)
    return kept


def _record(evidence, by, now):
    verb = "evidence.passed" if evidence.passed_at else "evidence.failed"
    employer = evidence.verification.employer_id
    audit.record(verb, about=evidence, actor=by, employer=employer, now=now, method=evidence.method)


def _tell_queue(evidence, *, now, words=""):
    """Put the request into the queue, or a line to its case: what came in."""
    asked = evidence.verification
    if evidence.passed_at and evidence.checked_by is None:
        _record(evidence, None, now)
    said = words or _("Passed: %(what)s.") % {"what": evidence.get_method_display()}
    queue.open_case(
        kind=Case.Kind.ORGANIZATION, employer=asked.employer, verification=asked, now=now, risks=asked.risks, note=said
    )
