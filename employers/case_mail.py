"""Tells an employer's people that moderators wrote or decided something. The words themselves stand on the site."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from careerportal.core.mail import build_message, subject_about
from careerportal.outbox import ledger
from careerportal.outbox.addresses import BadAddress
from careerportal.outbox.models import Recipient
from employers.models import Case

log = logging.getLogger(__name__)

STREAM = "employer"
KIND = "employer_case"


def tell(case, *, about, now):
    """Queue the notice for the employer's owners and recruiters and for who asked; return how many are new.

    `about` names what it is about ("message:17", "decided"); the same is told to a person once.
    """
    told = 0
    for address in _addresses(case):
        try:
            recipient = Recipient.objects.for_address(address)
        except BadAddress:
            log.warning("Case %s: a member has an address that mail cannot reach", case.pk)
            continue
        delivery = ledger.enqueue(
            recipient=recipient,
            now=now,
            idem_key=f"case:{case.pk}:{about}:{recipient.pk}",
            stream=STREAM,
            kind=KIND,
            payload={"case": case.pk},
        )
        told += delivery is not None
    return told


def _addresses(case):
    members = case.employer.memberships.filter(access__in=["owner", "recruiter"]).select_related("user").order_by("pk")
    found = [member.user.email for member in members]
    asked = case.verification.user if case.verification_id and case.verification.user_id else None
    return dict.fromkeys([*found, asked.email] if asked else found)


class CaseHandler:
    """Says that there is something to read, about what, and where."""

    def still_wanted(self, delivery, items, *, now):
        """False once the person has nothing to do with the employer any more."""
        case = Case.objects.select_related("employer", "verification__user").filter(pk=delivery.payload["case"]).first()
        return case is not None and delivery.address in [address.lower() for address in _addresses(case)]

    def build(self, delivery, items, *, now):
        case = Case.objects.select_related("employer", "listing").get(pk=delivery.payload["case"])
        address = reverse("hiring_message", args=[case.employer.slug, case.pk])
        with translation.override(delivery.language):
            about = case.listing.headline if case.listing is not None else case.employer.name
            return build_message(
                KIND,
                to=delivery.address,
                subject=subject_about(_("A message about %(name)s"), about),
                context={"employer": case.employer, "about": about, "url": settings.PORTAL_URL + address},
                language=delivery.language,
            )
