"""Wishes that an employer would list here: counted for staff, told to nobody, mailed to nobody."""

from datetime import date, datetime

from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from accounts.models import EmployerWish
from employers.models import Employer


def visitor_key(*, address: str, browser: str, day: date) -> str:
    """Return what tells visitors of one day apart: 32 hex digits of a keyed hash that holds for `day` only."""
    return salted_hmac(
        "accounts.employer_wishes", f"{day.isoformat()}|{address}|{browser}", algorithm="sha256"
    ).hexdigest()[:32]


def wish(*, employer: Employer, address: str, browser: str, now: datetime) -> bool:
    """Count one wish for `employer` at `now` (aware); False when this visitor wished the same today already."""
    day = localdate(now)
    _wish, is_new = EmployerWish.objects.get_or_create(
        employer=employer, wished_on=day, visitor=visitor_key(address=address, browser=browser, day=day)
    )
    return is_new
