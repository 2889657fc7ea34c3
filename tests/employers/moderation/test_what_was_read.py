"""Nobody accepts a text that was put in the place of the one they read."""

import re

import pytest
import time_machine
from django.urls import reverse

from employers import lifecycle, queue, revisions, verification
from employers.models import Employer, Listing
from tests.clock import NOW
from tests.employers_factories import ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
CHANGED = "The employer changed this after you opened the page."


def read(client, case):
    page = client.get(reverse("moderation_case", args=[case.pk])).content.decode()
    return re.search(r'name="shown" value="([0-9a-f]+)"', page)[1]


def decide(client, case, shown, decision="accept", words=""):
    fields = {"decision": decision, "shown": shown, "words": words}
    return client.post(reverse("moderation_decide", args=[case.pk]), fields).content.decode()


def test_a_first_opening_that_was_rewritten_meanwhile_is_read_again(at_work, first_opening):
    shown = read(at_work, first_opening)
    with time_machine.travel(NOW, tick=False):
        revisions.change(listing=first_opening.listing, content={"description": "Mail us your card."}, now=NOW)

    page = decide(at_work, first_opening, shown)

    assert CHANGED in page
    assert "Mail us your card." in page
    assert Listing.objects.get().status == Listing.Status.IN_REVIEW
    decide(at_work, first_opening, read(at_work, first_opening))
    assert Listing.objects.get().status == Listing.Status.PUBLISHED


def test_an_edit_that_was_replaced_meanwhile_is_read_again(at_work):
    listing = ListingFactory(published=True, apply_url="https://care.example.com/apply")
    revisions.change(listing=listing, content={"apply_url": "https://apply.example.org/"}, now=NOW)
    case = queue.waiting().get()
    shown = read(at_work, case)
    revisions.change(listing=listing, content={"apply_url": "https://evil.example.net/"}, now=NOW)

    assert CHANGED in decide(at_work, case, shown)
    assert Listing.objects.get().apply_url == "https://care.example.com/apply"


def test_an_organization_that_took_another_name_meanwhile_is_read_again(at_work, request_case):
    shown = read(at_work, request_case)
    owner = request_case.verification.user
    verification.change(
        employer=request_case.employer, user=owner, name="State Hospital", website="https://other.example", now=NOW
    )

    assert CHANGED in decide(at_work, request_case, shown, "approve", "A call.")
    assert not Employer.objects.get().is_approved


def test_a_proposed_name_that_was_replaced_meanwhile_is_read_again(at_work):
    owner = MembershipFactory()
    change = {"employer": owner.employer, "user": owner.user, "website": owner.employer.website, "now": NOW}
    verification.change(name="Good Care", **change)
    case = queue.waiting().get()
    shown = read(at_work, case)
    verification.change(name="State Hospital", **change)

    assert CHANGED in decide(at_work, case, shown, "approve", "A call.")
    assert Employer.objects.get().name != "State Hospital"


def test_a_decision_about_what_is_still_so_counts(at_work, first_opening):
    lifecycle.withdraw(listing=first_opening.listing, by=None, now=NOW)
    lifecycle.publish(listing=first_opening.listing, now=NOW)
    case = queue.waiting().get()

    decide(at_work, case, read(at_work, case))

    assert Listing.objects.get().status == Listing.Status.PUBLISHED
