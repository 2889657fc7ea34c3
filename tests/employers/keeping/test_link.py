"""The link in a mail: looking changes nothing, one button acts, and an old link only says what is true now."""

import pytest
from django.core import signing
from django.test import Client

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Recipient
from employers import confirming, lifecycle
from employers.models import Employer, Listing
from tests.clock import NOW
from tests.employers.keeping.conftest import DAY, link, published

pytestmark = pytest.mark.django_db
LATER = NOW + 60 * DAY


@pytest.fixture(autouse=True)
def _later(at):
    with at(LATER):
        yield


def text(response):
    return " ".join(response.content.decode().split())


def states():
    return Listing.objects.values_list("status", "confirmed_at", "outcome").get()


def test_looking_shows_the_opening_and_both_buttons_and_changes_nothing(client, employer, owner):
    listing = published(employer, headline="Care Manager, Health Home")

    response = client.get(link(listing, owner))

    assert "Care Manager, Health Home" in text(response)
    assert 'name="do" value="open"' in text(response)
    assert 'name="do" value="over"' in text(response)
    assert states() == ("published", NOW, "")
    assert not AuditEvent.objects.exists()


def test_no_search_engine_and_no_cache_keeps_the_address(client, employer, owner):
    response = client.get(link(published(employer), owner))

    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_one_button_keeps_it_open_without_signing_in_and_names_who_did(client, employer, owner):
    listing = published(employer)

    response = client.post(link(listing, owner), {"do": "open"}, follow=True)

    assert states() == ("published", LATER, "")
    assert "It stays open" in text(response)
    assert "Sign in to see all your openings" in text(response)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.detail) == ("listing.confirmed", owner.pk, {"via": "mail"})
    assert Employer.objects.get().active_at == LATER


def test_pressing_it_again_changes_nothing_more(client, employer, owner):
    address = link(published(employer), owner)
    client.post(address, {"do": "open"})

    for step in ("open", "over"):
        response = client.post(address, {"do": step})
        assert "It stays open" in text(response)

    assert states() == ("published", LATER, "")
    assert AuditEvent.objects.count() == 1


def test_a_hidden_one_comes_back(client, employer, owner, at):
    listing = published(employer)
    with at(NOW + 95 * DAY):
        assert "it is hidden since February 20, 2027" in text(client.get(link(listing, owner)))

        client.post(link(listing, owner), {"do": "open"})

        assert Listing.objects.live(at=NOW + 95 * DAY).exists()


def test_filled_closes_it_then_asks_how_and_takes_the_answer_once(client, employer, owner):
    address = link(published(employer), owner)

    asked = client.post(address, {"do": "over"}, follow=True)
    assert "How did it end?" in text(asked)
    thanks = client.post(address, {"do": "outcome", "outcome": "hired-here"}, follow=True)

    assert "You told us: Filled by somebody who found it here" in text(thanks)
    assert states() == ("closed", NOW, "hired-here")
    again = client.post(address, {"do": "outcome", "outcome": "inside"})
    assert "We noted already how this opening ended" in text(again)
    assert states() == ("closed", NOW, "hired-here")
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "listing.closed",
        "listing.outcome",
    ]


def test_one_may_rather_not_say(client, employer, owner):
    address = link(published(employer), owner)
    client.post(address, {"do": "over"})

    response = client.post(address, {"do": "outcome", "outcome": ""}, follow=True)

    assert "There is nothing more to do" in text(response)
    assert Listing.objects.get().outcome_asked_at == LATER


@pytest.mark.parametrize("typed", [{}, {"do": "delete"}, {"do": "outcome", "outcome": "bribed"}])
def test_anything_else_takes_no_step(client, employer, owner, typed):
    client.post(link(published(employer), owner), typed)

    assert states() == ("published", NOW, "")


def test_an_old_link_says_what_is_so_and_acts_no_more(client, employer, owner):
    listing = published(employer)
    old = link(listing, owner)
    lifecycle.confirm(listing=listing, now=NOW + 30 * DAY)

    assert "Confirmed on December 22, 2026" in text(client.get(old))
    client.post(old, {"do": "over"})

    assert states()[0] == "published"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: lifecycle.hold(listing=one, now=LATER), "until a moderator has looked"),
        (lambda one: lifecycle.take_down(listing=one, reason="Bad.", now=LATER), "is not shown any more"),
        (lambda one: Listing.objects.update(closes_on="2026-12-01"), "closing date is over"),
        (lambda one: one.employer.memberships.all().delete(), "does not write openings for this organization"),
    ],
)
def test_it_says_why_it_cannot_be_kept(client, employer, owner, change, words):
    listing = published(employer)
    address = link(listing, owner)
    change(listing)

    assert words in text(client.get(address))
    client.post(address, {"do": "open"})
    assert states()[1] == NOW


def test_the_inbox_may_answer_and_the_log_says_so(client, employer):
    Employer.objects.update(inbox_email="jobs@hudson.example", inbox_confirmed_at=NOW)
    employer.refresh_from_db()
    listing = published(employer)
    recipient = Recipient.objects.for_address("jobs@hudson.example")

    client.post(f"/hiring/keep/{confirming.token(listing, recipient)}/", {"do": "open"})

    event = AuditEvent.objects.get()
    assert (event.actor_id, event.detail) == (None, {"via": "inbox"})


def test_another_opening_or_person_or_round_cannot_be_put_into_a_link(client, employer, owner):
    listing, other = published(employer), published(employer)
    good = confirming.token(listing, Recipient.objects.for_address(owner.email))
    value, _dot, signature = good.partition(".")

    assert len(signature) >= 43  # 256 bits in base64
    for bad in (good[:-1], f"{other.pk}{value[len(str(listing.pk)) :]}.{signature}", signing.dumps("x"), "x", "1-2-3"):
        assert client.get(f"/hiring/keep/{bad}/").status_code == 404


def test_a_button_needs_the_form_of_the_page(employer, owner):
    careful = Client(enforce_csrf_checks=True)
    address = link(published(employer), owner)

    assert careful.post(address, {"do": "over"}).status_code == 403
    assert states()[0] == "published"


def test_after_one_answer_the_others_that_wait_are_a_click_away(client, employer, owner):
    first, second = published(employer, headline="First"), published(employer, headline="Second")

    response = client.post(link(first, owner), {"do": "open"}, follow=True)

    assert link(second, owner) in text(response)
