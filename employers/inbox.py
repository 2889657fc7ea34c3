"""The inbox address of an organization, apart from its members' accounts: wanted first, used once it is confirmed."""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from careerportal.core import audit
from careerportal.outbox.addresses import BadAddress, normalize_address
from employers.models import Employer, Membership

_LINKS = signing.Signer(salt="employers.inbox", sep=".", algorithm="sha256")
_MARK_DIGITS = 32


class InboxRefused(Exception):
    """The inbox address cannot change like this; str(error) is fit to show."""


def waiting_address(employer):
    """The address that waits for its confirmation, or ""."""
    return employer.inbox_wanted or ("" if employer.inbox_confirmed_at else employer.inbox_email)


def address_mark(employer, address):
    """A keyed mark of one address of one employer, so that a link can name it without holding it."""
    digest = salted_hmac("employers.inbox.mark", f"{employer.pk}:{address.lower()}", algorithm="sha256")
    return digest.hexdigest()[:_MARK_DIGITS]


def waiting_mark(employer):
    """The mark of the address that waits, or "" when none does."""
    address = waiting_address(employer)
    return address_mark(employer, address) if address else ""


def token(employer):
    """What the link in the confirmation mail carries. It is good while this address waits."""
    return _LINKS.sign(f"{employer.pk}-{waiting_mark(employer)}")


def employer_of(given):
    """(employer, mark) that a token of ours names; (None, "") for any other text."""
    try:
        number, _dash, mark = _LINKS.unsign(given).partition("-")
    except signing.BadSignature:
        return None, ""
    return Employer.objects.filter(pk=number).first(), mark


@transaction.atomic
def want(*, employer: Employer, email: str, by, now: datetime) -> Employer:
    """Let an address wait to become the organization's inbox; "" takes the present one away. Return the employer.

    The one in use stays in use until the new one is confirmed. Raises InboxRefused for a bad address or when `by` is
    not an owner.
    """
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if not found.memberships.filter(user=by, access=Membership.Access.OWNER).exists():
        raise InboxRefused(_("Only owners set the inbox address."))
    try:
        address = normalize_address(email) if email else ""
    except BadAddress as bad:
        raise InboxRefused(_("We can't send mail to this address. Check it for typing errors.")) from bad
    if address == found.inbox:
        changed = {"inbox_wanted": ""} if address else {"inbox_wanted": "", "inbox_email": ""}
    elif address:
        changed = {"inbox_wanted": address}
    else:
        changed = {"inbox_wanted": "", "inbox_email": "", "inbox_confirmed_at": None}
    if all(getattr(found, name) == value for name, value in changed.items()):
        return found
    for name, value in changed.items():
        setattr(found, name, value)
    found.save(update_fields=[*changed, "updated_at"])
    audit.record("inbox.asked" if address else "inbox.removed", about=found, actor=by, employer=found, now=now)
    return found


@transaction.atomic
def confirm(*, employer: Employer, mark: str, now: datetime) -> Employer:
    """Put the address that waits into use. Raises InboxRefused when another one waits by now; a repeat changes nothing."""
    found = Employer.objects.select_for_update().get(pk=employer.pk)
    if found.inbox and constant_time_compare(address_mark(found, found.inbox), mark):
        return found
    if not mark or not constant_time_compare(waiting_mark(found), mark):
        raise InboxRefused(_("This link is old: the organization has chosen another address since."))
    found.inbox_email, found.inbox_wanted, found.inbox_confirmed_at = waiting_address(found), "", now
    found.save(update_fields=["inbox_email", "inbox_wanted", "inbox_confirmed_at", "updated_at"])
    audit.record("inbox.confirmed", about=found, employer=found, now=now)
    return found
