"""What openings here pay: counted once, made hourly, and shown only where there are enough."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerportal.places.regions import NEW_YORK
from employers import payfigures, searchrow
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db


def an_opening(employer, low, high, *, county="Erie", period="hour", **facts):
    """A live opening of `employer` at a site in a county of New York."""
    site = SiteFactory(employer=employer, state="NY", county=county)
    return ListingFactory(
        published=True, employer=employer, sites=[site], pay_min_usd=low, pay_max_usd=high, pay_period=period, **facts
    )


def employers(count):
    return [EmployerFactory(slug=f"employer-{number}", name=f"Employer {number}") for number in range(count)]


def figure(area, role="cc", **how):
    areas = {one.name: one for one in payfigures.posted_pay(at=NOW, **how)}
    return next(one for one in areas[area].figures if one.role == role)


def test_the_regions_hold_every_county_of_new_york_once():
    counties = [county for region in NEW_YORK.values() for county in region]

    assert len(counties) == len(set(counties)) == 62


def test_five_openings_of_three_employers_make_a_figure_of_medians():
    one, two, three = employers(3)
    for employer, low, high in ((one, 20, 30), (one, 21, 31), (two, 22, 32), (two, 28, 40), (three, 40, 60)):
        an_opening(employer, low, high)

    for area in ("United States", "New York State", "Western New York"):
        found = figure(area)
        assert (found.openings, found.employers) == (5, 3)
        assert (found.low, found.high) == (Decimal("22.00"), Decimal("32.00"))
        assert (found.low_year, found.high_year) == (45_800, 66_600)
    assert not figure("New York City").is_shown
    assert figure("New York City").needed == "5 more openings with a pay range are needed."


def test_fewer_openings_or_employers_show_no_figure_and_say_what_is_needed():
    one, two, three = employers(3)
    for employer in (one, one, two, two):
        an_opening(employer, 20, 30)
    found = figure("New York State")
    assert not found.is_shown
    assert found.low is None
    assert found.needed == "1 more opening with a pay range is needed."

    an_opening(two, 20, 30)
    assert not figure("New York State").is_shown
    assert figure("New York State").needed == "Openings of at least 3 employers are needed."

    an_opening(three, 20, 30)
    assert figure("New York State").is_shown


def test_yearly_pay_is_made_hourly_by_the_openings_own_hours():
    for employer in employers(5):
        an_opening(employer, 52_000, 78_000, period="year", weekly_hours=Decimal("40"))
    assert (figure("New York State").low, figure("New York State").high) == (Decimal("25.00"), Decimal("37.50"))


def test_what_is_not_live_and_what_posts_no_pay_does_not_count():
    all_five = employers(5)
    for employer in all_five[:4]:
        an_opening(employer, 20, 30)
    an_opening(all_five[4], None, None, period="")
    ListingFactory(closed=True, employer=all_five[4], sites=[SiteFactory(employer=all_five[4], county="Erie")])

    assert figure("New York State").openings == 4


def test_invented_openings_never_count_among_real_ones():
    for number in range(5):
        an_opening(EmployerFactory(slug=f"sample-{number}", is_sample=True), 20, 30)

    assert figure("New York State").openings == 0
    assert figure("New York State", samples=True).is_shown


def test_an_opening_with_two_sites_in_a_region_counts_once_there():
    for employer in employers(5):
        near = SiteFactory(employer=employer, state="NY", county="Niagara")
        listing = an_opening(employer, 20, 30)
        listing.sites.add(near)
    searchrow.rewrite()

    assert figure("Western New York").openings == 5


def test_it_is_one_statement_however_many_there_are():
    with CaptureQueriesContext(connection) as found:
        payfigures.posted_pay(at=NOW)
    assert len(found) == 1
