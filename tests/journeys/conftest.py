"""A whole portal for a story: content, the ZIP codes it names, and a mail server that keeps what it is given."""

import email
import email.policy
import io

import pytest
from django.core.management import call_command

from careerportal.outbox import sender
from careerportal.places.models import ZipCode
from tests.outbox.conftest import sink, unused_port  # noqa: F401  the same server, used here as a post office

ZIPS = [("12207", 42.6584, -73.7474, "Albany", "Albany"), ("12180", 42.7284, -73.6918, "Troy", "Rensselaer")]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Order the tests: those that roll back, the pages in a browser, those that empty tables, those without a database.

    pytest-django orders them so, but pytest then gathers all tests of one browser around the first. The pages need what
    migrations wrote, and the browser's event loop has database connections of its own that spoil the turn of others.
    """
    items.sort(key=_turn)


def _turn(item):
    mark, fixtures = item.get_closest_marker("django_db"), set(item.fixturenames)
    if {"live_server", "transactional_db"} & fixtures or (mark and mark.kwargs.get("transaction")):
        return 2
    if mark is None and "db" not in fixtures:
        return 3
    return 1 if item.path.name == "test_pages_in_a_browser.py" else 0


@pytest.fixture
def portal(live_server, settings, tmp_path):
    """Content is loaded, ZIP codes of Albany and Troy are known, and links in mail lead to the test's own server."""
    settings.PORTAL_URL = live_server.url
    settings.EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"  # pytest-django puts its own here
    settings.SENT_JOURNAL = tmp_path / "sent.log"
    call_command("load_content", verbosity=0, stdout=io.StringIO())
    ZipCode.objects.bulk_create(
        ZipCode(
            zip=zip_code, lat=lat, lng=lng, coord_source="census", kind="zcta", city=city, state="NY", county=county
        )
        for zip_code, lat, lng, city, county in ZIPS
    )


class PostOffice:
    """Sends what is due over SMTP and reads what arrived."""

    def __init__(self, server):
        self.server = server

    def letters(self, address):
        """Every message that reached `address`, parsed, oldest first, after sending what is due."""
        sender.drain()
        taken = [envelope for envelope in self.server.taken if envelope.rcpt_tos == [address]]
        return [email.message_from_bytes(envelope.content, policy=email.policy.default) for envelope in taken]

    def newest(self, address):
        return self.letters(address)[-1]


@pytest.fixture
def post_office(sink):  # noqa: F811
    return PostOffice(sink)


def text_of(letter):
    """The plain text of a letter."""
    return letter.get_body(("plain",)).get_content()
