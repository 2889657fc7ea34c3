"""How an employer answers the people who write to it, as its page and the directory may say it.

Counted are threads of the last year: those that were answered, and those that had their ten days. What the seeker closed
within ten days without an answer says nothing. Below LEAST nothing is said, so that no one person can be read off it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from django.db.models import F, Q

from accounts.models import Inquiry

LEAST = 5
WITHIN = timedelta(days=10)
LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Record:
    """Of `asked` threads, how many were answered within ten days, and the days to an answer in the middle (median)."""

    asked: int
    in_time: int
    median_days: float | None

    @property
    def percent(self):
        """The share answered within ten days, a whole number of percent."""
        return round(100 * self.in_time / self.asked)

    @property
    def whole_days(self):
        """The days in the middle, rounded up: what is promised is kept. None without an answer."""
        return None if self.median_days is None else ceil(self.median_days)


def record_of(employer, *, at: datetime) -> Record | None:
    """The Record of an employer at the aware datetime `at`; None below LEAST threads. One query."""
    had_time = Q(opened_at__lte=at - WITHIN)
    left_early = Q(answered_at=None, closed_by=Inquiry.ClosedBy.SEEKER, closed_at__lt=F("opened_at") + WITHIN)
    counted = (
        Inquiry.objects.of_employer(employer)
        .filter(
            Q(answered_at__isnull=False, answered_at__lte=at) | had_time,
            opened_at__gt=at - LOOK_BACK,
            opened_at__lte=at,
        )
        .exclude(left_early)
    )
    waits = [
        answered - opened if answered is not None and answered <= at else None
        for opened, answered in counted.values_list("opened_at", "answered_at")
    ]
    if len(waits) < LEAST:
        return None
    known = [wait for wait in waits if wait is not None]
    return Record(
        asked=len(waits),
        in_time=sum(wait <= WITHIN for wait in known),
        median_days=median(wait / timedelta(days=1) for wait in known) if known else None,
    )
