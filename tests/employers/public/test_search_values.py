"""Values that mean nothing: the page and the feed say so, find nothing, and never fall over."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.facets import facets
from employers.filters import ListingFilterSet
from employers.models import Listing
from employers.search import clean_words
from employers.searchpage import SearchPage, found
from tests.careers_factories import CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.clock import NOW
from tests.core.pages import faults, read
from tests.employers.public.test_search_page import count, html, ids, page
from tests.employers_factories import EmployerFactory, ListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now", "small_map")]

BAD = [
    ("role", "boss"),
    ("role", "cc\0"),
    ("setting", "moon"),
    ("setting", "\0"),
    ("title", "x" * 10_000),
    ("population", "nobody"),
    ("employment", "sometimes"),
    ("schedule", "never"),
    ("mode", "swimming"),
    ("visits", "1"),
    ("licence", "RN"),
    ("language", "xx"),
    ("employer", "nobody"),
    ("education", "kindergarten"),
    ("experience", "-1"),
    ("experience", "NaN"),
    ("experience", "1e9"),
    ("pay_min", "lots"),
    ("pay_min", "0"),
    ("pay_min", "1e30"),
    ("posted", "2"),
    ("same_work", "maybe"),
    ("sort", "luck"),
    ("zip", "00000"),
    ("zip", "1220"),
    ("zip", "\0"),
    ("zip", "09012"),
    ("place", "Atlantis"),
    ("place", "Springfield"),
    ("place", "\0"),
    ("place", "x" * 10_000),
    ("q", "\0"),
    ("q", "\x01"),
    ("q", "x" * 10_000),
]


def short(value):
    """A test's name must not hold ten thousand letters."""
    return repr(value[:20])


@pytest.mark.parametrize(("name", "value"), BAD, ids=short)
def test_an_unknown_value_finds_nothing_and_says_where_it_is(client, name, value):
    ListingFactory(published=True)

    response = page(client, urlencode({name: value}))

    assert count(response) == 0
    assert ids(response) == []
    assert "We could not search for this" in html(response)
    assert 'class="usa-error-message"' in html(response)
    assert faults(html(response)) == []
    assert len(response.content) < 150_000


@pytest.mark.parametrize(("name", "value"), BAD, ids=short)
def test_the_feed_refuses_an_unknown_value_and_names_the_field(client, name, value):
    response = client.get(f"/openings/feed/?{urlencode({name: value})}")

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().startswith(f"{name}: ")


@pytest.mark.parametrize("miles", ["abc", "0", "-5", "501", "2.5", "Infinity", "9" * 5000, "\0"], ids=short)
def test_miles_that_are_none_find_nothing(client, miles):
    ListingFactory(published=True)

    response = page(client, urlencode({"zip": "12207", "miles": miles}))

    assert count(response) == 0
    assert 'id="miles-error"' in html(response)


@pytest.mark.parametrize(
    ("query", "field", "kept"),
    [
        ("zip=00000", "place", "00000"),
        ("place=Atlantis", "place", "Atlantis"),
        ("pay_min=lots", "pay_min", "lots"),
        ("experience=ten", "experience", "ten"),
        ("q=" + "x" * 300, "q", "x" * 300),
    ],
    ids=short,
)
def test_what_was_typed_stays(client, query, field, kept):
    shown = read(html(page(client, query)))

    typed = next(control for control in shown.controls if control.get("id") == field)
    assert typed["value"] == kept
    assert typed["aria-invalid"] == "true"


def test_an_unknown_choice_stays_ticked_so_that_it_can_be_removed(client):
    shown = html(page(client, "role=boss&role=cc"))

    assert 'value="boss" checked' in shown
    assert 'value="cc" checked' in shown
    assert 'href="/openings/?role=cc" aria-label="Remove filter: boss"' in shown


def test_a_known_value_beside_an_unknown_one_does_not_widen(client):
    ListingFactory(published=True)

    assert count(page(client, "role=cc&setting=moon")) == 0
    assert count(page(client, "setting=hospital&setting=moon")) == 0
    assert count(page(client, "zip=12207&place=Brooklyn")) == 0


def test_ten_thousand_parameters_are_refused_in_plain_words(client):
    response = client.get("/openings/?" + "&".join(["role=cc"] * 10_000))

    assert response.status_code == 400


@pytest.mark.parametrize("miles", ["7", "37", "500"])
def test_miles_that_no_choice_offers_still_count(client, miles):
    ListingFactory(published=True)

    response = page(client, f"zip=12207&miles={miles}")

    assert count(response) == 1
    assert f'<option value="{miles}" selected>{miles} miles</option>' in html(response)


