"""Deleting an account: the person goes, the ledger keeps a keyed hash so that nobody is mailed or told twice."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import JobAlert, NewsSubscription
from careerportal.outbox import stops
from careerportal.outbox.models import Recipient, normalize_address
from employers.models import Employer, Membership


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


@transaction.atomic
def erase_account(*, user, now: datetime) -> None:
    """Delete a user with memberships, alerts, second steps and sessions, and forget their addresses.

    Recipients stay without an address but with its keyed hash; mail that waits for them is cancelled; an address on
    the list of those we must not mail stays on it. Raises ErasureRefused for staff and for the last owner of an
    organization. An account that is gone already changes nothing.
    """
    owned = Membership.objects.filter(user=user, access=Membership.Access.OWNER).values("employer")
    list(Employer.objects.select_for_update().filter(pk__in=owned).order_by("pk"))  # two last owners leaving wait here
    found = get_user_model().objects.select_for_update().filter(pk=user.pk).first()
    if found is None:
        return
    if reason := refusal(found):
        raise ErasureRefused(reason)
    for recipient in _recipients(found):
        JobAlert.objects.filter(recipient=recipient).delete()
        NewsSubscription.objects.filter(recipient=recipient).delete()
        stops.erase(recipient, now=now)
    for session in UserSession.objects.filter(user=found):
        transaction.on_commit(session.end)
    found.delete()


def _recipients(user):
    """Everyone we mail who is this person: their confirmed addresses, and addresses they began to claim if nobody uses them."""
    addresses = EmailAddress.objects.filter(user=user)
    confirmed = [normalize_address(one.email) for one in addresses if one.verified]
    claimed = [normalize_address(one.email) for one in addresses if not one.verified]
    unused = Q(address__in=claimed, user=None, alerts=None, news=None, stops=None)
    return Recipient.objects.filter(Q(address__in=confirmed) | Q(user=user) | unused).distinct()
