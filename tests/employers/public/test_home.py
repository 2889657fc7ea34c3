"""The first page."""

import re
from datetime import timedelta

import pytest

from tests.clock import NOW
from tests.core.pages import faults
from tests.employers.public.test_search_page import html, ids
from tests.employers_factories import ListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_it_shows_the_four_newest_live_openings_and_how_many_there_are(client):
    made = [ListingFactory(published=True, published_at=NOW - timedelta(hours=age)) for age in range(6)]
    ListingFactory(closed=True)
    ListingFactory(published=True, suspended=True)

    response = client.get("/")

    assert response.status_code == 200
    assert ids(response) == [listing.pk for listing in made[:4]]
    assert "6 openings today" in html(response)
    assert faults(html(response)) == []


def test_it_is_whole_with_nothing_in_the_database(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "No openings right now." in html(response)
    assert faults(html(response)) == []


def test_both_searches_and_the_alert_lead_on_by_address_alone(client):
    forms = re.findall(r'<form[^>]*action="([^"]+)"([^>]*)>', html(client.get("/")))

    assert [address for address, _rest in forms] == ["/openings/", "/employers/", "/alerts/new/"]
    assert not [rest for _address, rest in forms if "post" in rest]


@pytest.mark.parametrize(
    "address", ["/openings/?q=&zip=12207", "/employers/?zip=12207&miles=25", "/alerts/new/?zip=12207&miles=25"]
)
def test_what_its_forms_send_is_understood(client, address):
    assert client.get(address).status_code == 200


def test_every_page_it_links_to_exists(client):
    listing = ListingFactory(published=True)
    addresses = {
        address for address in re.findall(r'href="(/[^"#?]*)', html(client.get("/"))) if "/static/" not in address
    }

    assert listing.get_absolute_url() in addresses
    missing = {address for address in addresses if client.get(address).status_code not in (200, 302)}
    assert missing <= {"/careers/roles/care-coordinator/", "/careers/roles/care-manager/"}  # content, not loaded here
