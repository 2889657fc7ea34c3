"""Leaving for an employer's own site to apply, and what is counted of an opening."""

import threading

import pytest
from django.db import connection

from employers import counting
from employers.models import ListingDay
from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.public.test_search_page import html
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PHONE = (
    "Mozilla/5.0 (Linux; Android 9; SM-J600FN) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def an_opening(**fields):
    return ListingFactory(published=True, **{"apply_url": "https://jobs.example.org/1?a=b"} | fields)


def counted(listing, what):
    return sum(ListingDay.objects.filter(listing=listing).values_list(what, flat=True))


# --- The page in between ------------------------------------------------------------------------
def test_the_page_names_the_host_and_the_way_out_leads_to_the_stored_address(client):
    listing = an_opening()

    page = html(client.get(f"/openings/{listing.pk}/apply/"))
    away = client.get(f"/openings/{listing.pk}/apply/go/?next=https://evil.example/")

    assert "jobs.example.org" in page
    assert f"/openings/{listing.pk}/apply/go/" in page
    assert faults(page) == []
    assert (away.status_code, away["Location"]) == (302, "https://jobs.example.org/1?a=b")


def test_the_opening_leads_to_that_page_and_not_straight_away(client):
    listing = an_opening()

    page = html(client.get(listing.get_absolute_url()))

    assert f'href="/openings/{listing.pk}/apply/"' in page
    assert "https://jobs.example.org/1" not in page


@pytest.mark.parametrize(
    "address", ["", "http://jobs.example.org/1", "javascript:alert(1)", "https://jobs.example.org\\@evil.example"]
)
@pytest.mark.parametrize("way", ["apply/", "apply/go/"])
def test_an_address_nobody_should_follow_leads_back_to_the_opening(client, address, way):
    listing = an_opening(apply_url=address)

    assert client.get(f"/openings/{listing.pk}/{way}")["Location"] == listing.get_absolute_url()


@pytest.mark.parametrize("way", ["apply/", "apply/go/"])
@pytest.mark.parametrize(
    ("situation", "status"),
    [({"closed": True}, 302), ({}, 404), ({"taken_down": True}, 410), ({"published": True, "suspended": True}, 410)],
)
def test_what_cannot_be_applied_to_lets_nobody_out(client, situation, status, way):
    listing = ListingFactory(apply_url="https://jobs.example.org/1", **situation)

    response = client.get(f"/openings/{listing.pk}/{way}")

    assert response.status_code == status
    assert "jobs.example.org" not in response.headers.get("Location", "")


# --- Counting -----------------------------------------------------------------------------------
def test_readers_are_counted_and_get_no_cookie(client):
    listing = an_opening()

    for _time in range(3):
        seen = client.get(listing.get_absolute_url(), HTTP_USER_AGENT=PHONE)
    client.get(f"/openings/{listing.pk}/apply/go/", HTTP_USER_AGENT=PHONE)

    assert (counted(listing, "views"), counted(listing, "apply_clicks")) == (3, 1)
    assert not seen.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": GOOGLEBOT},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": PHONE, "HTTP_SEC_PURPOSE": "prefetch;prerender"},
    ],
)
def test_robots_and_pages_fetched_ahead_are_not_counted(client, headers):
    listing = an_opening()

    client.get(listing.get_absolute_url(), **headers)
    client.get(f"/openings/{listing.pk}/apply/go/", **headers)
    client.head(listing.get_absolute_url(), HTTP_USER_AGENT=PHONE)

    assert not ListingDay.objects.exists()


def test_the_own_team_is_not_counted(client):
    listing = an_opening(employer=EmployerFactory())
    client.force_login(MembershipFactory(employer=listing.employer).user)

    client.get(listing.get_absolute_url(), HTTP_USER_AGENT=PHONE)

    assert not ListingDay.objects.exists()


def test_a_word_that_is_not_counted_is_refused():
    with pytest.raises(ValueError, match="Not counted"):
        counting.count(an_opening().pk, "names", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_counts_at_once_all_arrive():
    listing = an_opening()

    def count():
        for _time in range(20):
            counting.count(listing.pk, "views", now=NOW)
        connection.close()

    threads = [threading.Thread(target=count) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted(listing, "views") == 100
