"""Deleting an account: the person goes, the ledger keeps a keyed hash so that nobody is mailed or told twice."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import personal
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
    """Delete a user with all that is registered in accounts.personal, memberships, second steps and sessions.

    Their addresses are forgotten: recipients stay without an address but with its keyed hash; mail that waits for them
    is cancelled; an address on the list of those we must not mail stays on it. Raises ErasureRefused for staff and for
    the last owner of an organization. An account that is gone already changes nothing.
    """
    owned = Membership.objects.filter(user=user, access=Membership.Access.OWNER).values("employer")
    list(Employer.objects.select_for_update().filter(pk__in=owned).order_by("pk"))  # two last owners leaving wait here
    found = get_user_model().objects.select_for_update().filter(pk=user.pk).first()
    if found is None:
        return
    if reason := refusal(found):
        raise ErasureRefused(reason)
    recipients = list(_recipients(found))
    personal.erase(found, now)
    for recipient in recipients:
        stops.erase(recipient, now=now)
    for session in UserSession.objects.filter(user=found):
        transaction.on_commit(session.end)
    found.delete()


def _recipients(user):
    """Those we mail who are this person, and addresses they began to claim if nobody uses them."""
    claimed = EmailAddress.objects.filter(user=user, verified=False).values_list("email", flat=True)
    claimed = [normalize_address(address) for address in claimed]
    unused = Q(address__in=claimed, user=None, alerts=None, news=None, stops=None)
    return (
        Recipient.objects.filter(Q(pk__in=personal.recipients_of(user).values("pk")) | unused).distinct().order_by("pk")
    )
