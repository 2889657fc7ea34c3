"""Deleting an account: the person goes, the ledger keeps a keyed hash so that nobody is mailed or told twice."""

import logging
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import eraselog, personal
from accounts.models import JobAlert, NewsSubscription
from careerportal.outbox import stops
from careerportal.outbox.addresses import BadAddress, address_hashes
from careerportal.outbox.models import Recipient, normalize_address
from employers.models import Employer, Membership

log = logging.getLogger(__name__)


class ErasureRefused(Exception):
    """The account cannot be deleted now; str(error) is fit to show."""


def organizations_only_theirs(user):
    """Organizations whose one active owner this user is, by name."""
    owned = Employer.objects.filter(memberships__user=user, memberships__access=Membership.Access.OWNER)
    others = Membership.objects.filter(access=Membership.Access.OWNER, user__is_active=True).exclude(user=user)
    return owned.exclude(pk__in=others.values("employer")).order_by("name", "pk")


def refusal(user):
    """Why this account cannot be deleted now, or ""."""
    if user.is_staff:
        return _("You are staff, and what staff did is kept. Ask an administrator to end your staff access first.")
    names = [employer.name for employer in organizations_only_theirs(user)]
    if names:
        return _(
            "You are the only owner of %(organizations)s. Write to us first: we hand it to someone else or close it with you."
        ) % {"organizations": ", ".join(names)}
    return ""


def erase_account(*, user, now: datetime) -> None:
    """Delete a user with all that is registered in accounts.personal, memberships, second steps and sessions.

    Their addresses are forgotten: recipients stay without an address but with its keyed hash; mail that waits for them
    is cancelled; an address on the list of those we must not mail stays on it. The erase log notes the keyed hashes, so
    that a restored backup can be told. Raises ErasureRefused for staff and for the last owner of an organization. An
    account that is gone already changes nothing.
    """
    _erase(user, now, may_refuse=True)


@transaction.atomic
def _erase(user, now, *, may_refuse):
    owned = Membership.objects.filter(user=user, access=Membership.Access.OWNER).values("employer")
    list(Employer.objects.select_for_update().filter(pk__in=owned).order_by("pk"))  # two last owners leaving wait here
    found = get_user_model().objects.select_for_update().filter(pk=user.pk).first()
    if found is None:
        return
    if may_refuse and (reason := refusal(found)):
        raise ErasureRefused(reason)
    recipients = list(_recipients(found))
    eraselog.note(_addresses(found), now=now)
    personal.erase(found, now)
    for recipient in recipients:
        stops.erase(recipient, now=now)
    for session in UserSession.objects.filter(user=found):
        transaction.on_commit(session.end)
    found.delete()


def has_account(recipient: Recipient) -> bool:
    """Whether an account has this recipient's address, or began to ask for it."""
    return recipient.user_id is not None or EmailAddress.objects.filter(email__iexact=recipient.address).exists()


@transaction.atomic
def forget_address(*, recipient: Recipient, now: datetime) -> None:
    """Forget somebody without an account: alerts and news go, waiting mail is cancelled, a keyed hash of the address stays.

    What was stopped and what keeps us from mailing the address survive, and the erase log is told, as when an account is
    deleted. Raises ErasureRefused for the address of an account; one that is forgotten already changes nothing.
    """
    found = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if found.address is None:
        return
    if has_account(found):
        raise ErasureRefused(_("This address belongs to an account. Sign in and delete the account there."))
    eraselog.note([found.address], now=now)
    _erase_recipient(found, now)


def _addresses(user):
    """The addresses that were theirs beyond doubt."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    mailed = Recipient.objects.filter(user=user, address__isnull=False).values_list("address", flat=True)
    only_claimed = EmailAddress.objects.filter(user=user).exists() and not confirmed
    return {*map(normalize_address, confirmed), *mailed, *([] if only_claimed else _readable(user.email))}


def _readable(address):
    try:
        return [normalize_address(address)]
    except BadAddress:
        return []


def _recipients(user):
    """Those we mail who are this person, and addresses they began to claim if nobody uses them."""
    claimed = EmailAddress.objects.filter(user=user, verified=False).values_list("email", flat=True)
    claimed = [normalize_address(address) for address in claimed]
    unused = Q(address__in=claimed, user=None, alerts=None, news=None, stops=None)
    mine = Q(pk__in=personal.recipients_of(user).values("pk"))
    return Recipient.objects.filter(mine | unused).distinct().order_by("pk")


# --- After a restored backup --------------------------------------------------------------------
@dataclass
class Replay:
    """What replaying did."""

    known: int = 0
    accounts: int = 0
    addresses: int = 0


@transaction.atomic
def replay(path=None) -> Replay:
    """Erase again whom the erase log names and a restored backup brought back; all of it or nothing, safe to repeat.

    Only erasures count that the restored database does not know of: of the others the backup holds what came after,
    such as somebody who took an erased address. Someone who came back by themselves after the erasure is left alone
    too: their account is younger than its line. What else a person may have been meanwhile (staff, last owner) keeps
    nobody: they were erased before.
    """
    new, known = eraselog.learn(path)
    erased = {}
    for entry in new:
        erased[entry.address_hash] = max(entry.erased_at, erased.get(entry.address_hash, entry.erased_at))
    done = Replay(known=known)
    for user, at in _restored_users(erased):
        log.info("erasing user %s again", user.pk)
        _erase(user, at, may_refuse=False)
        done.accounts += 1
    for recipient in Recipient.objects.filter(address__isnull=False).order_by("pk").iterator(chunk_size=2000):
        at = _erased_at(recipient.address, erased)
        if at and recipient.created_at <= at:
            _erase_recipient(recipient, at)
            done.addresses += 1
    return done


def _restored_users(erased):
    """Users the log names, each with the time of their erasure."""
    users = get_user_model().objects.prefetch_related("emailaddress_set").order_by("pk")
    for user in users.iterator(chunk_size=2000):
        addresses = list(user.emailaddress_set.all())
        held = [one.email for one in addresses if one.verified] if addresses else [user.email]
        times = [at for at in (_erased_at(address, erased) for address in held) if at]
        if times and user.date_joined <= max(times):
            yield user, max(times)


def _erased_at(address, erased):
    if not erased:
        return None
    for readable in _readable(address):
        for digest in address_hashes(readable):
            if digest in erased:
                return erased[digest]
    return None


@transaction.atomic
def _erase_recipient(recipient, at):
    JobAlert.objects.filter(recipient=recipient).delete()
    NewsSubscription.objects.filter(recipient=recipient).delete()
    stops.erase(recipient, now=at)
