"""Career news: out when its time has come, never before, in list, page and feed."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.models import NewsItem, Source
from tests.clock import NOW

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def an_item(slug, *, ago=timedelta(days=1), **fields):
    out = None if ago is None else timezone.now() - ago
    fields = {"title": f"Title {slug}", "summary": f"Summary {slug}", **fields}
    return NewsItem.objects.create(slug=slug, published_at=out, **fields)


@pytest.mark.parametrize("ago", [None, -timedelta(days=1)])
def test_drafts_and_news_of_the_future_are_nowhere(client, ago):
    an_item("secret", ago=ago)

    assert "Title secret" not in client.get("/careers/news/").content.decode()
    assert client.get("/careers/news/secret/").status_code == 404
    assert "secret" not in client.get("/careers/news/feed/").content.decode()


def test_news_is_out_from_its_minute_on():
    item = NewsItem.objects.create(slug="item", title="Item", summary="S", published_at=NOW)

    assert list(NewsItem.objects.out(at=NOW)) == [item]
    assert not NewsItem.objects.out(at=NOW - timedelta(seconds=1)).exists()


def test_an_item_shows_its_text_date_and_source(client):
    source = Source.objects.create(
        slug="paper", name="The paper", url="https://example.org/paper", published="May 2026"
    )
    an_item("first", body="## More\n\n**Bold** <b>raw</b>", source=source)
    an_item("second")

    page = client.get("/careers/news/first/").content.decode()

    assert "<h2>More</h2>" in page
    assert "<strong>Bold</strong>" in page
    assert "<b>" not in page
    assert 'href="https://example.org/paper"' in page
    assert 'href="/careers/news/second/"' in page
    assert 'href="/news/subscribe/"' in page
    assert "<form method" not in page.partition("<main")[2]


def test_the_list_has_the_newest_first_on_pages_of_ten(client):
    for number in range(12):
        an_item(f"n{number}", ago=timedelta(days=number))

    first, second = client.get("/careers/news/"), client.get("/careers/news/?page=2")

    assert [one.slug for one in first.context["page_obj"]] == [f"n{number}" for number in range(10)]
    assert [one.slug for one in second.context["page_obj"]] == ["n10", "n11"]
    assert client.get("/careers/news/?page=3").status_code == 404
    assert client.get("/careers/news/?page=x").status_code == 200


def test_the_empty_list_says_so_and_offers_the_mail(client):
    page = client.get("/careers/news/").content.decode()

    assert "No news yet" in page
    assert 'href="/news/subscribe/"' in page


def test_the_feed_is_atom_with_whole_addresses(client, settings):
    an_item("first")

    response = client.get("/careers/news/feed/")

    feed = ElementTree.fromstring(response.content)
    entry = feed.find("a:entry", ATOM)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert entry.find("a:link", ATOM).get("href") == f"{settings.PORTAL_URL}/careers/news/first/"
    assert entry.find("a:title", ATOM).text == "Title first"
    assert not response.cookies


def test_no_item_can_take_the_feeds_address():
    with pytest.raises(IntegrityError), transaction.atomic():
        an_item("feed")
    with pytest.raises(ValidationError, match="the feed"):
        NewsItem(slug="feed", title="T", summary="S").full_clean()


def test_the_first_item_of_the_files_is_loaded_with_its_date(client, content):
    item = NewsItem.objects.get(slug="careers-pages-are-open")

    assert item.published_at.isoformat() == "2026-11-22T13:00:00+00:00"


def test_the_list_costs_the_same_for_two_items_as_for_nine(client):
    counts = []
    for start, end in ((0, 2), (2, 9)):
        for number in range(start, end):
            an_item(f"n{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/careers/news/?x={start}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
