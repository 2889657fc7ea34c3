"""What holds on every page about the work: remembered, told to search engines, whole links, and a next step at the end."""

import json
import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from careers import addresses
from careers.models import CareRole, Question
from employers import lifecycle, organizations
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory

pytestmark = pytest.mark.django_db
NOT_PAGES = ("preview", "news_feed")
ROUTES = sorted(pattern.name for pattern in get_resolver("careers.urls").url_patterns if pattern.name not in NOT_PAGES)


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        cache.clear()
        yield


def page_of(route):
    """The address of one page of a route."""
    found = [one for one in addresses.all_addresses() if resolve(one).view_name == f"careers:{route}"]
    assert found, f"the content files hold nothing for {route}"
    return found[0]


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_that_did_not_change_costs_no_query_and_no_cookie(client, content, route):
    address = page_of(route)
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address)
        held = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, held.status_code) == (200, 200, 304)
    assert len(queries) == 0
    assert again.content == first.content
    assert held.content == b""
    assert not first.cookies
    assert not again.cookies
    assert {"Cookie", "Save-Data"} <= {name.strip() for name in again["Vary"].split(",")}


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_tells_search_engines_where_it_stands(client, content, route):
    address = page_of(route)
    page = client.get(address).content.decode()
    blocks = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    ]
    crumbs = next(block for block in blocks if block["@type"] == "BreadcrumbList")

    assert crumbs["itemListElement"][-1]["item"].endswith(address)
    assert [step["position"] for step in crumbs["itemListElement"]] == list(
        range(1, len(crumbs["itemListElement"]) + 1)
    )
    assert f'<link rel="canonical" href="{crumbs["itemListElement"][-1]["item"]}">' in page
    assert re.search(r'<meta name="description" content="[^"]{30,}">', page)


def test_every_page_ends_with_what_to_do_next(client, content):
    """The last part before the sources offers openings, an alert or the employers near the reader."""
    twelve = "&".join(f"q{number}=b" for number in range(1, 13))
    answers = [
        f"/careers/fit/?{twelve}",
        "/careers/fit/?q1=zz",
        "/careers/route/?job=medical-assistant",
        "/careers/route/?schooling=phd",
        "/careers/titles/?q=astronaut",
        "/careers/titles/decoder/?text=RN+Care+Coordinator",
        "/careers/pay-rules/?state=TX",
        "/careers/sources/?tier=reported",
        "/careers/training/?free=1",
    ]
    ends_in_the_air = []
    for address in [*addresses.all_addresses(), *answers]:
        main = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
        last = main.partition('<section class="part sources')[0].rpartition("<section ")[2]
        if not ("<h2" in last and re.search(r'(href|action)="/(openings|alerts/new|employers)/', last)):
            ends_in_the_air.append(address)

    assert ends_in_the_air == []


def test_an_editors_change_shows_at_once(client, content):
    role = CareRole.objects.get(slug="care-coordinator")
    client.get(role.get_absolute_url())
    role.summary = "What it is now."
    role.save()

    assert "What it is now." in client.get(role.get_absolute_url()).content.decode()


def test_openings_that_come_and_go_show_at_once(client, content):
    def tagged():
        return client.get("/")["ETag"]

    employer = EmployerFactory()
    tags = [tagged()]
    listing = ListingFactory(published=True, employer=employer)
    tags.append(tagged())
    lifecycle.close(listing=listing, now=NOW)
    tags.append(tagged())

    assert tags[0] != tags[1]
    assert tags[1] != tags[2]


def test_pages_are_made_anew_every_minute_since_openings_end_by_the_clock(client, content):
    client.get("/careers/")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False), CaptureQueriesContext(connection) as queries:
        client.get("/careers/")

    assert len(queries) > 0


def test_an_emptied_cache_loses_nothing(client, content):
    first = client.get("/careers/")
    cache.clear()

    assert client.get("/careers/").content == first.content


def test_questions_are_told_as_a_page_of_questions(client, content):
    page = client.get("/careers/faq/").content.decode()
    blocks = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    ]
    found = next(block for block in blocks if block["@type"] == "FAQPage")

    assert len(found["mainEntity"]) == Question.objects.count() > 0
    assert all(one["acceptedAnswer"]["text"] for one in found["mainEntity"])


