"""Messages to an employer's members, queued here and built when they are sent."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from careerportal.core.mail import build_message, subject_about
from careerportal.outbox import ledger
from careerportal.outbox.addresses import BadAddress
from careerportal.outbox.models import Recipient
from employers.models import Employer

log = logging.getLogger(__name__)

STREAM = "employer"
APPROVED = "employer_approved"


def tell_approved(employer, *, now):
    """Queue the good news for every member of an approved employer; return how many are new.

    The same approval is told to a person once, however often this is called.
    """
    told = 0
    for member in employer.memberships.select_related("user").order_by("pk"):
        try:
            recipient = Recipient.objects.for_address(member.user.email)
        except BadAddress:
            log.warning("Member %s has an address that mail cannot reach", member.pk)
            continue
        delivery = ledger.enqueue(
            recipient=recipient,
            now=now,
            idem_key=f"employer:approved:{employer.pk}:{employer.approved_at:%Y%m%dT%H%M%S}:{recipient.pk}",
            stream=STREAM,
            kind=APPROVED,
            payload={"employer": employer.pk},
        )
        told += delivery is not None
    return told


class ApprovedHandler:
    """Says that the organization may publish now, and where."""

    def still_wanted(self, delivery, items, *, now):
        """False once the employer is suspended, or the person is no member any more."""
        members = Employer.objects.approved().filter(pk=delivery.payload["employer"])
        return members.filter(memberships__user__email__iexact=delivery.address).exists()

    def build(self, delivery, items, *, now):
        employer = Employer.objects.get(pk=delivery.payload["employer"])
        with translation.override(delivery.language):
            return build_message(
                APPROVED,
                to=delivery.address,
                subject=subject_about(_("%(name)s is approved"), employer.name),
                context={
                    "employer": employer,
                    "drafts": employer.listings.filter(status="draft").count(),
                    "hiring_url": settings.PORTAL_URL + reverse("hiring_employer", args=[employer.slug]),
                    "page_url": settings.PORTAL_URL + employer.get_absolute_url(),
                },
                language=delivery.language,
            )
