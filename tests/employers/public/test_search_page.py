"""The search page: what it counts, lists, links to and says."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.models import Listing
from tests.careers_factories import CareRoleFactory, CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.clock import NOW
from tests.core.pages import faults, read
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now", "small_map")]

ALBANY = {"lat": 42.6554, "lng": -73.7476}
SCHENECTADY = {"city": "Schenectady", "zip": "12305", "county": "Schenectady", "lat": 42.8142, "lng": -73.9396}
BROOKLYN = {"city": "Brooklyn", "zip": "11201", "county": "Kings", "lat": 40.6937, "lng": -73.9898}


def page(client, query=""):
    response = client.get(f"/openings/?{query}")
    assert response.status_code == 200
    return response


def html(response):
    return response.content.decode()


def count(response):
    return int(re.search(r'id="h-results" data-count="(\d+)"', html(response))[1])


def ids(response):
    return [int(found) for found in re.findall(r'data-opening-id="(\d+)"', html(response))]


def heading(response):
    return unescape(re.search(r'id="h-results"[^>]*>([^<]+)<', html(response))[1])


def listing_at(place, **facts):
    employer = facts.pop("employer", None) or EmployerFactory()
    return ListingFactory(published=True, employer=employer, sites=[SiteFactory(employer=employer, **place)], **facts)


# --- What is found ------------------------------------------------------------------------------
def test_the_heading_counts_what_the_cards_show(client):
    shown = [listing_at(ALBANY), listing_at(ALBANY)]
    ListingFactory()  # a draft

    response = page(client)

    assert count(response) == 2
    assert sorted(ids(response)) == sorted(listing.pk for listing in shown)
    assert heading(response) == "2 openings"
    assert faults(html(response)) == []


def test_openings_near_a_zip_come_nearest_first_with_their_miles(client):
    far, near = listing_at(SCHENECTADY), listing_at(ALBANY)
    listing_at(BROOKLYN)

    response = page(client, "zip=12207&miles=25")

    assert ids(response) == [near.pk, far.pk]
    assert re.findall(r'data-miles="([^"]+)"', html(response)) == ["0.0", "14.7"]
    assert heading(response) == "2 openings within 25 miles of 12207 (Albany, NY)"
    assert "Schenectady, NY, 15 miles" in html(response)


def test_of_several_sites_the_nearest_one_is_named(client):
    employer = EmployerFactory()
    sites = [SiteFactory(employer=employer, **BROOKLYN), SiteFactory(employer=employer, **SCHENECTADY)]
    ListingFactory(published=True, employer=employer, sites=sites)

    assert "Schenectady, NY and 1 more place, 15 miles" in html(page(client, "place=12207&miles=50"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("place=Kings+County,+NY", "1 opening in Kings County (Brooklyn), NY"),
        ("place=New+York", "1 opening in New York"),
        ("place=remote", "0 remote openings"),
        ("place=Brooklyn", "1 opening in Kings County (Brooklyn), NY"),
        ("zip=11201", "1 opening within 25 miles of 11201 (Brooklyn, NY)"),
    ],
)
def test_the_heading_says_where(client, query, words):
    listing_at(BROOKLYN)

    assert heading(page(client, query)) == words


def test_a_zip_from_a_link_stands_in_the_place_field(client):
    shown = read(html(page(client, "zip=12207")))

    assert next(control["value"] for control in shown.controls if control.get("id") == "place") == "12207"
    assert not [control for control in shown.controls if control.get("name") == "zip"]


def test_zip_and_place_find_the_same(client):
    listing_at(ALBANY)
    listing_at(SCHENECTADY)

    assert ids(page(client, "zip=12207")) == ids(page(client, "place=12207"))


def test_words_role_setting_and_licence_narrow(client):
    wanted = listing_at(
        ALBANY, headline="Bilingual navigator", care_settings=[CareSettingFactory(slug="hospital")], licences=["none"]
    )
    listing_at(ALBANY, care_settings=[CareSettingFactory(slug="home-care")], licences=["rn"], roles=2)

    for query in ("q=bilingual", "role=cc", "setting=hospital", "licence=none", "q=navigator&role=cc&licence=none"):
        assert ids(page(client, query)) == [wanted.pk], query


def test_a_title_finds_other_titles_for_the_same_work_unless_told_not_to(client):
    role = CareRoleFactory()
    first, second = JobTitleFactory(slug="care-guide", role=role), JobTitleFactory(slug="care-helper", role=role)
    exact, same = listing_at(ALBANY, title=first), listing_at(ALBANY, title=second)

    assert set(ids(page(client, "title=care-guide"))) == {exact.pk, same.pk}
    assert ids(page(client, "title=care-guide&same_work=0")) == [exact.pk]


@pytest.mark.parametrize("query", ["utm_source=mail", "role=", "q=&place=&zip=", "q=+++", "sort=", "page="])
def test_unknown_names_and_empty_values_ask_nothing(client, query):
    listing = listing_at(ALBANY)

    response = page(client, query)

    assert ids(response) == [listing.pk]
    assert "chip" not in html(response).partition('id="results"')[2]


# --- Pages and order ----------------------------------------------------------------------------
def test_twenty_a_page_in_an_order_that_stays(client):
    employer = EmployerFactory()
    site = SiteFactory(employer=employer)
    made = [ListingFactory(published=True, employer=employer, sites=[site]).pk for _number in range(45)]

    pages = [ids(page(client, f"q=care&page={number}")) for number in (1, 2, 3)]

    assert [len(found) for found in pages] == [20, 20, 5]
    assert [pk for found in pages for pk in found] == sorted(made, reverse=True)
    assert "?q=care&amp;page=2" in html(page(client, "q=care"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("abc", 1), ("0", 1), ("-3", 1), ("1", 1), ("2", 2), ("99", 2), ("9" * 5000, 1), ("1.5", 1), ("", 1)],
    ids=lambda value: str(value)[:8],
)
def test_a_page_number_that_is_none_shows_the_first_and_one_too_high_the_last(client, asked, shown):
    employer = EmployerFactory()
    site = SiteFactory(employer=employer)
    for _number in range(21):
        ListingFactory(published=True, employer=employer, sites=[site])

    assert len(ids(page(client, f"page={asked}"))) == {1: 20, 2: 1}[shown]


def test_sorting_by_pay_and_closing(client):
    low = listing_at(
        ALBANY, pay_min_usd=20, pay_max_usd=22, pay_period="hour", closes_on=NOW.date() + timedelta(days=2)
    )
    high = listing_at(ALBANY, pay_min_usd=90_000, pay_max_usd=99_000, pay_period="year")
    unsaid = listing_at(ALBANY, pay_min_usd=None, pay_max_usd=None, pay_period="")

    assert ids(page(client, "sort=pay")) == [high.pk, low.pk, unsaid.pk]
    assert ids(page(client, "sort=closing"))[0] == low.pk
    assert ids(page(client, "sort=newest")) == [unsaid.pk, high.pk, low.pk]


@pytest.mark.parametrize("sort", ["newest", "distance", "pay", "closing"])
def test_equal_openings_keep_their_order_in_every_sort(client, sort):
    employer = EmployerFactory()
    site = SiteFactory(employer=employer)
    made = [ListingFactory(published=True, employer=employer, sites=[site]).pk for _number in range(5)]

    assert ids(page(client, f"zip=12207&sort={sort}")) == sorted(made, reverse=True)


# --- Links --------------------------------------------------------------------------------------
def test_each_chip_removes_one_thing(client):
    listing_at(ALBANY)
    query = "q=care&role=cc&role=cm&zip=12207&miles=10&pay_min=20&pay_period=hour"

    found = re.findall(r'<a class="chip" href="([^"]+)" aria-label="Remove filter: ([^"]+)"', html(page(client, query)))

    assert {unescape(label): unescape(address).partition("?")[2] for address, label in found} == {
        "“care”": "zip=12207&miles=10&role=cc&role=cm&pay_min=20&pay_period=hour",
        "Within 10 miles of 12207 (Albany, NY)": "q=care&role=cc&role=cm&pay_min=20&pay_period=hour",
        "Care coordination": "q=care&zip=12207&miles=10&role=cm&pay_min=20&pay_period=hour",
        "Care management": "q=care&zip=12207&miles=10&role=cc&pay_min=20&pay_period=hour",
        "At least $20 an hour": "q=care&zip=12207&miles=10&role=cc&role=cm",
    }


def test_the_alert_box_stands_after_the_second_opening_and_carries_the_search(client):
    for _number in range(3):
        listing_at(ALBANY)

    shown = html(page(client, "role=cc&zip=12207&sort=pay"))

    opening = r'<li class="opening.*?</article>\s*</li>\s*'
    assert re.search(rf'<ul class="openings" role="list">\s*(?:{opening}){{2}}<li class="alert-box">', shown, re.DOTALL)
    assert 'href="/alerts/new/?zip=12207&amp;role=cc"' in shown


def test_the_page_names_the_feed_of_its_search(client):
    shown = html(page(client, "role=cc"))

    assert '<link rel="alternate" type="application/atom+xml"' in shown
    assert 'href="/openings/feed/?role=cc"' in shown


# --- Nothing found ------------------------------------------------------------------------------
def test_when_nothing_is_near_it_counts_what_is_farther_out(client):
    listing_at(SCHENECTADY)
    listing_at(BROOKLYN)
    ListingFactory(published=True, remote=True, sites=[])

    response = page(client, "zip=12207&miles=5&role=cc")
    found = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>: (\d+) opening', html(response))

    assert count(response) == 0
    assert [(label, int(number)) for _address, label, number in found] == [
        ("Within 50 miles", 1),
        ("Within 100 miles", 1),
        ("In New York", 3),
        ("Remote", 1),
    ]
    for address, _label, number in found:
        assert count(client.get(unescape(address))) == int(number), address
    assert 'href="/alerts/new/?zip=12207&amp;miles=5&amp;role=cc"' in html(response)


def test_with_no_openings_at_all_the_page_offers_an_alert(client):
    response = page(client)

    assert count(response) == 0
    assert 'href="/alerts/new/"' in html(response).partition('id="results"')[2]
    assert faults(html(response)) == []


# --- Counts beside choices ----------------------------------------------------------------------
def test_each_count_is_what_choosing_that_value_alone_would_find(client):
    hospital, home = CareSettingFactory(slug="hospital"), CareSettingFactory(slug="home-care")
    listing_at(ALBANY, roles=1, care_settings=[hospital], licences=["rn"], mode="hybrid")
    listing_at(
        ALBANY, roles=2, care_settings=[hospital, home], licences=["none"], mode="remote", employment="part-time"
    )
    listing_at(ALBANY, roles=3, care_settings=[home], licences=["rn", "sw"], mode="hybrid")
    listing_at(SCHENECTADY, roles=0, care_settings=[home], licences=["rn"], licence_stance="preferred")

    for query in ("", "role=cc", "role=cm&mode=hybrid&zip=12207&miles=10", "setting=home-care&licence=rn", "q=nothing"):
        shown = html(page(client, query))
        boxes = re.findall(
            r'name="(role|setting|employment|mode|licence)" value="([^"]+)".*?<span class="count">(\d+)<', shown
        )
        assert len(boxes) >= 3 + 5 + 4 + 5 + 2
        others = {
            name: "&".join(part for part in query.split("&") if part and not part.startswith(f"{name}="))
            for name in ("role", "setting", "employment", "mode", "licence")
        }
        for name, value, number in boxes:
            assert count(page(client, f"{others[name]}&{name}={value}")) == int(number), (query, name, value)


# --- Cost and caching ---------------------------------------------------------------------------
def test_the_page_costs_the_same_for_two_openings_as_for_twelve(client):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, "zip=12207&role=cc")
        return [query["sql"] for query in queries]

    def listings(number):
        for _number in range(number):
            listing_at(ALBANY, populations=[PopulationFactory()])

    listings(2)
    few = cost()
    listings(10)
    many = cost()

    assert len(few) == len(many)
    about_openings = [sql for sql in many if "employers_listing" in sql]
    assert len(about_openings) <= 4, about_openings


def test_a_reader_without_an_account_gets_no_cookie(client):
    listing = listing_at(ALBANY)

    for address in ("/", "/openings/", listing.get_absolute_url(), "/employers/", listing.employer.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies, address
        assert "Cookie" in response["Vary"]


def test_only_reading_is_allowed(client):
    assert client.post("/openings/").status_code == 405
    assert client.head("/openings/").status_code == 200


def test_what_an_employer_writes_is_shown_as_text(client):
    listing_at(ALBANY, headline="<script>alert(1)</script>", caseload="<b>25</b>")

    shown = html(page(client, "q=%3Cimg+src=x+onerror=alert(1)%3E&role=%22%3E%3Cscript%3E"))
    all_shown = html(page(client))

    assert "<script>alert(1)" not in all_shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in all_shown
    assert "<img src=x" not in shown
    assert '"><script>' not in shown


def test_a_reversed_address_is_the_page():
    assert reverse("openings") == "/openings/"
    assert reverse("openings_feed") == "/openings/feed/"
    assert Listing(pk=5, headline="RN, Troy").get_absolute_url() == "/openings/5/rn-troy/"
