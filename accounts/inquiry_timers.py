"""What happens to threads as days pass: reminders after 10 and 30 days, a kind end after 60, a word when an inbox closes.

Days are calendar days in the portal's zone, so that an employer gets one reminder a day at most, however often the clock
asks.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from accounts import inquiry_mail, resumes
from accounts.inquiries import close_by_time
from accounts.models import Inquiry
from careerportal.core.clock import timer
from employers.models import Employer

REMIND_DAYS = (10, 30)
CLOSE_DAYS = 60
BATCH = 500


def _began_by(days, now):
    """The end of the day, as an aware datetime, by which a wait of `days` calendar days had begun."""
    day = localdate(now) - timedelta(days=days)
    return datetime.combine(day, time.max, tzinfo=get_default_timezone())


@timer("accounts.inquiries_reminders")
def remind(now: datetime) -> int:
    """Remind employers of what waits for 10 and for 30 days: one mail each that lists all; return how many employers."""
    told = set()
    for days in REMIND_DAYS:
        due = Inquiry.objects.waiting().filter(
            waiting_since__lte=_began_by(days, now), reminded_days__lt=days, seeker__isnull=False
        )
        for employer in Employer.objects.filter(pk__in=due.values("employer")).order_by("pk"):
            with transaction.atomic():
                due.filter(employer=employer).update(reminded_days=days)
                if employer.takes_inquiries and employer.pk not in told:
                    inquiry_mail.remind(employer, now=now)
                    told.add(employer.pk)
    return len(told)


@timer("accounts.inquiries_unanswered")
def close_unanswered(now: datetime) -> int:
    """Close what nobody answered for 60 days, and tell the seekers; return how many threads."""
    old = (
        Inquiry.objects.waiting().filter(waiting_since__lte=_began_by(CLOSE_DAYS, now)).order_by("waiting_since", "pk")
    )
    return sum(close_by_time(inquiry=inquiry, now=now) for inquiry in list(old[:BATCH]))


@timer("accounts.inquiries_halted")
def tell_halted(now: datetime) -> int:
    """Tell seekers once that the inbox of an organization they wrote to was closed; return how many threads."""
    told = 0
    open_ones = Inquiry.objects.unfinished().filter(seeker__isnull=False)
    shown = Employer.objects.public().approved()
    back = open_ones.filter(halted_at__isnull=False, employer__in=shown)
    back.update(halted_at=None)
    halted = open_ones.filter(halted_at=None).exclude(employer__in=shown).order_by("pk")
    for pk in list(halted.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("employer", "seeker").get(pk=pk)
            if inquiry.halted_at is None and not inquiry.is_closed and not inquiry.employer.takes_inquiries:
                inquiry.halted_at = now
                inquiry.save(update_fields=["halted_at", "updated_at"])
                inquiry_mail.tell_seeker(inquiry, inquiry_mail.HALTED, now=now)
                told += 1
    return told


@timer("accounts.resumes_sweep")
def sweep_resumes(now: datetime) -> int:
    """Delete files in the folder of resumes that belong to nobody any more; return how many."""
    return resumes.sweep(now=now)
