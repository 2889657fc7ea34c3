"""What the directory finds: the same as counting by hand, the same on page, map and in the function."""

import json
import random
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from careerportal.places.near import miles_between
from careerportal.places.place import resolve
from employers.directory import DirectoryCriteria, found_employers, found_sites, ranked
from employers.models import Employer, ListingDay, Site
from tests.careers_factories import CareSettingFactory
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.directory.entries import CLINIC, DAY_CARE, HOSPITAL, entry_for, listed
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now", "small_map")]

ALBANY = (42.655489, -73.747618)  # of 12207 in the small map
KINDS = (CLINIC, HOSPITAL, DAY_CARE)


def directory(client, **asked):
    response = client.get(f"/employers/?{urlencode(asked, doseq=True)}")
    assert response.status_code == 200
    return response.content.decode()


def count(html):
    return int(re.search(r'id="h-results" data-count="(\d+)"', html)[1])


def slugs(html):
    return re.findall(r'data-employer-slug="([^"]+)"', html)


def miles_north(miles):
    """Fields of a site so many miles north of 12207."""
    return {"lat": ALBANY[0] + miles / 69.0934, "lng": ALBANY[1]}


@pytest.fixture
def settings_known():
    for slug in ("hospital", "primary-care", "nursing-facility"):
        CareSettingFactory(slug=slug)


@pytest.fixture
def many(settings_known):
    """Sixty employers scattered over some 60 miles around Albany, of all kinds, from two registers, some hiring."""
    dice = random.Random(3)
    for number in range(60):
        spot = {"lat": ALBANY[0] + dice.uniform(-0.8, 0.8), "lng": ALBANY[1] + dice.uniform(-1, 1)}
        other = {"lat": ALBANY[0] + dice.uniform(-0.8, 0.8), "lng": ALBANY[1] + dice.uniform(-1, 1)}
        employer = listed(
            source=dice.choice(["nysdoh", "omh"]), places=[spot, other][: 1 + number % 2], **dice.choice(KINDS)
        )
        if number % 7 == 0:
            employer.approved_at, employer.inbox_email = NOW, "jobs@care.example"
            employer.save()
            ListingFactory(published=True, employer=employer, sites=[employer.sites.first()])
    Site.objects.filter(pk__in=Site.objects.order_by("pk").values("pk")[:3]).update(closed_at=NOW)


def by_hand(*, miles=None, setting=None, source=None, hiring=False, is_open=False):
    """Slugs of the employers that fit, found one by one in Python."""
    found = set()
    for employer in Employer.objects.prefetch_related("sites__register_entries__kind"):
        if hiring and not employer.listings.live(at=NOW).exists():
            continue
        if is_open and not employer.takes_inquiries:
            continue
        for site in employer.sites.all():
            entries = site.register_entries.all()
            near = miles is None or miles_between(site.lat, site.lng, *ALBANY) <= miles
            fits = any(
                (setting is None or entry.kind.setting_slug == setting) and (source is None or entry.source == source)
                for entry in entries
            )
            if near and fits and (site.closed_at is None):
                found.add(employer.slug)
    return found


ASKED = [
    {"miles": 15}, {"miles": 25}, {"miles": 60}, {"miles": 25, "setting": "hospital"}, {"miles": 50, "source": "omh"},
    {"miles": 50, "setting": "primary-care", "source": "nysdoh"}, {"miles": 50, "hiring": True},
    {"miles": 100, "is_open": True}, {"miles": 40, "hiring": True, "setting": "nursing-facility"},
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=repr)
def test_page_map_and_function_count_what_counting_by_hand_finds(client, many, asked):
    expected = by_hand(**asked)
    query = {"zip": "12207", **asked}
    for name, said in (("hiring", "hiring"), ("is_open", "open")):
        if query.pop(name, False):
            query[said] = "1"
    criteria = DirectoryCriteria(
        place=resolve(zip="12207", miles=asked["miles"]),
        settings=tuple(filter(None, [asked.get("setting")])),
        sources=tuple(filter(None, [asked.get("source")])),
        hiring=asked.get("hiring", False),
        open=asked.get("is_open", False),
    )

    on_map = json.loads(client.get(f"/employers/map.json?{urlencode(query)}").content)
    order = list(ranked(criteria, sort="likely", at=NOW))

    assert expected
    assert set(found_employers(criteria, at=NOW).values_list("slug", flat=True)) == expected
    assert count(directory(client, **query)) == len(order) == on_map["count"] == len(expected)
    assert {address.split("/")[2] for _name, address, _open in on_map["employers"]} == expected
    assert len(on_map["points"]) == found_sites(criteria, at=NOW).count()
    assert all(miles <= asked["miles"] for _pk, miles in order)


