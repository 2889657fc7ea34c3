"""Notices about inquiries. They say that there is something to read, and where; never what, and never who by address.

Mail is not private: no words of a message and not what a seeker is called stand in it. To seekers it goes by the stream
"account", which nobody can stop by mistake: somebody waits for this answer because they asked. To employers it goes to
their confirmed inbox address, else to the members who may answer.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.addresses import verified_addresses
from accounts.models import Inquiry
from careerportal.core.mail import build_message, subject_about
from careerportal.outbox import ledger
from careerportal.outbox.addresses import BadAddress, normalize_address
from careerportal.outbox.models import Recipient

log = logging.getLogger(__name__)

SEEKER_STREAM, EMPLOYER_STREAM = "account", "employer"
TO_SEEKER, TO_EMPLOYER, REMINDER = "inquiry_seeker", "inquiry_employer", "inquiry_reminder"
ANSWERED, CLOSED, TIME, HALTED = "answered", "closed", "time", "halted"  # what a seeker is told
BETWEEN_NOTICES = timedelta(hours=1)

State = Inquiry.State


def tell_seeker(inquiry, what, *, now):
    """Queue the notice to the seeker: at most one an hour and thread, later ones wait for their hour."""
    due = _next_notice(inquiry, "seeker_told_at", now)
    if due is None or inquiry.seeker is None:
        return
    _enqueue(
        [inquiry.seeker.email],
        key=f"inquiry:{inquiry.pk}:seeker:{due:%Y%m%dT%H%M%S}",
        stream=SEEKER_STREAM,
        kind=TO_SEEKER,
        payload={"inquiry": inquiry.pk, "what": what},
        due=due,
        now=now,
    )


def tell_employer(inquiry, *, now):
    """Queue the notice to the employer's people, as often at most."""
    due = _next_notice(inquiry, "employer_told_at", now)
    if due is None:
        return
    _enqueue(
        addresses_of(inquiry.employer),
        key=f"inquiry:{inquiry.pk}:employer:{due:%Y%m%dT%H%M%S}",
        stream=EMPLOYER_STREAM,
        kind=TO_EMPLOYER,
        payload={"inquiry": inquiry.pk},
        due=due,
        now=now,
    )


def remind(employer, *, now):
    """Queue one reminder of everything that waits at an employer; a day's second one is not made."""
    _enqueue(
        addresses_of(employer),
        key=f"inquiries:{employer.pk}:waiting:{localdate(now)}",
        stream=EMPLOYER_STREAM,
        kind=REMINDER,
        payload={"employer": employer.pk},
        due=now,
        now=now,
    )


def addresses_of(employer):
    """Who hears of inquiries: the confirmed inbox address, else the owners and recruiters."""
    if employer.inbox:
        return [employer.inbox]
    members = employer.memberships.filter(access__in=["owner", "recruiter"], user__is_active=True)
    return [member.user.email for member in members.select_related("user").order_by("pk")]


def _next_notice(inquiry, field, now):
    """When the next notice may go; None when one waits already. What is due stands in `field`."""
    last = getattr(inquiry, field)
    if last is not None and last > now:
        return None
    due = now if last is None else max(now, last + BETWEEN_NOTICES)
    setattr(inquiry, field, due)
    inquiry.save(update_fields=[field, "updated_at"])
    return due


def _enqueue(addresses, *, key, stream, kind, payload, due, now):
    for address in addresses:
        try:
            recipient = Recipient.objects.for_address(address)
        except BadAddress:
            log.warning("A notice of kind %s has an address that mail cannot reach", kind)
            continue
        ledger.enqueue(
            recipient=recipient, now=now, idem_key=f"{key}:{recipient.pk}", stream=stream, kind=kind, payload=payload,
            due_at=due,
        )  # fmt: skip


def _is_for_employer(delivery, employer):
    """Whether this address still reads this employer's mail, and its inbox is open."""
    if not employer.is_approved or not employer.is_public:
        return False
    return delivery.address in [_plain(address) for address in addresses_of(employer)]


def _plain(address):
    try:
        return normalize_address(address)
    except BadAddress:
        return ""


def about_what(inquiry):
    """What a thread is about, for subjects: the opening's headline, else the employer's name."""
    if inquiry.listing is not None:
        return inquiry.listing.headline
    return inquiry.about or inquiry.employer.name


