"""The search row says what the tables say, whatever was changed; and it is noticed when it does not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers import vocabulary
from employers import drafts, lifecycle, organizations, searchrow, sites, tasks
from employers.models import Listing, ListingPoint, ListingSearch
from employers.search import ListingCriteria
from tests.careers_factories import CareRoleFactory, CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)


def some(choices):
    return st.lists(st.sampled_from(choices.values), unique=True, max_size=4)


def maybe(choices):
    return st.sampled_from(["", *choices.values])


pays = st.tuples(st.integers(1, 90_000), st.integers(0, 90_000), st.sampled_from(["hour", "year"]))
facts = st.fixed_dictionaries(
    {},
    optional={
        "headline": st.text(
            st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=120
        ),
        "description": st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=300),
        "roles": st.sampled_from(vocabulary.RoleMask.values),
        "remote_states": st.lists(st.sampled_from(["NY", "NJ", "US"]), unique=True),
        "employment": st.sampled_from(vocabulary.EmploymentType.values),
        "schedules": some(vocabulary.Schedule),
        "weekly_hours": st.none() | st.decimals(1, 80, places=1),
        "mode": maybe(vocabulary.WorkMode),
        "visits": maybe(vocabulary.HomeVisits),
        "licences": some(vocabulary.License),
        "licence_stance": maybe(vocabulary.Stance),
        "education": maybe(vocabulary.Education),
        "education_stance": maybe(vocabulary.Stance),
        "experience_months": st.none() | st.integers(0, 600),
        "experience_stance": maybe(vocabulary.Stance),
        "languages": some(vocabulary.Language),
        "closes_on": st.none() | st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=300)),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_edit_the_row_is_what_the_tables_say(data):
    """Edits through drafts, lifecycle, organizations and sites, in any order."""
    employer = EmployerFactory()
    places = [SiteFactory(employer=employer), SiteFactory(employer=employer, state="NJ", county="", lat=None, lng=None)]
    listing = ListingFactory(employer=employer, sites=places[:1])
    for _step in range(data.draw(st.integers(1, 4))):
        step = data.draw(
            st.sampled_from(["revise", "pay", "lists", "publish", "close", "extend", "suspend", "release", "site"])
        )
        try:
            if step == "revise":
                drafts.revise(listing=listing, content=data.draw(facts))
            elif step == "pay":
                least, more, period = data.draw(pays)
                pay = {"pay_min_usd": least, "pay_max_usd": least + more, "pay_period": period}
                drafts.revise(listing=listing, content=pay)
            elif step == "lists":
                content = {
                    "title": JobTitleFactory(slug="nurse-care-manager", role=CareRoleFactory(slug="care-manager")),
                    "care_settings": [
                        CareSettingFactory(slug=slug)
                        for slug in data.draw(st.sets(st.sampled_from(["hospital", "fqhc"])))
                    ],
                    "populations": [PopulationFactory()],
                    "sites": data.draw(st.lists(st.sampled_from(places), unique=True)),
                }
                drafts.revise(listing=listing, content=content)
            elif step == "extend":
                lifecycle.extend(
                    listing=listing,
                    closes_on=data.draw(st.none() | st.dates(TODAY, TODAY + timedelta(days=200))),
                    now=NOW,
                )
            elif step == "suspend":
                organizations.suspend(employer=employer, reason="Asks for money.", now=NOW)
            elif step == "release":
                organizations.release(employer=employer, now=NOW)
            elif step == "site":
                sites.save(
                    employer=employer,
                    site=places[0],
                    lat=data.draw(st.floats(-90, 90)),
                    lng=data.draw(st.floats(-180, 180)),
                )
            else:
                getattr(lifecycle, step)(listing=listing, now=NOW)
        except (lifecycle.TransitionRefused, organizations.OrganizationRefused):
            pass

        assert searchrow.differences() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("live_until", NOW),
        ("title", "other"),
        ("work", "other"),
        ("roles", ["cm"]),
        ("settings", []),
        ("employers", ["other"]),
        ("states", ["US"]),
        ("counties", []),
        ("is_remote", True),
        ("education_rank", 4),
        ("experience_months", 3),
        ("pay_top_usd_hour", Decimal("99.00")),
        ("tsv", "'wrong':1"),
    ],
)
def test_a_tampered_row_is_found_and_mended(column, value):
    listing = ListingFactory(published=True)
    ListingFactory(published=True)
    ListingSearch.objects.filter(pk=listing.pk).update(**{column: value})

    assert searchrow.differences() == [(listing.pk, column)]
    searchrow.rewrite([listing.pk])
    assert searchrow.differences() == []


def test_a_missing_row_and_a_moved_point_are_found():
    gone, moved, extra = (ListingFactory(published=True) for _ in range(3))
    ListingSearch.objects.filter(pk=gone.pk).delete()
    ListingPoint.objects.filter(listing=moved).update(lat=1)
    ListingPoint.objects.create(listing=extra, site=moved.sites.get(), lat=1, lng=1)

    found = searchrow.differences()

    assert set(found) == {(gone.pk, "no search row"), (moved.pk, "points"), (extra.pk, "points")}
    searchrow.rewrite()
    assert searchrow.differences() == []


def test_a_stance_that_asks_nothing_fits_people_without():
    row = ListingFactory(
        licences=["rn"], licence_stance="preferred", education="master", education_stance="will-train",
        experience_months=24, experience_stance="preferred",
    ).search  # fmt: skip

    assert (row.licences, row.education_rank, row.experience_months) == (["none", "rn"], 0, 0)


def test_yearly_pay_is_compared_by_the_hour_of_its_own_week():
    full = ListingFactory(pay_min_usd=50_000, pay_max_usd=62_400, pay_period="year").search
    part = ListingFactory(pay_min_usd=50_000, pay_max_usd=62_400, pay_period="year", weekly_hours=20).search

    assert (full.pay_top_usd_hour, part.pay_top_usd_hour) == (Decimal("30.00"), Decimal("60.00"))


def test_rewriting_all_costs_the_same_for_two_openings_as_for_twelve(django_assert_num_queries):
    for count in (2, 10):
        employer = EmployerFactory()
        ListingFactory.create_batch(count, employer=employer, published=True)
        with django_assert_num_queries(6):  # holding the employer and three statements in a savepoint
            searchrow.rewrite(employer_id=employer.pk)
    assert Listing.objects.live(at=NOW).count() == 12


def test_a_renamed_title_is_found_by_its_new_name_after_the_rows_are_mended():
    listing = ListingFactory(published=True)
    type(listing.title).objects.filter(pk=listing.title_id).update(name="Whole Person Navigator")
    found = Listing.objects.matching(ListingCriteria(words="whole person"), at=NOW)
    assert not found.exists()

    tasks.mend_search_rows()

    assert found.get() == listing
    assert searchrow.differences() == []
