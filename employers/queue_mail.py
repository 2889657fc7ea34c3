"""The weekly letter to moderators: how much waits and for how long. Nothing in it names an employer or a person."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.core.clock import timer
from careerportal.outbox import ledger
from careerportal.outbox.models import Recipient
from careerportal.outbox.streams import RAW
from employers import queue, waits
from employers.models import Case

STREAM = "staff"
MONDAY, HOUR = 0, 8  # in the portal's zone


def moderators():
    """Everyone on the staff who decides cases, by a group or by themselves; administrators only when they are in one."""
    may = Permission.objects.filter(content_type__app_label="employers", codename="change_case")
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    found = people.filter(Q(groups__permissions__in=may) | Q(user_permissions__in=may))
    return found.distinct().order_by("pk")


@timer("employers.queue_letter")
def send_weekly(now: datetime) -> int:
    """On Mondays from 8 in the morning on, queue the letter for every moderator, once a week; return how many are new.

    Without a moderator it goes to STAFF_EMAIL.
    """
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    if local.weekday() != MONDAY or local.hour < HOUR:
        return 0
    year, week, _day = local.isocalendar()
    letters = [(user.email, f"{user.pk}", queue.waiting(user)) for user in moderators()]
    letters = letters or [(settings.STAFF_EMAIL, "staff", queue.waiting())]
    told = 0
    for address, who, cases in letters:
        delivery = ledger.enqueue(
            idem_key=f"{STREAM}:queue:{year}-{week:02}:{who}",
            recipient=Recipient.objects.for_address(address),
            stream=STREAM,
            kind=RAW,
            payload=letter(list(cases), now=now),
            now=now,
        )
        told += delivery is not None
    return told


@timer("employers.queue_sweep")
def sweep(now: datetime) -> int:
    """Put back into the queue what waits without a case; return how many."""
    return queue.reopen_missing(now=now)


def letter(cases, *, now) -> dict:
    """Subject and text about these open cases at `now`."""
    counts = Counter(case.kind for case in cases)
    overdue = sum(waits.is_overdue(case, now=now) for case in cases)
    words = {"portal": settings.PORTAL_SHORT_NAME, "count": len(cases), "overdue": overdue}
    if not cases:
        subject = _("%(portal)s: nothing waits for a moderator") % words
        lines = [_("Nothing waits. Thank you.")]
    else:
        said = ngettext("%(portal)s: %(count)s case waits", "%(portal)s: %(count)s cases wait", len(cases))
        subject = said % words
        oldest = waits.age_text(min(case.created_at for case in cases), now=now)
        lines = [
            _("Oldest: %(age)s. Over the promised time: %(overdue)s. Urgent: %(urgent)s.")
            % {"age": oldest, "overdue": overdue, "urgent": sum(case.is_urgent for case in cases)},
            "",
            *(f"  {Case.Kind(kind).label}: {count}" for kind, count in sorted(counts.items())),
            "",
            _("That is about %(minutes)s minutes of work.") % {"minutes": waits.minutes(counts)},
        ]
    lines += ["", settings.PORTAL_URL + reverse("moderation"), "", _("This letter comes every Monday.")]
    return {"subject": subject, "text": "\n".join(lines) + "\n"}