# --- Any query string ---------------------------------------------------------------------------
KNOWN = {
    "q": ["care", "nurse -care", '"care coordinator"', "the", "!!!", "a & b | (c"],
    "zip": ["12207", "11201", "12207-1234"],
    "place": ["Albany, NY", "New York", "remote", "Kings County, NY", "12207"],
    "miles": ["5", "25", "500"],
    "role": ["cc", "cm", "related"],
    "setting": ["hospital", "home-care"],
    "title": ["care-coordinator", "nurse"],
    "same_work": ["0", "1"],
    "population": ["older-adults"],
    "employment": ["full-time", "part-time"],
    "schedule": ["weekdays"],
    "mode": ["remote", "hybrid"],
    "visits": ["some"],
    "pay_min": ["20", "60000", "27.50"],
    "pay_period": ["hour", "year"],
    "licence": ["none", "rn"],
    "education": ["none", "bachelor"],
    "experience": ["0", "24"],
    "language": ["es"],
    "posted": ["1", "30"],
    "employer": ["care-agency"],
    "sort": ["newest", "distance", "pay", "closing"],
}
known_pairs = st.one_of([st.tuples(st.just(name), st.sampled_from(values)) for name, values in KNOWN.items()])
any_pairs = st.tuples(st.sampled_from(list(KNOWN)), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
queries = st.lists(st.one_of(known_pairs, any_pairs), max_size=6).map(urlencode)
known_queries = st.lists(known_pairs, max_size=6).map(urlencode)


@pytest.fixture
def five_openings():
    """Openings that differ in every facet."""
    employer = EmployerFactory(slug="care-agency")
    hospital, home = CareSettingFactory(slug="hospital"), CareSettingFactory(slug="home-care")
    older = PopulationFactory()
    nurse = JobTitleFactory(slug="nurse", roles=2)
    ListingFactory(published=True, care_settings=[hospital], populations=[older], licences=["rn"], mode="hybrid")
    ListingFactory(
        published=True, employer=employer, title=nurse, care_settings=[home], languages=["es"], visits="some"
    )
    ListingFactory(
        published=True, remote=True, sites=[], care_settings=[hospital, home], schedules=["weekdays"], roles=3
    )
    ListingFactory(published=True, roles=0, education="bachelor", experience_months=24, licences=["none"])
    ListingFactory(published=True, pay_min_usd=70_000, pay_max_usd=80_000, pay_period="year", employment="part-time")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries)
def test_no_query_string_breaks_the_page_widens_it_or_tells_it_apart_from_the_feed(client, five_openings, query):
    response = page(client, query)
    search = SearchPage(QueryDict(query), at=NOW)
    feed = client.get(f"/openings/feed/?{query}")

    assert count(response) == len(ids(response)) <= 5
    assert faults(html(response)) == []
    if search.is_usable:
        expected = set(found(search.criteria, at=NOW).values_list("pk", flat=True))
        assert set(ids(response)) == expected
        assert feed.status_code == 200
        assert all(f"/openings/{pk}/" in feed.content.decode() for pk in expected)
        assert feed.content.decode().count("<entry>") == len(expected)
    else:
        assert count(response) == 0
        assert feed.status_code == 400


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=known_queries)
def test_the_one_statement_counts_what_the_search_finds(five_openings, query):
    filterset = ListingFilterSet(QueryDict(query))
    if not filterset.is_usable:
        return
    counted = facets(filterset.criteria, at=NOW)

    assert counted.total == Listing.objects.live(at=NOW).matching(filterset.criteria, at=NOW).count()


@pytest.mark.parametrize(
    "words",
    ["-" * 33 + "nurse", "- " * 60 + "nurse", "-(" * 50 + "nurse", '-"' * 90 + "nurse", "-_" * 50, "-nurse " * 25],
)
def test_words_made_of_signs_never_break_the_search(client, words):
    for path in ("/openings/", "/openings/feed/", "/employers/", "/alerts/new/"):
        assert client.get(path, {"q": words}).status_code == 200, path


@pytest.mark.parametrize("words", ["-" * 40, "- - -", "-", "(-", ' -" '])
def test_signs_alone_find_nothing_rather_than_everything(client, words):
    ListingFactory(published=True)

    assert 'data-count="0"' in client.get("/openings/", {"q": words}).content.decode()


def test_a_hyphen_between_spaces_excludes_nothing():
    assert clean_words("RN - Case Manager") == "rn case manager"
    assert clean_words("follow-up -remote") == "follow-up -remote"