def test_a_setting_is_asked_of_the_site_that_is_near(client, settings_known):
    system = listed(slug="system", places=[miles_north(200)], **HOSPITAL)
    entry_for(system, SiteFactory(employer=system, **miles_north(1)), **CLINIC)

    assert count(directory(client, zip="12207", setting="hospital")) == 0
    assert slugs(directory(client, zip="12207", setting="primary-care")) == ["system"]
    assert slugs(directory(client, setting="hospital")) == ["system"]


def test_who_registered_themselves_says_the_setting_themselves(client, settings_known):
    own = EmployerFactory(slug="own", care_setting=CareSettingFactory(slug="hospital"))
    SiteFactory(employer=own, **miles_north(1))

    assert slugs(directory(client, zip="12207", setting="hospital")) == ["own"]
    assert slugs(directory(client, setting="hospital")) == ["own"]
    assert count(directory(client, zip="12207", setting="hospital", source="nysdoh")) == 0
    assert count(directory(client, zip="12207", setting="primary-care")) == 0


def test_an_employer_without_an_address_is_found_by_its_register_but_nowhere_near(client):
    employer = listed(slug="hidden-place", places=[])
    entry_for(employer, None, source="omh")

    assert slugs(directory(client, source="omh")) == ["hidden-place"]
    assert count(directory(client, zip="12207", source="omh")) == 0
    assert count(directory(client, place="NY")) == 0


@pytest.mark.parametrize("gone", ["suspended", "closed_at", "merged_into"])
def test_who_is_suspended_closed_or_merged_away_is_on_no_list(client, gone):
    facts = {
        "suspended": {"suspended": True},
        "closed_at": {"closed_at": NOW},
        "merged_into": {"merged_into": EmployerFactory(unapproved=True)},
    }[gone]
    listed(places=[miles_north(1)], **facts)

    assert count(directory(client, zip="12207")) == 0
    assert client.get("/employers/map.json?zip=12207").json()["count"] == 0


def test_words_are_parts_of_the_name_whatever_their_case_and_order(client):
    listed(slug="catholic", name="Catholic Charities of Albany")
    listed(slug="charity", name="Charity Home")

    assert slugs(directory(client, q="albany CHAR")) == ["catholic"]
    assert sorted(slugs(directory(client, q="chari"))) == ["catholic", "charity"]
    assert count(directory(client, q="100%")) == count(directory(client, q="_")) == 0


# --- Order --------------------------------------------------------------------------------------
def test_the_best_chance_comes_first_then_bands_of_five_miles_with_those_hiring_first(client):
    listed(slug="near-unknown", places=[miles_north(0.5)], **DAY_CARE)
    listed(slug="near-likely", places=[miles_north(1)], **CLINIC)
    hiring = listed(slug="hiring", places=[miles_north(4)], approved_at=NOW, **HOSPITAL)
    ListingFactory(published=True, employer=hiring, sites=[])
    hiring_unknown = listed(slug="hiring-unknown", places=[miles_north(4.5)], approved_at=NOW, **DAY_CARE)
    ListingFactory(published=True, employer=hiring_unknown, sites=[])
    listed(slug="far-yes", places=[miles_north(6)], **HOSPITAL)

    likely = ["hiring", "hiring-unknown", "near-likely", "far-yes", "near-unknown"]
    nearest = ["near-unknown", "near-likely", "hiring", "hiring-unknown", "far-yes"]
    assert slugs(directory(client, zip="12207")) == likely
    assert slugs(directory(client, zip="12207", sort="distance")) == nearest
    assert slugs(directory(client, zip="12207", sort="hiring"))[:2] == ["hiring", "hiring-unknown"]


def test_by_name_means_by_name(client):
    listed(slug="b", name="beta", places=[miles_north(1)])
    listed(slug="a", name="Alpha", places=[miles_north(9)])

    assert slugs(directory(client, zip="12207", sort="name")) == ["a", "b"]


def test_every_employer_stands_on_exactly_one_page(client, many):
    pages = [slugs(directory(client, zip="12207", miles=100, page=page)) for page in (1, 2, 3)]

    shown = [slug for page in pages for slug in page]
    assert len(shown) == len(set(shown)) == count(directory(client, zip="12207", miles=100))


# --- Words --------------------------------------------------------------------------------------
def test_a_card_says_what_is_known_from_which_register_and_of_which_day(client):
    listed(slug="clinic", places=[miles_north(2)], **CLINIC)

    html = directory(client, zip="12207")

    assert "Places of this kind often employ care managers. We don&#x27;t know yet whether this one does." in html
    assert "Register: New York State health facilities, April 19, 2026" in html
    assert 'data-miles="2.0"' in html
    assert 'data-employs="likely"' in html
    assert 'href="/employers/clinic/?zip=12207"' in html
    assert "Verified" not in html
    assert faults(html) == []


def test_both_tabs_count_and_lead_to_the_same_place(client, settings_known):
    employer = listed(places=[miles_north(1)], approved_at=NOW)
    ListingFactory.create_batch(2, published=True, employer=employer, sites=[employer.sites.get()])
    ListingFactory(published=True, sites=[SiteFactory(**miles_north(300))])

    html = directory(client, zip="12207", miles="10")

    link, openings = re.search(r'<a href="([^"]+)" data-openings-count="(\d+)"', html).groups()
    assert link == "/openings/?zip=12207&amp;miles=10"
    assert openings == "2"
    assert 'data-count="2"' in client.get(link.replace("&amp;", "&")).content.decode()


