"""Mail about a team: the invitation, and the button that confirms an organization's inbox address."""

import re

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from careerportal.core.mail import build_message, subject_about
from careerportal.outbox import ledger
from careerportal.outbox.models import Recipient
from employers import inbox, team, wording
from employers.emails import STREAM
from employers.models import Employer, Invitation

INVITED = "team_invitation"
INBOX = "inbox_confirm"


def plain_name(name):
    """A name as letters, digits and a few signs: a stranger may have typed it, and no mail program shall make a link of it."""
    return " ".join(re.sub(r"[^\w\s&',()-]", " ", name).split())


def send_invitation(invitation, *, now):
    """Queue the mail of an invitation; False when one went out within this hour already."""
    return _queue(
        invitation.email, INVITED, f"{invitation.pk}:{invitation.access}", {"invitation": invitation.pk}, now=now
    )


def send_inbox_confirmation(employer, *, now):
    """Queue the mail that asks the inbox address that waits to confirm itself; False when one went out within this hour."""
    address = inbox.waiting_address(employer)
    key = f"{employer.pk}:{inbox.address_mark(employer, address)}"
    return _queue(
        address, INBOX, key, {"employer": employer.pk, "mark": inbox.address_mark(employer, address)}, now=now
    )


def _queue(address, kind, key, payload, *, now):
    delivery = ledger.enqueue(
        recipient=Recipient.objects.for_address(address),
        now=now,
        idem_key=f"employer:{kind}:{key}:{now:%Y%m%dT%H}",
        stream=STREAM,
        kind=kind,
        payload=payload,
    )
    return delivery is not None


class InvitationHandler:
    """Asks somebody onto a team: who asks, as what, until when, and a button."""

    def still_wanted(self, delivery, items, *, now):
        """False once the invitation is used, withdrawn or over, or its organization is suspended."""
        found = Invitation.objects.select_related("employer").filter(pk=delivery.payload["invitation"]).first()
        return found is not None and not team.refusal(found, now=now)

    def build(self, delivery, items, *, now):
        invitation = Invitation.objects.select_related("employer", "invited_by").get(pk=delivery.payload["invitation"])
        name = plain_name(invitation.employer.name)
        with translation.override(delivery.language):
            return build_message(
                INVITED,
                to=delivery.address,
                subject=subject_about(_("You are invited to the team of %(name)s"), name),
                context={
                    "name": name,
                    "town": plain_name(next((site.town for site in invitation.employer.sites.order_by("pk")[:1]), "")),
                    "who": plain_name(invitation.invited_by.name) if invitation.invited_by else "",
                    "access": invitation.access,
                    "access_text": invitation.get_access_display(),
                    "until": wording.day(localdate(invitation.expires_at)),
                    "url": settings.PORTAL_URL + reverse("hiring_invitation", args=[team.invitation_token(invitation)]),
                },
                language=delivery.language,
            )


class InboxHandler:
    """Asks an organization's inbox address to confirm that it is theirs."""

    def still_wanted(self, delivery, items, *, now):
        """False once another address waits, or this one is confirmed."""
        employer = Employer.objects.filter(pk=delivery.payload["employer"], suspended_at=None).first()
        return employer is not None and inbox.waiting_mark(employer) == delivery.payload["mark"]

    def build(self, delivery, items, *, now):
        employer = Employer.objects.get(pk=delivery.payload["employer"])
        name = plain_name(employer.name)
        with translation.override(delivery.language):
            return build_message(
                INBOX,
                to=delivery.address,
                subject=subject_about(_("Confirm the inbox of %(name)s"), name),
                context={
                    "name": name,
                    "url": settings.PORTAL_URL + reverse("hiring_inbox_confirm", args=[inbox.token(employer)]),
                },
                language=delivery.language,
            )
