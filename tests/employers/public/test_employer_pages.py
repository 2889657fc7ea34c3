"""Employers near a place, and the page of one."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission

from tests.core.pages import faults
from tests.employers.public.test_search_page import ALBANY, BROOKLYN, SCHENECTADY, count, heading, html, ids
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now", "small_map")]


def directory(client, query=""):
    response = client.get(f"/employers/?{query}")
    assert response.status_code == 200
    return response


def slugs(response):
    return re.findall(r'data-employer-slug="([^"]+)"', html(response))


def employer_at(slug, *places, **facts):
    employer = EmployerFactory(slug=slug, name=facts.pop("name", slug.title()), **facts)
    for place in places:
        SiteFactory(employer=employer, **place)
    return employer


# --- Near a place -------------------------------------------------------------------------------
def test_employers_near_a_zip_come_nearest_first(client):
    employer_at("far", SCHENECTADY)
    employer_at("near", BROOKLYN, ALBANY)
    employer_at("elsewhere", BROOKLYN)

    response = directory(client, "zip=12207&miles=25")

    assert slugs(response) == ["near", "far"]
    assert count(response) == 2
    assert heading(response) == "2 employers within 25 miles of 12207 (Albany, NY)"
    assert re.findall(r'data-miles="([^"]+)"', html(response)) == ["0.0", "14.7"]
    assert faults(html(response)) == []


def test_without_a_place_all_stand_by_name(client):
    employer_at("b", name="beta"), employer_at("a", name="Alpha"), employer_at("c", name="Gamma")

    assert slugs(directory(client)) == ["a", "b", "c"]
    assert heading(directory(client)) == "3 employers"


@pytest.mark.parametrize(
    ("query", "found"), [("place=New+York", 2), ("place=Kings+County,+NY", 1), ("place=Albany,+NY", 1)]
)
def test_states_counties_and_towns_are_places_too(client, query, found):
    employer_at("albany", ALBANY)
    employer_at("brooklyn", BROOKLYN)

    assert count(directory(client, query)) == found


def test_waiting_and_suspended_employers_are_not_listed(client):
    employer_at("waiting", ALBANY, unapproved=True)
    employer_at("suspended", ALBANY, suspended=True)

    assert slugs(directory(client)) == []


def test_a_card_says_how_many_openings_are_live(client):
    employer = employer_at("hiring", ALBANY)
    ListingFactory.create_batch(2, published=True, employer=employer)
    ListingFactory(employer=employer)
    employer_at("quiet", ALBANY)

    shown = html(directory(client))

    assert shown.count("2 openings") == 1
    assert shown.count("No openings right now.") == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"zip": "00000"}, {"zip": "\0"}, {"place": "Atlantis"}, {"place": "x" * 10_000}, {"place": "remote"},
        {"zip": "12207", "miles": "abc"}, {"zip": "12207", "miles": "9" * 5000}, {"miles": "-1"},
    ],
    ids=lambda asked: repr(asked)[:40],
)  # fmt: skip
def test_an_unknown_place_finds_nobody_and_says_so(client, asked):
    employer_at("near", ALBANY)

    response = directory(client, urlencode(asked))

    assert count(response) == 0
    assert slugs(response) == []
    assert 'class="usa-error-message"' in html(response)
    assert faults(html(response)) == []


def test_twenty_a_page(client):
    for number in range(23):
        employer_at(f"e{number:02}")

    assert len(slugs(directory(client))) == 20
    assert slugs(directory(client, "page=2")) == ["e20", "e21", "e22"]
    assert slugs(directory(client, "page=99")) == ["e20", "e21", "e22"]
    assert len(slugs(directory(client, "page=abc"))) == 20


def test_the_list_costs_the_same_for_two_employers_as_for_twelve(client, django_assert_num_queries):
    for number in range(2):
        employer_at(f"a{number}", ALBANY)
    with django_assert_num_queries(6):
        directory(client, "zip=12207")
    for number in range(10):
        employer_at(f"b{number}", ALBANY)
    with django_assert_num_queries(6):
        directory(client, "zip=12207")


# --- One employer -------------------------------------------------------------------------------
def test_the_page_shows_places_website_and_what_is_open(client):
    employer = employer_at("hiring", SCHENECTADY, summary="We visit people.", website="https://www.care.example/x")
    listing = ListingFactory(published=True, employer=employer)
    ListingFactory(employer=employer)
    ListingFactory(closed=True, employer=employer)

    response = client.get("/employers/hiring/")

    assert response.status_code == 200
    assert ids(response) == [listing.pk]
    assert "Schenectady, NY 12305" in html(response)
    assert "See care.example" in html(response)
    assert "We visit people." in html(response)
    assert "/openings/feed/?employer=hiring" in html(response)
    assert faults(html(response)) == []


def test_a_sample_employer_is_marked_and_kept_from_machines(client):
    employer_at("sample", sample=True)

    shown = html(client.get("/employers/sample/"))

    assert ">Sample<" in shown
    assert '<meta name="robots" content="noindex">' in shown


@pytest.mark.parametrize(("situation", "status"), [({"unapproved": True}, 404), ({"suspended": True}, 410)])
def test_waiting_and_suspended_employers_are_for_their_own_members(client, situation, status):
    employer = employer_at("hidden", **situation)
    assert client.get("/employers/hidden/").status_code == status
    client.force_login(MembershipFactory().user)
    assert client.get("/employers/hidden/").status_code == status

    client.force_login(MembershipFactory(employer=employer, access="viewer").user)
    response = client.get("/employers/hidden/")

    assert response.status_code == 200
    assert "Only your team sees this page" in html(response)
    assert "noindex" in html(response)


def test_a_moderator_sees_a_waiting_employer(client):
    employer_at("hidden", unapproved=True)
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(content_type__app_label="employers", codename="view_employer"))
    client.force_login(user)

    assert client.get("/employers/hidden/").status_code == 200


def test_an_unknown_employer_is_not_found(client):
    assert client.get("/employers/nobody/").status_code == 404


def test_a_website_that_is_no_web_page_is_not_linked(client):
    employer_at("odd", website="javascript:alert(1)", summary="<script>alert(1)</script>")

    shown = html(client.get("/employers/odd/"))

    assert "javascript:" not in shown
    assert "<script>alert" not in shown