def test_the_other_tab_counts_openings_where_no_employer_fits(client):
    ListingFactory.create_batch(3, published=True, remote=True)

    html = directory(client, q="nobody of this name")

    assert count(html) == 0
    assert 'data-openings-count="3"' in html


# --- Bad values ---------------------------------------------------------------------------------
BAD = [
    ("zip", "00000"), ("zip", "\0"), ("zip", "1220"), ("place", "Atlantis"), ("place", "remote"), ("place", "x" * 9000),
    ("miles", "abc"), ("miles", "0"), ("miles", "-5"), ("miles", "9" * 4000), ("setting", "moon"), ("setting", "\0"),
    ("source", "facebook"), ("source", "'; DROP TABLE"), ("hiring", "maybe"), ("open", "\0"), ("sort", "luck"),
    ("sort", "\0"), ("q", "\0"), ("q", "x" * 5000),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD, ids=lambda part: repr(part)[:30])
def test_a_bad_value_finds_nobody_says_so_and_stays_where_it_was_typed(client, name, value):
    listed(places=[miles_north(1)])
    asked = {"zip": "12207", name: value} if name != "place" else {"place": value}

    html = directory(client, **asked)
    on_map = client.get(f"/employers/map.json?{urlencode(asked)}")

    assert count(html) == 0
    assert slugs(html) == []
    assert 'class="usa-error-message"' in html
    assert faults(html) == []
    assert on_map.status_code == 400
    assert on_map.json()["count"] == 0
    assert on_map.json()["points"] == []
    if value.isalpha() and len(value) < 30:
        assert value in html


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 30, "²", "\0", ""])
def test_a_page_that_is_none_is_the_first_or_the_last(client, page):
    listed(slug="only")

    assert slugs(directory(client, page=page)) == ["only"]


@pytest.mark.parametrize("name", ["zip", "place", "miles", "setting", "source", "hiring", "open", "q", "sort"])
def test_a_parameter_without_a_value_asks_nothing(client, name):
    listed(slug="only")

    assert slugs(directory(client, **{name: " "})) == ["only"]


# --- Cost ---------------------------------------------------------------------------------------
def test_list_and_map_cost_the_same_for_two_employers_as_for_twelve(client, django_assert_num_queries):
    for wanted in (2, 12):
        while Employer.objects.count() < wanted:
            listed(places=[miles_north(1), miles_north(2)])
        with django_assert_num_queries(6):
            directory(client, zip="12207", hiring="0")
        with django_assert_num_queries(6):
            client.get("/employers/map.json?zip=12207")


def test_many_sites_are_counted_in_squares_that_add_up(client, monkeypatch, many):
    monkeypatch.setattr("employers.views.map.MOST_POINTS", 10)

    answer = client.get("/employers/map.json?zip=12207&miles=50").json()

    place = resolve(zip="12207", miles=50)
    sites = found_sites(DirectoryCriteria(place=place), at=NOW).count()
    assert answer["points"] == []
    assert 1 < len(answer["cells"]) < sites
    assert sum(found for _lat, _lng, found in answer["cells"]) == sites
    assert answer["circle"] == [place.lat, place.lng, 50]


def test_an_opening_that_ended_makes_nobody_hiring(client):
    employer = listed(approved_at=NOW, places=[miles_north(1)])
    ListingFactory(published=True, employer=employer, sites=[], closes_on=(NOW - timedelta(days=1)).date())

    assert count(directory(client, zip="12207", hiring="1")) == 0


def test_of_those_hiring_in_a_band_the_one_fewer_people_write_to_comes_first():
    asked = {}
    for name, inquiries, openings in (("busy", 6, 1), ("busy and large", 6, 3), ("quiet", 0, 1)):
        employer = EmployerFactory(name=name)
        site = SiteFactory(employer=employer, **miles_north(1))
        listings = [ListingFactory(employer=employer, published=True, sites=[site]) for _one in range(openings)]
        ListingDay.objects.create(listing=listings[0], day=NOW.date() - timedelta(days=3), inquiries=inquiries, views=1)
        ListingDay.objects.create(listing=listings[0], day=NOW.date() - timedelta(days=91), inquiries=99)
        asked[employer.pk] = name
    near = resolve(zip="12207", miles=25)

    with_place = ranked(DirectoryCriteria(place=near), sort="likely", at=NOW)
    anywhere = ranked(DirectoryCriteria(), sort="likely", at=NOW)

    assert [asked[pk] for pk, _miles in with_place] == ["quiet", "busy and large", "busy"]
    assert [asked[pk] for pk, _miles in anywhere] == ["quiet", "busy and large", "busy"]
