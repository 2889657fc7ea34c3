"""The Atom feed of a search."""

from xml.etree import ElementTree

import pytest

from employers.feeds import MOST_ENTRIES
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now", "small_map")]

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(response):
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


def test_a_feed_holds_the_live_openings_of_its_search_newest_first(client):
    first = ListingFactory(published=True, headline="First")
    second = ListingFactory(published=True, headline="Second")
    ListingFactory(published=True, roles=2)
    ListingFactory()

    response = client.get("/openings/feed/?role=cc&sort=pay")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.find("a:link", ATOM).get("href").partition("/openings/")[2] for entry in entries(response)] == [
        f"{second.pk}/second/",
        f"{first.pk}/first/",
    ]


def test_an_entry_says_what_a_card_says(client):
    employer = EmployerFactory(name="Harbor & Sons", is_sample=True)
    listing = ListingFactory(published=True, employer=employer, headline="RN <Care> Manager")

    (entry,) = entries(client.get("/openings/feed/"))

    assert entry.find("a:title", ATOM).text == "Sample: RN <Care> Manager, Harbor & Sons"
    assert "$25 to $31 an hour. Albany, NY. Full time" in entry.find("a:summary", ATOM).text
    assert entry.find("a:id", ATOM).text.endswith(f"/openings/{listing.pk}/")


def test_the_id_of_an_entry_outlives_a_new_headline(client):
    listing = ListingFactory(published=True, headline="Old")
    before = entries(client.get("/openings/feed/"))[0].find("a:id", ATOM).text
    listing.headline = "New"
    listing.save()

    assert entries(client.get("/openings/feed/"))[0].find("a:id", ATOM).text == before


def test_characters_that_xml_cannot_hold_do_not_break_the_feed(client):
    ListingFactory(published=True, headline="Care\x0bcoordinator \x1f", employer=EmployerFactory(name="A\x08B"))

    assert entries(client.get("/openings/feed/"))[0].find("a:title", ATOM).text == "Care coordinator  , A B"


def test_an_empty_search_is_an_empty_feed(client):
    assert entries(client.get("/openings/feed/?q=nothing")) == []


def test_a_feed_has_an_end(client):
    employer = EmployerFactory()
    site = SiteFactory(employer=employer)
    for _number in range(MOST_ENTRIES + 2):
        ListingFactory(published=True, employer=employer, sites=[site])

    assert len(entries(client.get("/openings/feed/"))) == MOST_ENTRIES
