"""A take-down or a suspension empties page, search, feed, sitemap and queued mail within a minute."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts import planner
from careerportal.outbox import sender
from careerportal.outbox.models import Delivery
from employers import moderation, queue, reports
from employers.models import Listing
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at():
    """Let the pages believe that it is NOW."""
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client, listing):
    """Where the opening or its employer can be seen now, by a stranger who has looked before."""
    opening, employer = listing.get_absolute_url(), listing.employer.get_absolute_url()
    pages = {
        "search": "/openings/",
        "feed": "/openings/feed/",
        "sitemap of openings": "/sitemap.xml",
        "home": "/",
        "employer's openings": employer,
    }
    seen = {name for name, address in pages.items() if opening in client.get(address).content.decode()}
    if client.get(opening).status_code == 200:
        seen.add("page")
    if f"{employer}<" in client.get("/sitemap.xml").content.decode():
        seen.add("sitemap of employers")
    if employer in client.get("/employers/").content.decode():
        seen.add("directory")
    return seen


EVERYWHERE = {
    "search", "feed", "sitemap of openings", "sitemap of employers", "home", "employer's openings", "page", "directory",
}  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "status_of_employer", "left"),
    [
        ("take-down", 200, {"sitemap of employers", "directory"}),
        ("suspend", 410, set()),
    ],
)
def test_a_decision_empties_everything_within_a_minute(
    at, client, at_work, moderator, decision, status_of_employer, left
):
    listing = ListingFactory(published=True)
    JobAlertFactory()
    planner.plan(now=NOW, whatever_the_hour=True)
    stranger = type(client)()
    assert shown(stranger, listing) == EVERYWHERE
    assert Delivery.objects.get(kind="alert_digest").state == "queued"
    reports.report(employer=listing.employer, listing=listing, reason="wrong", address="192.0.2.1", now=NOW)

    address = reverse("moderation_decide", args=[queue.waiting().get().pk])
    at_work.post(address, {"decision": decision, "words": "It asks applicants for money."})

    assert shown(stranger, listing) == left
    assert stranger.get(listing.get_absolute_url()).status_code == 410
    assert stranger.get(listing.employer.get_absolute_url()).status_code == status_of_employer
    sender.drain(now=NOW + MINUTE)
    assert Delivery.objects.get(kind="alert_digest").state == "cancelled"
    assert planner.plan(now=NOW + MINUTE, whatever_the_hour=True).deliveries == 0


def test_a_held_opening_leaves_search_feed_sitemap_and_mail_at_once(at, client, moderator):
    listing = ListingFactory(published=True)
    JobAlertFactory()
    planner.plan(now=NOW, whatever_the_hour=True)
    for number in (1, 2):
        reports.report(employer=listing.employer, listing=listing, reason="scam", address=f"192.0.2.{number}", now=NOW)

    assert shown(client, listing) == {"page", "sitemap of employers", "directory"}
    assert "You cannot apply any more" in client.get(listing.get_absolute_url()).content.decode()
    sender.drain(now=NOW + MINUTE)
    assert Delivery.objects.get(kind="alert_digest").state == "cancelled"


def test_a_released_employer_is_shown_again(at, client, at_work, moderator):
    listing = ListingFactory(published=True)
    case = moderation.look_at(employer=listing.employer, by=moderator, now=NOW)
    moderation.suspend(case=case, by=moderator, reason="A fraud.", now=NOW)
    assert not Listing.objects.live(at=NOW).exists()
    moderation.release(case=case, by=moderator, now=NOW)

    assert shown(type(client)(), listing) == EVERYWHERE
