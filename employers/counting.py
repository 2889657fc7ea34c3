"""Counts what readers do with openings: by opening and day, without cookies, and never who."""

from datetime import datetime

from crawleruseragents import is_crawler
from django.db import connection
from django.utils.timezone import localdate

from employers.models.listing_day import COUNTED

_ADD = """
INSERT INTO employers_listingday AS day (listing_id, day, {what}) VALUES (%s, %s, 1)
ON CONFLICT (listing_id, day) DO UPDATE SET {what} = day.{what} + 1
"""


def count(listing_id: int, what: str, *, now: datetime) -> None:
    """Add one to `what` (one of listing_day.COUNTED) of an opening on the day of `now`. Raises ValueError for another word.

    One statement, so that counts at once all arrive.
    """
    if what not in COUNTED:
        raise ValueError(f"Not counted: {what}")
    with connection.cursor() as cursor:
        cursor.execute(_ADD.format(what=what), [listing_id, localdate(now)])


def is_reader(request) -> bool:
    """True for a request that a person seems to have made: a named browser, no robot, no page fetched ahead of a click."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    ahead = request.META.get("HTTP_SEC_PURPOSE", "") or request.META.get("HTTP_PURPOSE", "")
    return request.method == "GET" and bool(agent) and "prefetch" not in ahead and not is_crawler(agent[:500])
