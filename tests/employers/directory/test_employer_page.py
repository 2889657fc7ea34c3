"""The page of an employer that a register lists: what is known, from whom, and what a reader can do about it."""

import re
from datetime import date

import pytest

from employers.models import EmployerGroup
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.directory.entries import CLINIC, entry_for, listed
from tests.employers_factories import EmployerFactory, SiteFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now", "small_map")]

NEAR = {"name": "Near house", "lat": 42.66, "lng": -73.75, "exactness": "own"}
FAR = {"name": "Far house", "city": "Buffalo", "zip": "14201", "lat": 42.89, "lng": -78.88, "exactness": "zip"}


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_unclaimed_employer_says_what_is_known_and_what_is_not(client):
    listed(slug="clinic", name="Clinic & Sons", places=[NEAR], **CLINIC)

    html = page(client, "/employers/clinic/")

    assert "We don&#x27;t know yet whether this one does." in html
    assert "New York State health facilities, April 19, 2026" in html
    assert "Nobody from this employer has told us anything yet." in html
    assert "Verified employer" not in html
    assert "/alerts/new/?employer=clinic" in html
    assert "/employers/clinic/invite/" in html
    assert "/employers/clinic/correct/" in html
    assert "/employers/claim/clinic/" in html
    assert faults(html) == []
    assert client.cookies == {}


def test_places_stand_nearest_first_with_their_source_and_how_exact_they_are(client):
    employer = listed(slug="two", places=[FAR, NEAR])
    entry_for(employer, employer.sites.get(name="Near house"), source="hifld", register_date=date(2020, 5, 1))

    html = page(client, "/employers/two/?zip=12207")

    assert html.index("Near house") < html.index("Far house")
    assert "less than 1 mile" in html
    assert "The point on the map is the place itself." in html
    assert "The point on the map is the middle of the ZIP code." in html
    assert "Register: HIFLD hospitals, May 1, 2020" in html


@pytest.mark.parametrize("query", ["zip=00000", "zip=%00", "place=Atlantis", "place=remote", "zip=" + "9" * 3000])
def test_a_place_nobody_knows_changes_nothing(client, query):
    listed(slug="two", places=[FAR, NEAR])

    assert "Near house" in page(client, f"/employers/two/?{query}")


def test_a_place_gone_from_the_registers_is_not_shown(client):
    employer = listed(slug="two", places=[FAR, NEAR])
    employer.sites.filter(name="Far house").update(closed_at=NOW)

    assert "Far house" not in page(client, "/employers/two/")


def test_a_claimed_employer_offers_neither_claim_nor_invitation(client):
    listed(slug="claimed", approved_at=NOW)

    html = page(client, "/employers/claimed/")

    assert "Verified employer" in html
    assert "Claim this page" not in html
    assert "/invite/" not in html


@pytest.mark.parametrize(("curated", "shown"), [(True, True), (False, False)])
def test_a_group_is_shown_once_a_person_checked_it(client, curated, shown):
    group = EmployerGroup.objects.create(name="Hudson Health System", slug="hudson", curated=curated)
    listed(slug="one", group=group)
    listed(slug="other", name="The other hospital", group=group)

    html = page(client, "/employers/one/")

    assert ("Part of Hudson Health System" in html) is shown
    assert ("The other hospital" in html) is shown


def test_an_employer_merged_into_another_leads_there_and_a_closed_one_is_gone(client):
    kept = listed(slug="kept")
    listed(slug="lost", merged_into=kept)
    listed(slug="closed", closed_at=NOW)

    moved = client.get("/employers/lost/")

    assert (moved.status_code, moved.url) == (301, "/employers/kept/")
    assert client.get("/employers/closed/").status_code == 410


def test_an_alert_can_be_asked_for_an_employer_nobody_has_claimed(client):
    listed(slug="clinic", name="Riverside Clinic", **CLINIC)

    html = page(client, "/alerts/new/?employer=clinic")

    assert "Riverside Clinic" in html
    assert re.search(r'name="employer" value="clinic"', html)


def test_the_link_to_claim_leads_to_the_claim_of_this_entry(client):
    listed(slug="clinic", name="Riverside Clinic", **CLINIC)
    client.force_login(UserFactory())

    assert "Riverside Clinic" in page(client, "/employers/claim/clinic/")


def test_the_page_costs_the_same_for_two_places_as_for_twelve(client, django_assert_num_queries):
    employer = listed(slug="many", places=[NEAR, FAR])
    with django_assert_num_queries(5):
        page(client, "/employers/many/?zip=12207")
    for number in range(10):
        entry_for(employer, SiteFactory(employer=employer, lat=42.6 + number / 100))
    with django_assert_num_queries(5):
        page(client, "/employers/many/?zip=12207")


def test_an_employer_that_registered_itself_has_no_register_to_name(client):
    EmployerFactory(slug="own")

    html = page(client, "/employers/own/")

    assert "From official registers" not in html
    assert "What we know" not in html