class SeekerHandler:
    """Says that an employer answered, or why a thread ended."""

    def still_wanted(self, delivery, items, *, now):
        """False when the seeker has left, uses another address, or has written since and so has read it."""
        inquiry = Inquiry.objects.select_related("seeker").filter(pk=delivery.payload["inquiry"]).first()
        if inquiry is None or inquiry.seeker is None or not inquiry.seeker.is_active:
            return False
        own = [inquiry.seeker.email, *verified_addresses(inquiry.seeker)]
        if delivery.address not in [_plain(address) for address in own]:
            return False
        return delivery.payload["what"] != ANSWERED or inquiry.state != State.WAITING

    def build(self, delivery, items, *, now):
        inquiry = Inquiry.objects.select_related("employer", "listing").get(pk=delivery.payload["inquiry"])
        what = delivery.payload["what"]
        if what == ANSWERED and inquiry.is_closed:
            what = CLOSED
        with translation.override(delivery.language):
            name = inquiry.employer.name
            subject = {
                ANSWERED: _("%(name)s answered you"),
                CLOSED: _("%(name)s answered you"),
                TIME: _("No answer from %(name)s"),
                HALTED: _("The inbox of %(name)s is closed"),
            }[what]
            address = reverse("me_inquiry", args=[inquiry.pk])
            return build_message(
                TO_SEEKER,
                to=delivery.address,
                subject=subject_about(subject, name),
                context={
                    "employer": inquiry.employer,
                    "about": about_what(inquiry) if inquiry.about else "",
                    "is_application": inquiry.kind == Inquiry.Kind.APPLICATION,
                    "what": what,
                    "url": settings.PORTAL_URL + address,
                },
                language=delivery.language,
            )


class EmployerHandler:
    """Says that a seeker wrote, about what, and where it is answered."""

    def still_wanted(self, delivery, items, *, now):
        """False when it was answered or closed meanwhile, or this address reads the employer's mail no more."""
        found = Inquiry.objects.select_related("employer").filter(pk=delivery.payload["inquiry"]).first()
        return found is not None and found.state == State.WAITING and _is_for_employer(delivery, found.employer)

    def build(self, delivery, items, *, now):
        inquiry = Inquiry.objects.select_related("employer", "listing").get(pk=delivery.payload["inquiry"])
        with translation.override(delivery.language):
            is_application = inquiry.kind == Inquiry.Kind.APPLICATION
            words = _("A question about %(name)s") if inquiry.about else _("A question to %(name)s")
            words = _("An application: %(name)s") if is_application else words
            address = reverse("hiring_inquiry", args=[inquiry.employer.slug, inquiry.pk])
            return build_message(
                TO_EMPLOYER,
                to=delivery.address,
                subject=subject_about(words, about_what(inquiry)),
                context={
                    "employer": inquiry.employer,
                    "about": about_what(inquiry) if inquiry.about else "",
                    "is_application": is_application,
                    "url": settings.PORTAL_URL + address,
                },
                language=delivery.language,
            )


class ReminderHandler:
    """Lists what waits at an employer for more than ten days."""

    def still_wanted(self, delivery, items, *, now):
        """False when nothing waits any more, or this address reads the employer's mail no more."""
        first = self._waiting(delivery).first()
        return first is not None and _is_for_employer(delivery, first.employer)

    def _waiting(self, delivery):
        waiting = Inquiry.objects.waiting().filter(employer=delivery.payload["employer"], seeker__isnull=False)
        return waiting.filter(reminded_days__gt=0).with_people().order_by("waiting_since", "pk")

    def build(self, delivery, items, *, now):
        waiting = list(self._waiting(delivery))
        employer = waiting[0].employer
        with translation.override(delivery.language):
            count = len(waiting)
            subject = ngettext("%(count)s person waits for your answer", "%(count)s people wait for your answer", count)
            rows = [
                {
                    "about": about_what(inquiry) if inquiry.about else _("A question to you"),
                    "days": (localdate(now) - localdate(inquiry.waiting_since)).days,
                    "url": settings.PORTAL_URL + reverse("hiring_inquiry", args=[employer.slug, inquiry.pk]),
                }
                for inquiry in waiting[:20]
            ]
            return build_message(
                REMINDER,
                to=delivery.address,
                subject=subject % {"count": count},
                context={
                    "employer": employer,
                    "rows": rows,
                    "more": count - len(rows),
                    "url": settings.PORTAL_URL + reverse("hiring_inbox", args=[employer.slug]),
                },
                language=delivery.language,
            )
