"""What readers did with an employer's openings, by week, and how the openings went: the one source of these numbers.

The page, the file and the sheet for paper all read `report`. Weeks begin on Monday, in the portal's time zone.
"""

from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncWeek
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employers.models import Employer, Listing, ListingDay
from employers.models.listing import STATED_FACTS
from employers.models.listing_day import COUNTED

PERIODS = (4, 12, 26)  # weeks, the running one included
DEFAULT_PERIOD = 12
FACTS = len(STATED_FACTS)
PER_PAGE = 50
FACT_WORDS = {
    "pay": _("pay"), "place": _("place"), "schedule": _("schedule"), "mode": _("work mode and home visits"),
    "licence": _("license"), "caseload": _("caseload"), "people": _("people served"), "languages": _("languages"),
}  # fmt: skip
FILLED = (Listing.Outcome.HIRED_HERE, Listing.Outcome.HIRED_ELSEWHERE, Listing.Outcome.INSIDE)


@dataclass(frozen=True)
class Counts:
    """How often readers did each of listing_day.COUNTED."""

    views: int = 0
    saves: int = 0
    inquiries: int = 0
    apply_clicks: int = 0

    def __add__(self, other):
        return Counts(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Week:
    """Counts of the week that begins on `monday`. `was_shown`: readers could see the opening on one of its days."""

    monday: date
    counts: Counts
    is_running: bool = False
    was_shown: bool = True


def total(weeks):
    """The Counts of some weeks together."""
    return sum((week.counts for week in weeks), Counts())


@dataclass(frozen=True)
class OpeningFigures:
    """One opening: its weeks, oldest first; whole days it was shown so far, and until it was filled (None: it was not).

    `stated` of the eight facts are in its ad, those of `missing` are not.
    """

    listing: Listing
    weeks: list
    days_shown: int
    days_to_fill: int | None
    stated: int
    missing: list

    @property
    def counts(self):
        return total(self.weeks)


@dataclass(frozen=True)
class Report:
    """An employer's figures over the last `period` weeks; `weeks`, `periods` and `closed` are of all its openings.

    `openings` are those of one page, or all of them without one. `periods` gives Counts for each of PERIODS.
    """

    employer: Employer
    at: datetime
    period: int
    weeks: list
    periods: list
    openings: list
    live: int
    outcomes: list
    closed: int
    median_days_to_fill: int | None
    page: Page | None = field(default=None)

    @property
    def counts(self):
        return total(self.weeks)

    @property
    def since(self):
        return self.weeks[0].monday

    @property
    def query(self):
        """What stays the same from page to page."""
        return f"weeks={self.period}"


def period_of(text) -> int:
    """The number of weeks that a query string asks for; DEFAULT_PERIOD for anything that is none of PERIODS."""
    return next((weeks for weeks in PERIODS if str(weeks) == text), DEFAULT_PERIOD)


def report(employer: Employer, *, at: datetime, period: int = DEFAULT_PERIOD, page=None, only: Listing | None = None):
    """Return the Report of an employer at the aware datetime `at`; with `only`, of that one opening of it.

    `page` is the number of the page of openings to load, None for all. The queries are as many for 2 openings as for
    12. Raises ValueError for a period that is none of PERIODS.
    """
    if period not in PERIODS:
        raise ValueError(f"Not a period: {period}")
    mondays = _mondays(at, max(PERIODS))
    days = ListingDay.objects.filter(day__gte=mondays[0], day__lte=localdate(at))
    days = days.filter(listing=only) if only else days.filter(listing__employer=employer)
    by_week = {row.pop("week"): Counts(**row) for row in _by_week(days)}
    every_week = [Week(day, by_week.get(day, Counts()), is_running=day == mondays[-1]) for day in mondays]
    since = mondays[-period]
    found = _told(employer, since=since) if not only else Listing.objects.filter(pk=only.pk)
    shown = Paginator(_loaded(found), PER_PAGE).get_page(page) if page is not None else None
    ended = _ended(found, since=since, at=at)
    fills = [days for _outcome, days in ended if days is not None]
    return Report(
        employer=employer,
        at=at,
        period=period,
        weeks=every_week[-period:],
        periods=[(weeks, total(every_week[-weeks:])) for weeks in PERIODS],
        openings=_openings(list(shown if shown is not None else _loaded(found)), mondays[-period:], at=at),
        live=Listing.objects.live(at=at).filter(employer=employer).count(),
        outcomes=_outcomes(ended),
        closed=len(ended),
        median_days_to_fill=round(median(fills)) if fills else None,
        page=shown,
    )


def _mondays(at, weeks):
    """The Mondays of the last `weeks` weeks at `at`, oldest first, this week's last."""
    today = localdate(at)
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=back) for back in reversed(range(weeks))]


