"""What happens between planning a digest and sending it: it is dropped, and what it would have told is free or not."""

from datetime import timedelta

import pytest

from accounts import alerts, planner
from careerportal.outbox import sender
from careerportal.outbox.models import Delivery, Item
from employers import lifecycle, organizations
from tests.accounts_factories import JobAlertFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory

pytestmark = pytest.mark.django_db


def planned(**traits):
    """Return (an alert, an opening, the digest queued for it)."""
    alert, listing = JobAlertFactory(), ListingFactory(published=True, **traits)
    planner.plan(now=NOW, whatever_the_hour=True)
    return alert, listing, Delivery.objects.get()


def after_sending(delivery):
    sender.drain(now=NOW + timedelta(minutes=1))
    delivery.refresh_from_db()
    return delivery.state, Item.objects.count()


def test_a_digest_of_an_alert_stopped_meanwhile_is_dropped_and_its_opening_is_free_for_others():
    alert, _listing, delivery = planned()
    alerts.stop(alert=alert)

    assert after_sending(delivery) == ("cancelled", 0)


@pytest.mark.parametrize(
    "end",
    [
        lambda listing: lifecycle.close(listing=listing, now=NOW),
        lambda listing: lifecycle.take_down(listing=listing, reason="Asks for money.", now=NOW),
        lambda listing: organizations.suspend(employer=listing.employer, reason="Not real.", now=NOW),
    ],
)
def test_a_digest_of_an_opening_that_ended_meanwhile_is_dropped_and_never_told_later(end):
    _alert, listing, delivery = planned()
    end(listing)

    assert after_sending(delivery) == ("cancelled", 1)


def test_a_digest_names_what_is_still_open_and_leaves_out_the_rest(settings):
    settings.EMAIL_ALLOWED_DOMAINS = ["*"]
    ListingFactory(published=True, headline="Still open")
    _alert, listing, _delivery = planned(headline="Closed by then")
    lifecycle.close(listing=listing, now=NOW)
    handed_over = []

    class Keeping:
        is_paced = False

        def offer(self, outgoing):
            handed_over.append(outgoing.data.decode())

        def hand_over(self, outgoing):
            return "250 kept"

        def abandon(self):
            pass

        close = abandon

    sender.drain(now=NOW + timedelta(minutes=1), transport=Keeping())

    (mail,) = handed_over
    assert "Still open" in mail
    assert "Closed by then" not in mail