def test_a_role_is_told_as_an_occupation_with_pay_only_where_it_is_known(client, content):
    role = CareRole.objects.get(slug="care-manager")
    page = client.get(role.get_absolute_url()).content.decode()
    blocks = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    ]
    found = next(block for block in blocks if block["@type"] == "Occupation")

    assert found["name"] == role.name
    for figure, told in zip(role.pay_figures.order_by("position", "pk"), found["estimatedSalary"], strict=True):
        assert (told["median"], told["currency"]) == (float(figure.amount_usd), "USD")
        assert figure.area in told["name"]
        assert figure.period in told["name"]
        assert figure.source.name in told["name"]


def test_no_link_inside_the_portal_is_broken(client, content):
    pages, seen, broken = {}, {}, []
    waiting = [*addresses.all_addresses(), "/openings/", "/employers/", "/about/", "/privacy/", "/terms/", "/contact/"]
    links = dict.fromkeys(waiting, "the list of pages")
    while links:
        address, origin = links.popitem()
        seen[address] = origin
        response = client.get(address)
        for _hop in range(3):
            if response.status_code not in (301, 302):
                break
            response = client.get(urljoin(address, response.url))
        if response.status_code != 200:
            broken.append(f"{address} ({response.status_code}) on {origin}")
            continue
        text = response.content.decode() if "html" in response["Content-Type"] else ""
        pages[address] = set(re.findall(r'\bid="([^"]+)"', text))
        if not address.startswith("/careers/") and address != "/":
            continue  # what stands elsewhere is looked at by its own tests
        for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', text):
            found = urlsplit(urljoin(address, href.replace("&amp;", "&")))
            if found.netloc or found.scheme or found.path.startswith(("/static/", "/mailbox/", "/accounts/")):
                continue
            target = found.path + (f"?{found.query}" if found.query else "")
            if found.fragment:
                seen.setdefault(f"{target}#{found.fragment}", address)
            if target not in seen and not (found.query and found.path.startswith("/alerts/")):
                links.setdefault(target, address)
    for target, origin in seen.items():
        page, has_anchor, anchor = target.partition("#")
        if has_anchor and page in pages and anchor not in pages[page]:
            broken.append(f"{target} on {origin}")

    assert not broken
    assert len(pages) > 100


# --- Sitemap and robots -------------------------------------------------------------------------
def test_the_sitemap_lists_content_live_openings_and_public_employers_and_no_samples(client, content):
    live, closed = ListingFactory(published=True), ListingFactory()
    sample = ListingFactory(published=True, employer=EmployerFactory(slug="sample", name="Sample", is_sample=True))
    text = client.get("/sitemap.xml").content.decode()

    for address in (*addresses.all_addresses(), live.get_absolute_url(), live.employer.get_absolute_url()):
        assert f"{address}</loc>" in text, address
    for listing in (closed, sample):
        assert f"{listing.get_absolute_url()}</loc>" not in text
    assert sample.employer.get_absolute_url() not in text
    assert "/careers/preview/" not in text


def test_a_suspended_employer_leaves_the_sitemap_at_once(client, content):
    listing = ListingFactory(published=True)
    assert listing.get_absolute_url() in client.get("/sitemap.xml").content.decode()

    organizations.suspend(employer=listing.employer, reason="Asked for money.", now=NOW)

    text = client.get("/sitemap.xml").content.decode()
    assert listing.get_absolute_url() not in text
    assert listing.employer.get_absolute_url() not in text


def test_a_sitemap_too_large_for_one_file_becomes_an_index(client, content, monkeypatch):
    monkeypatch.setattr("careerportal.core.sitemaps.MOST_ADDRESSES", 10)

    text = client.get("/sitemap.xml").content.decode()

    assert "<sitemapindex" in text
    for address in re.findall(r"<loc>([^<]+)</loc>", text):
        assert client.get(urlsplit(address).path).status_code == 200


def test_robots_are_told_where_the_sitemap_is(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert any(line.startswith("Sitemap: http") and line.endswith("/sitemap.xml") for line in lines)
    assert "Disallow: /careers/preview/" in lines
