"""How long things may wait for a moderator, and how long they do, in words."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.models import Case

URGENT_DAYS = 1
DAYS = {Case.Kind.CORRECTION: 5, Case.Kind.GROUP: 5}  # working days; the others as promised to employers
SATURDAY = 5

# Minutes one case takes somebody who knows the work, to see whether the queue fits two hours a week.
MINUTES = {
    Case.Kind.ORGANIZATION: 8,
    Case.Kind.OPENING: 3,
    Case.Kind.EDIT: 2,
    Case.Kind.REPORT: 5,
    Case.Kind.CORRECTION: 4,
    Case.Kind.GROUP: 4,
}


def usually(kind=None) -> str:
    """The promise to employers about a kind of case, without one about requests for verification, in words for them."""
    days = DAYS.get(kind, settings.VERIFICATION_WAIT_DAYS)
    said = ngettext("usually within %(days)s working day", "usually within %(days)s working days", days)
    return said % {"days": days}


def promised_days(case):
    """How many working days a case may wait."""
    return URGENT_DAYS if case.is_urgent else DAYS.get(case.kind, settings.VERIFICATION_WAIT_DAYS)


def due_at(case) -> datetime:
    """When a case must be decided: the promised working days (Monday to Friday) after it began to wait."""
    at, left = case.created_at, promised_days(case)
    while left:
        at += timedelta(days=1)
        left -= localtime(at).weekday() < SATURDAY
    return at


def is_overdue(case, *, now) -> bool:
    """Whether a case waits longer than was promised."""
    return now > due_at(case)


def age_text(since, *, now) -> str:
    """How long something waits, in words: "20 minutes", "5 hours", "3 days"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        return ngettext("%(count)s hour", "%(count)s hours", minutes // 60) % {"count": minutes // 60}
    return _("%(count)s days") % {"count": minutes // (24 * 60)}


def promise_text(case, *, now) -> str:
    """What was promised and how it stands: "promised within 2 working days", "1 day over the promise"."""
    over = now - due_at(case)
    if over.total_seconds() > 0:
        return _("%(age)s over the promise") % {"age": age_text(due_at(case), now=now)}
    days = promised_days(case)
    return ngettext("promised within %(days)s working day", "promised within %(days)s working days", days) % {
        "days": days
    }


def minutes(counts) -> int:
    """How many minutes deciding these cases takes; `counts` by kind."""
    return sum(MINUTES[kind] * count for kind, count in counts.items())
