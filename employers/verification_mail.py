"""What the person who asked for a verification hears: how it was decided, and when an organization fell idle."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from careerportal.core.mail import build_message, subject_about
from careerportal.outbox import ledger
from careerportal.outbox.addresses import BadAddress
from careerportal.outbox.models import Recipient
from employers.models import Employer, Membership, Verification

log = logging.getLogger(__name__)

STREAM = "employer"
DECIDED = "employer_verification"
IDLE_SOON = "employer_idle_soon"
IDLE = "employer_idle"


def tell(verification, *, now):
    """Queue the decision on a request for the person who asked, once; return whether it is new."""
    if verification.user is None:
        return False
    return _queue(
        verification.user.email, DECIDED, f"verification:{verification.pk}:{verification.status}",
        {"verification": verification.pk, "status": verification.status}, now=now,
    )  # fmt: skip


def tell_owners(employer, kind, *, since, now):
    """Queue IDLE_SOON or IDLE for every owner, once for each time `since` nobody was there; return how many are new."""
    owners = employer.memberships.filter(access=Membership.Access.OWNER).select_related("user").order_by("pk")
    return sum(
        _queue(owner.user.email, kind, f"{kind}:{employer.pk}:{since:%Y%m%d}", {"employer": employer.pk}, now=now)
        for owner in owners
    )


def _queue(address, kind, key, payload, *, now):
    try:
        recipient = Recipient.objects.for_address(address)
    except BadAddress:
        log.warning("%s cannot be told: its person has an address that mail cannot reach", key)
        return False
    return (
        ledger.enqueue(
            recipient=recipient, now=now, idem_key=f"{key}:{recipient.pk}", stream=STREAM, kind=kind, payload=payload
        )
        is not None
    )


def _page(employer):
    return settings.PORTAL_URL + reverse("hiring_verification", args=[employer.slug])


class DecidedHandler:
    """Says that a request was approved or refused, and why."""

    def still_wanted(self, delivery, items, *, now):
        """False when the person or the request is gone."""
        asked = Verification.objects.filter(pk=delivery.payload["verification"], status=delivery.payload["status"])
        return asked.filter(user__email__iexact=delivery.address).exists()

    def build(self, delivery, items, *, now):
        asked = Verification.objects.select_related("employer").get(pk=delivery.payload["verification"])
        employer, is_yes = asked.employer, asked.status == Verification.Status.APPROVED
        with translation.override(delivery.language):
            subject = _("%(name)s: your request is approved") if is_yes else _("%(name)s: we could not verify it")
            return build_message(
                DECIDED,
                to=delivery.address,
                subject=subject_about(subject, employer.name),
                context={
                    "employer": employer,
                    "is_yes": is_yes,
                    "is_change": asked.reason == Verification.Reason.CHANGE,
                    "reason": "" if is_yes else asked.decision,
                    "page_url": _page(employer) if _may_see(asked) else settings.PORTAL_URL + employer_page(employer),
                },
                language=delivery.language,
            )


def _may_see(asked):
    return asked.status == Verification.Status.APPROVED or asked.employer.memberships.filter(user=asked.user).exists()


def employer_page(employer):
    """The address of an employer's public page, or of the start page when it has none."""
    return employer.get_absolute_url() if employer.is_public else reverse("employer_register")


class IdleHandler:
    """Tells owners that nobody was here for long: before the approval lapses, and when it has."""

    def __init__(self, kind):
        self.kind = kind

    def still_wanted(self, delivery, items, *, now):
        """False once somebody came back, or the person is no owner any more."""
        employers = Employer.objects.filter(pk=delivery.payload["employer"], suspended_at=None)
        employers = employers.filter(approved_at__isnull=self.kind == IDLE)
        owner = {"memberships__access": Membership.Access.OWNER, "memberships__user__email__iexact": delivery.address}
        return employers.filter(**owner).exists()

    def build(self, delivery, items, *, now):
        employer = Employer.objects.get(pk=delivery.payload["employer"])
        with translation.override(delivery.language):
            subject = (
                _("%(name)s: are you still there?") if self.kind == IDLE_SOON else _("%(name)s: please confirm it")
            )
            return build_message(
                self.kind,
                to=delivery.address,
                subject=subject_about(subject, employer.name),
                context={"employer": employer, "page_url": _page(employer)},
                language=delivery.language,
            )