def _by_week(days, *also):
    sums = {what: Sum(what) for what in COUNTED}
    return days.order_by().annotate(week=TruncWeek("day")).values("week", *also).annotate(**sums)


def _told(employer, *, since):
    """The openings that were public at some time from the Monday `since` on, or were read then."""
    read = ListingDay.objects.filter(listing=OuterRef("pk"), day__gte=since)
    return employer.listings.filter(
        Q(status=Listing.Status.PUBLISHED) | Q(status=Listing.Status.CLOSED, closed_at__date__gte=since) | Exists(read)
    )


def _loaded(found):
    loaded = found.select_related("search", "title").prefetch_related("sites", "populations")
    return loaded.defer("description", "sketch", "search__tsv").newest_first()


def _openings(listings, mondays, *, at):
    days = ListingDay.objects.filter(listing__in=listings, day__gte=mondays[0], day__lte=localdate(at))
    counted = {(row.pop("listing"), row.pop("week")): Counts(**row) for row in _by_week(days, "listing")}
    return [_of(listing, counted, mondays, at=at) for listing in listings]


def _of(listing, counted, mondays, *, at):
    stated = dict(zip(STATED_FACTS, listing.stated, strict=True))
    begin, end = _window(listing, at=at)
    weeks = [
        Week(
            monday,
            counted.get((listing.pk, monday), Counts()),
            is_running=monday == mondays[-1],
            was_shown=begin is not None and localdate(begin) < monday + timedelta(weeks=1) and localdate(end) >= monday,
        )
        for monday in mondays
    ]
    missing = [FACT_WORDS[name] for name, is_stated in stated.items() if not is_stated]
    return OpeningFigures(
        listing=listing,
        weeks=weeks,
        days_shown=max(0, (end - begin).days) if begin else 0,
        days_to_fill=_days_to_fill(listing.outcome, listing.published_at, listing.closed_at),
        stated=len(stated) - len(missing),
        missing=missing,
    )


def _window(listing, *, at):
    """From when until when (or until now) an opening was public; (None, None) when it never was."""
    if listing.published_at is None:
        return None, None
    row = getattr(listing, "search", None)
    ends = [listing.closed_at, at, row.live_until if row else None]
    return listing.published_at, max(listing.published_at, min(end for end in ends if end is not None))


def _days_to_fill(outcome, published_at, closed_at):
    return (localdate(closed_at) - localdate(published_at)).days if outcome in FILLED and closed_at else None


def _ended(found, *, since, at):
    """(outcome, days to fill or None) of each opening that closed from `since` on."""
    closed = found.filter(status=Listing.Status.CLOSED, closed_at__date__gte=since, closed_at__lte=at)
    rows = closed.order_by("pk").values_list("outcome", "published_at", "closed_at")
    return [(outcome, _days_to_fill(outcome, published_at, closed_at)) for outcome, published_at, closed_at in rows]


def _outcomes(ended):
    """(outcome in words, how many) in the order of Listing.Outcome, what nobody told last."""
    given = [outcome for outcome, _days in ended]
    words = [
        *((choice.label, given.count(choice.value)) for choice in Listing.Outcome),
        (_("Not said"), given.count("")),
    ]
    return [(label, count) for label, count in words if count]
