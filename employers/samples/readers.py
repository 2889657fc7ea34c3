"""Invented readers of the sample openings, so that the page of figures can be tried. Its pages say that they are invented."""

from datetime import timedelta
from zlib import crc32

from django.db.models import F
from django.utils.timezone import localdate

from employers.models import Listing, ListingDay

NEWS_DAYS = 7  # a new opening is read twice as much
SATURDAY = 5


def invent(listings, *, now) -> int:
    """Write counts for each day since these openings were published, to `now`; return how many days are new.

    The same opening and day always get the same counts, and a day that has some keeps them.
    """
    openings = Listing.objects.filter(pk__in=[listing.pk for listing in listings])
    ListingDay.objects.filter(listing__in=openings, day__lt=F("listing__published_at__date")).delete()
    before = ListingDay.objects.filter(listing__in=openings).count()
    today = localdate(now)
    rows = [
        row
        for listing in listings
        for back in range((today - localdate(listing.published_at)).days + 1)
        if (row := _day(listing, today - timedelta(days=back))) is not None
    ]
    ListingDay.objects.bulk_create(rows, ignore_conflicts=True)
    return ListingDay.objects.filter(listing__in=openings).count() - before


def _day(listing, day):
    chance = crc32(f"{listing.source_id} {day.isoformat()}".encode())
    liked = 3 + crc32(listing.source_id.encode()) % 9
    views = liked * (2 if (day - localdate(listing.published_at)).days < NEWS_DAYS else 1) + chance % 7 - 3
    views = views // 3 if day.weekday() >= SATURDAY else views
    if views <= 0:
        return None
    dice = {"saves": (chance // 7) % 9, "inquiries": (chance // 77) % 17, "apply_clicks": (chance // 777) % 6}
    counts = {what: 1 + views // 12 if thrown == 0 else 0 for what, thrown in dice.items()}
    if not listing.apply_url:
        counts["apply_clicks"] = 0
    return ListingDay(listing=listing, day=day, views=views, **counts)
