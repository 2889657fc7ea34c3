"""What readers did with openings, by week: page, file and sheet say the same."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import localdate

from careerportal.core.models import AuditEvent
from employers import figures, figures_file
from employers.figures import Counts
from employers.models import ListingDay
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)  # Sunday, November 22, 2026
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def an_opening(employer, **fields):
    long_ago = {"published_at": NOW - timedelta(days=100), "confirmed_at": NOW - timedelta(days=1)}
    return ListingFactory(employer=employer, published=True, **long_ago | fields)


def count(listing, day, **counts):
    ListingDay.objects.create(listing=listing, day=day, **counts)


def signed_in(client, employer, access="owner"):
    client.force_login(MembershipFactory(employer=employer, access=access).user)


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


# --- The numbers --------------------------------------------------------------------------------
def test_weeks_begin_on_monday_and_the_running_one_is_the_last():
    employer = EmployerFactory()
    listing = an_opening(employer)
    count(listing, MONDAY, views=3)
    count(listing, TODAY, views=4, apply_clicks=1)
    count(listing, MONDAY - timedelta(days=1), views=50)

    told = figures.report(employer, at=NOW, period=4)

    assert [week.monday for week in told.weeks] == [MONDAY - timedelta(weeks=back) for back in (3, 2, 1, 0)]
    assert [week.counts.views for week in told.weeks] == [0, 0, 50, 7]
    assert [week.is_running for week in told.weeks] == [False, False, False, True]
    assert told.openings[0].counts == told.counts == Counts(views=57, apply_clicks=1)


def test_the_day_is_that_of_new_york_at_the_turn_of_a_week():
    employer = EmployerFactory()
    late_on_sunday = NOW.replace(day=23, hour=4, minute=30)  # 23:30 on Sunday in New York
    count(an_opening(employer), TODAY, views=2)

    told = figures.report(employer, at=late_on_sunday, period=4)

    assert (told.weeks[-1].monday, told.weeks[-1].counts.views) == (MONDAY, 2)
    after_midnight = figures.report(employer, at=late_on_sunday + timedelta(hours=1), period=4)
    assert (after_midnight.weeks[-1].monday, after_midnight.weeks[-1].counts.views) == (MONDAY + timedelta(days=7), 0)


def test_totals_over_4_12_and_26_weeks_stand_side_by_side():
    employer = EmployerFactory()
    listing = an_opening(employer)
    for weeks, views in ((0, 1), (3, 10), (4, 100), (11, 1000), (25, 10_000), (26, 100_000)):
        count(listing, MONDAY - timedelta(weeks=weeks), views=views)

    periods = figures.report(employer, at=NOW).periods

    assert [(weeks, counts.views) for weeks, counts in periods] == [(4, 11), (12, 1111), (26, 11_111)]


def test_a_week_before_an_opening_was_public_says_so():
    employer = EmployerFactory()
    ListingFactory(employer=employer, published=True, published_at=NOW - timedelta(days=8), confirmed_at=NOW)

    told = figures.report(employer, at=NOW, period=4)

    assert [week.was_shown for week in told.openings[0].weeks] == [False, False, True, True]
    assert told.openings[0].days_shown == 8


def test_closed_openings_tell_how_they_ended_and_how_long_it_took():
    employer = EmployerFactory()
    for days, outcome in ((10, "hired-here"), (20, "hired-elsewhere"), (60, "inside"), (90, "not-filled"), (5, "")):
        ListingFactory(employer=employer, closed=True, outcome=outcome, published_at=NOW - timedelta(days=days + 1))
    ListingFactory(
        employer=employer, closed=True, outcome="hired-here", published_at=NOW - timedelta(days=300),
        closed_at=NOW - timedelta(days=200),
    )  # fmt: skip

    told = figures.report(employer, at=NOW, period=12)

    assert [(str(label), number) for label, number in told.outcomes] == [
        ("Filled by somebody who found it here", 1), ("Filled in another way", 1),
        ("Filled by one of our own people", 1), ("Not filled; we stopped looking", 1), ("Not said", 1),
    ]  # fmt: skip
    assert (told.closed, told.median_days_to_fill) == (5, 20)
    assert sorted(one.days_to_fill or 0 for one in told.openings) == [0, 0, 10, 20, 60]


def test_drafts_and_other_employers_are_not_in_the_figures():
    employer = EmployerFactory()
    ListingFactory(employer=employer)
    other = an_opening(EmployerFactory())
    count(other, TODAY, views=9)

    told = figures.report(employer, at=NOW)

    assert (told.openings, told.counts) == ([], Counts())


def test_a_period_nobody_offers_is_refused_and_from_an_address_falls_back():
    with pytest.raises(ValueError, match="Not a period"):
        figures.report(EmployerFactory(), at=NOW, period=5)
    assert [figures.period_of(text) for text in ("26", "", "5", "4 ", "x")] == [26, 12, 12, 12, 12]


# --- One source for page, file and sheet --------------------------------------------------------
@pytest.mark.parametrize("period", figures.PERIODS)
def test_page_sheet_file_and_each_opening_say_the_same(client, period):
    employer = EmployerFactory(slug="a")
    signed_in(client, employer)
    listings = [an_opening(employer) for _number in range(figures.PER_PAGE + 3)]
    listings.append(ListingFactory(employer=employer, closed=True, outcome="inside"))
    for number, listing in enumerate(listings):
        for day in range(1 + number % 4):
            back = (number * 11 + day * 17) % 200
            count(listing, TODAY - timedelta(days=back), views=number + day + 1, saves=number % 3, apply_clicks=day)

    told = figures.report(employer, at=NOW, period=period)
    pages = [figures.report(employer, at=NOW, period=period, page=page) for page in (1, 2)]
    rows = lines(client.get(f"/hiring/a/figures/figures.csv?weeks={period}"))
    sheet = client.get(f"/hiring/a/figures/print/?weeks={period}").context
    alone = [figures.report(employer, at=NOW, period=period, only=one.listing) for one in told.openings]

    views = told.counts.views
    assert views > 0
    assert views == dict(told.periods)[period].views == sum(one.counts.views for one in told.openings)
    assert [one.listing.pk for page in pages for one in page.openings] == [one.listing.pk for one in told.openings]
    assert sum((one.counts for page in pages for one in page.openings), Counts()) == told.counts
    assert {page.counts for page in pages} == {told.counts}
    for name in ("views", "saves", "inquiries", "apply_clicks"):
        assert sum(int(row[name]) for row in rows) == getattr(told.counts, name)
    assert sum((one.counts for one in sheet["shown"]), sheet["others_counts"]) == told.counts
    assert [report.counts for report in alone] == [one.counts for one in told.openings]
    assert sum(plot.total for plot in sheet["plots"] if plot.what == "views") == views


def test_the_figures_cost_the_same_for_two_openings_as_for_twelve(client, django_assert_max_num_queries):
    employer = EmployerFactory(slug="a")
    signed_in(client, employer)
    for _number in range(2):
        count(an_opening(employer), TODAY, views=1)
    client.get("/hiring/a/figures/")  # the first page of a session asks once more
    needed = {}
    for _size in (2, 12):
        for address in ("/hiring/a/figures/", "/hiring/a/figures/print/", "/hiring/a/figures/figures.csv"):
            with django_assert_max_num_queries(40) as asked:
                assert client.get(address).status_code == 200
            needed.setdefault(address, set()).add(len(asked))
        for _number in range(10):
            count(an_opening(employer), TODAY, views=1)

    assert {address: len(numbers) for address, numbers in needed.items()} == dict.fromkeys(needed, 1)


# --- The pages ----------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["", "print/", "?weeks=26", "?weeks=x&page=99"])
def test_the_pages_are_sound_with_and_without_numbers(client, address):
    employer = EmployerFactory(slug="a")
    signed_in(client, employer, "viewer")
    assert faults(client.get(f"/hiring/a/figures/{address}").content.decode()) == []

    count(an_opening(employer), TODAY, views=7, saves=1)
    page = client.get(f"/hiring/a/figures/{address}").content.decode()

    assert faults(page) == []
    assert re.search(r'<td[^>]*class="num"[^>]*>7</td>', page)


def test_one_opening_has_its_own_page_and_strangers_openings_have_none(client):
    employer = EmployerFactory(slug="a")
    signed_in(client, employer, "viewer")
    listing, foreign, draft = an_opening(employer), an_opening(EmployerFactory()), ListingFactory(employer=employer)
    count(listing, TODAY, views=7)

    page = client.get(f"/hiring/a/figures/{listing.pk}/")

    assert page.status_code == 200
    assert faults(page.content.decode()) == []
    assert "What readers miss in this ad" in page.content.decode()
    for other in (foreign, draft):
        assert client.get(f"/hiring/a/figures/{other.pk}/").status_code == 404


def test_a_sample_says_that_its_readers_are_invented(client):
    employer = EmployerFactory(slug="a", sample=True)
    signed_in(client, employer)
    an_opening(employer)

    assert "readers are invented" in client.get("/hiring/a/figures/").content.decode()


# --- The file -----------------------------------------------------------------------------------
def test_the_file_has_no_formula_and_is_read_as_unicode(client):
    employer = EmployerFactory(slug="a")
    signed_in(client, employer)
    count(an_opening(employer, headline='=HYPERLINK("https://evil.example","é")'), TODAY, views=1)

    answer = client.get("/hiring/a/figures/figures.csv")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="figures-a-2026-11-22.csv"'
    assert {row["headline"] for row in lines(answer)} == {'\'=HYPERLINK("https://evil.example","é")'}
    assert set(lines(answer)[0]) == set(figures_file.COLUMNS)


def test_a_download_is_noted_once_and_only_owners_get_one(client):
    employer = EmployerFactory(slug="a")
    for access in ("viewer", "recruiter"):
        signed_in(client, employer, access)
        assert client.get("/hiring/a/figures/figures.csv").status_code == 403
        assert "figures.csv" not in client.get("/hiring/a/figures/").content.decode()
    signed_in(client, employer)
    client.head("/hiring/a/figures/figures.csv")
    assert not AuditEvent.objects.filter(verb="figures.downloaded").exists()

    client.get("/hiring/a/figures/figures.csv")

    assert AuditEvent.objects.get(verb="figures.downloaded").employer_id == employer.pk
    assert "downloaded the figures" in client.get("/hiring/a/activity/").content.decode()


def test_a_week_without_readers_is_a_zero_and_one_before_publication_no_line(client):
    employer = EmployerFactory(slug="a")
    signed_in(client, employer)
    ListingFactory(employer=employer, published=True, published_at=NOW - timedelta(days=8), confirmed_at=NOW)

    rows = lines(client.get("/hiring/a/figures/figures.csv"))

    assert [(row["week_from"], row["views"]) for row in rows] == [("2026-11-09", "0"), ("2026-11-16", "0")]
