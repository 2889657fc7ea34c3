"""The mailbox page of a demo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_mail_viewer.backends.database.models import EmailMessage as Kept

from careerportal.outbox.headers import Outgoing
from careerportal.outbox.models import Delivery
from careerportal.outbox.sender import drain
from careerportal.outbox.transport import MailboxTransport
from tests.outbox.factories import NOW, queue, raw, recipient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.PORTAL_ENV = "demo"
    settings.EMAIL_URL = "mailbox:"


def pk_of(address):
    return next(row.pk for row in Kept.objects.filter(parent=None) if row.get("to") == address)


def test_the_list_shows_the_newest_first_and_filters_by_address(client):
    queue("a", payload={"subject": "Coordinación"})
    drain(now=NOW)
    raw("b", to=recipient("bob@example.org"))
    drain(now=NOW)

    page = client.get("/mailbox/").content.decode()
    assert page.index("Your code") < page.index("Coordinación")
    filtered = client.get("/mailbox/", {"to": "BOB@"}).content.decode()
    assert "Your code" in filtered
    assert "Coordinación" not in filtered


@pytest.mark.parametrize("to", ["", "nobody@example.org", "%", "\x00", "'", '"', "x" * 500])
def test_an_empty_list_says_what_to_do(client, to):
    answer = client.get("/mailbox/", {"to": to})
    assert answer.status_code == 200
    assert b"within seconds" in answer.content


def test_a_letter_shows_its_text_with_links_and_its_headers(client):
    queue(items=[("opening", 4711, {})])
    Delivery.objects.update(payload={"subject": "See http://127.0.0.1:8000/openings/1/ é"})
    drain(now=NOW)
    page = client.get(reverse("outbox:letter", args=[pk_of("ann@example.org")])).content.decode()
    assert "opening:4711" in page
    assert "List-Unsubscribe: &lt;http://" in page
    assert "<h1" in page
    assert "é" in page


def test_a_letter_without_html_is_text_alone(client):
    raw("c", now=NOW)
    Delivery.objects.update(
        payload={"subject": "Código", "text": "Tu código: 1234\nhttp://127.0.0.1:8000/x/\n", "html": "", "headers": {}}
    )
    drain(now=NOW)
    page = client.get(reverse("outbox:letter", args=[pk_of("ann@example.org")])).content.decode()
    assert "Tu código: 1234\n" in page
    assert '<a href="http://127.0.0.1:8000/x/"' in page
    assert "<iframe" not in page
    assert client.get(reverse("outbox:letter_html", args=[pk_of("ann@example.org")])).status_code == 404


def test_the_html_runs_nothing_and_is_framed_only_here(client):
    queue()
    drain(now=NOW)
    pk = pk_of("ann@example.org")
    answer = client.get(reverse("outbox:letter_html", args=[pk]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "frame-ancestors 'self'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"

    outer = client.get(reverse("outbox:letter", args=[pk]))
    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    assert "unsafe-inline" not in outer["Content-Security-Policy"]


def test_a_second_copy_of_a_message_is_kept_once():
    delivery = queue()
    drain(now=NOW)
    data = f'Message-ID: {delivery.message_id}\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\nagain\r\n'.encode()
    MailboxTransport().hand_over(Outgoing("a@b", "c@d", data))
    assert Kept.objects.filter(parent=None).count() == 1


@pytest.mark.parametrize("mode", ["production", "test"])
def test_outside_a_demo_the_page_does_not_exist(client, settings, mode):
    queue()
    drain(now=NOW)
    pk = pk_of("ann@example.org")
    settings.PORTAL_ENV = mode
    for address in ("/mailbox/", f"/mailbox/{pk}/", f"/mailbox/{pk}/html/"):
        assert client.get(address).status_code == 404


def test_the_list_costs_the_same_for_two_letters_as_for_twelve(client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/mailbox/")
        return len(queries)

    def send(first, last):
        for n in range(first, last):
            queue(f"k{n}", to=recipient(f"p{n}@example.org"))
        drain(now=NOW)

    send(0, 2)
    few = count()
    send(2, 12)
    assert count() == few
