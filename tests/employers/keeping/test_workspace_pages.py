"""Keeping openings true in the workspace: each page, each button, and what the list says."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate

from employers import confirming, lifecycle
from employers.models import Listing
from tests.clock import NOW
from tests.employers.keeping.conftest import DAY, published
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)
LIST = "/hiring/hudson-care/"


@pytest.fixture(autouse=True)
def _now(at):
    with at(NOW):
        yield


@pytest.fixture(autouse=True)
def _signed_in(client, owner):
    client.force_login(owner)


def step(listing, name):
    return f"/hiring/openings/{listing.pk}/{name}/"


def text(response):
    return " ".join(response.content.decode().split())


def take(client, listing, name, **typed):
    return text(client.post(step(listing, name), typed, follow=True))


def old(employer, days=61, **fields):
    """An opening confirmed `days` ago."""
    when = {"published_at": NOW - days * DAY, "confirmed_at": NOW - days * DAY}
    return ListingFactory(employer=employer, published=True, **when, **fields)


# --- What the list says -------------------------------------------------------------------------
def test_the_list_says_by_when_an_opening_is_to_be_confirmed(client, employer):
    published(employer)

    page = text(client.get(LIST))

    assert "to be confirmed by Feb. 19, 2027" in page
    assert "waits for your word" not in page


def test_what_closes_first_is_not_said_to_wait_for_a_word_after_that(client, employer):
    published(employer, closes_on=TODAY + 30 * DAY)

    page = client.get(LIST).content.decode()

    assert "closes Dec. 22, 2026" in page
    assert "to be confirmed by" not in page


def test_what_waits_is_confirmed_with_one_click_in_the_list(client, employer):
    listing = old(employer)
    assert "Still open? Confirm it by Dec. 20, 2026" in text(client.get(LIST))

    said = take(client, listing, "keep-open")

    assert "stays open. We ask again before February 20, 2027." in said
    assert Listing.objects.get().confirmed_at == NOW


def test_a_hidden_one_says_since_when_and_comes_back_with_one_click(client, employer):
    listing = old(employer, days=95)
    assert "Hidden since Nov. 17, 2026: nobody confirmed it" in text(client.get(LIST))

    take(client, listing, "keep-open")

    assert Listing.objects.live(at=NOW).exists()


def test_all_that_wait_are_confirmed_with_one_click_and_no_others(client, employer):
    waiting = [old(employer), old(employer, days=95)]
    fresh = ListingFactory(employer=employer, published=True)
    theirs = old(EmployerFactory())
    assert "Yes, all 2 are still open" in text(client.get(LIST))

    said = text(client.post("/hiring/hudson-care/keep-open/", follow=True))

    assert "2 openings stay open." in said
    assert {one.confirmed_at for one in Listing.objects.filter(pk__in=[one.pk for one in waiting])} == {NOW}
    for other in (fresh, theirs):
        assert Listing.objects.get(pk=other.pk).confirmed_at == other.confirmed_at
    assert "0 openings stay open." in text(client.post("/hiring/hudson-care/keep-open/", follow=True))


def test_the_list_says_when_a_draft_goes_out(client, employer):
    lifecycle.schedule(listing=ListingFactory(employer=employer), publish_at=NOW + DAY, now=NOW)

    assert "Goes out on Nov. 23, 2026, 10 a.m." in text(client.get(LIST))


def test_the_list_costs_the_same_queries_for_two_openings_as_for_twelve(
    client, employer, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(60) as counted:
            client.get(LIST)
        return len(counted)

    for _number in range(2):
        old(employer)
    client.get(LIST)  # what the first page of a visit loads once
    first = cost()
    for _number in range(10):
        old(employer)

    assert cost() == first


def test_a_viewer_sees_no_button(client, employer):
    listing = old(employer)
    client.force_login(MembershipFactory(employer=employer, access="viewer").user)

    assert "keep-open" not in text(client.get(LIST))
    assert client.post(step(listing, "keep-open")).status_code == 403


# --- Closing and how it ended -------------------------------------------------------------------
def test_closing_asks_how_it_ended(client, employer):
    listing = published(employer)
    page = text(client.get(step(listing, "close")))
    assert "How did it end?" in page
    assert "Rather not say" in page

    said = take(client, listing, "close", outcome="hired-here")

    assert "is closed." in said
    assert "Filled by somebody who found it here" in said
    assert Listing.objects.get().outcome == "hired-here"


@pytest.mark.parametrize(("typed", "asked_at"), [({"outcome": ""}, NOW), ({}, None)])
def test_one_may_rather_not_say_and_is_not_asked_again(client, employer, typed, asked_at):
    listing = published(employer)

    page = take(client, listing, "close", **typed)

    assert Listing.objects.get().status == "closed"
    assert Listing.objects.get().outcome_asked_at == asked_at
    assert ("/outcome/" in page) == (asked_at is None)


def test_an_unknown_outcome_closes_nothing(client, employer):
    listing = published(employer)

    take(client, listing, "close", outcome="bribed")

    assert Listing.objects.get().status == "published"


def test_how_it_ended_can_be_said_later_once(client, employer):
    listing = lifecycle.close(listing=published(employer), now=NOW)

    assert "It closed on November 22, 2026" in text(client.get(step(listing, "outcome")))
    assert "We noted how" in take(client, listing, "outcome", outcome="inside")
    assert "nothing to answer" in take(client, listing, "outcome", outcome="paused")

    assert Listing.objects.get().outcome == "inside"


# --- Extending and opening again ----------------------------------------------------------------
def test_extending_keeps_the_reason_for_the_team(client, employer):
    listing = published(employer, closes_on=TODAY)
    later = TODAY + 20 * DAY

    take(client, listing, "extend", closes_on=str(later), reason="Nobody with a license yet")

    assert Listing.objects.get().closes_on == later
    assert "(“Nobody with a license yet”)" in text(client.get(f"{LIST}activity/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"closes_on": str(TODAY - DAY)}, "in the past"),
        ({"closes_on": str(TODAY + 400 * DAY)}, "within a year"),
        ({"closes_on": "tomorrow"}, "year-month-day"),
        ({"reason": "x" * 201}, "at most 200"),
    ],
)
def test_a_bad_date_or_reason_stays_in_the_form_with_its_error(client, employer, typed, words):
    listing = published(employer, closes_on=TODAY)

    assert words in take(client, listing, "extend", **typed)
    assert Listing.objects.get().closes_on == TODAY


def test_one_that_its_date_closed_is_opened_again_with_a_later_date(client, employer):
    listing = ListingFactory(employer=employer, closed=True, closes_on=TODAY - 2 * DAY)
    assert step(listing, "reopen") in text(client.get(LIST))

    assert "in the past" in take(client, listing, "reopen", closes_on=str(TODAY - DAY))
    assert "is open again" in take(client, listing, "reopen", closes_on=str(TODAY + 9 * DAY))

    assert Listing.objects.live(at=NOW).exists()


def test_one_that_waits_for_verification_again_is_not_opened(client, employer):
    listing = ListingFactory(employer=employer, closed=True)
    employer.approved_at, employer.approval_evidence = None, ""
    employer.save()

    assert "waiting to be verified again" in take(client, listing, "reopen")


# --- Scheduling ---------------------------------------------------------------------------------
def test_a_draft_is_scheduled_in_new_york_time_and_taken_off_again(client, employer):
    listing = ListingFactory(employer=employer)

    said = take(client, listing, "schedule", day="2026-11-30", at="09:30")

    assert "goes out on Nov. 30, 2026, 9:30 a.m." in said
    assert Listing.objects.get().publish_at == datetime.fromisoformat("2026-11-30T09:30-05:00")
    assert 'value="2026-11-30"' in text(client.get(step(listing, "schedule")))

    assert "is off the schedule" in take(client, listing, "unschedule")
    assert Listing.objects.get().publish_at is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2026-11-22", "at": "09:00"}, "This time is over"),
        ({"day": "2027-11-22", "at": "09:00"}, "within 180 days"),
        ({"day": "", "at": "09:00"}, "This field is required"),
        ({"day": "2026-11-30", "at": "25:00"}, "hours and minutes"),
        ({"day": "30.11.2026", "at": "09:00"}, "year-month-day"),
    ],
)
def test_a_bad_time_stays_in_the_form_with_its_error(client, employer, typed, words):
    listing = ListingFactory(employer=employer)

    assert words in take(client, listing, "schedule", **typed)
    assert Listing.objects.get().publish_at is None


@pytest.mark.parametrize(
    ("traits", "name"),
    [
        ({}, "close"),
        ({}, "extend"),
        ({}, "reopen"),
        ({"published": True}, "schedule"),
        ({"published": True}, "outcome"),
        ({"taken_down": True}, "close"),
    ],
)
def test_a_page_that_makes_no_sense_now_leads_back_and_says_why(client, employer, traits, name):
    response = client.get(step(ListingFactory(employer=employer, **traits), name), follow=True)

    assert response.redirect_chain[-1][0] == LIST
    assert "alert" in text(response)


def test_looking_at_any_page_changes_nothing(client, employer):
    draft, shown = ListingFactory(employer=employer), old(employer)
    closed = ListingFactory(employer=employer, closed=True)
    before = list(Listing.objects.order_by("pk").values("status", "confirmed_at", "closed_at", "publish_at", "outcome"))

    for listing, name in (
        (shown, "close"),
        (shown, "extend"),
        (closed, "reopen"),
        (closed, "outcome"),
        (draft, "schedule"),
    ):
        assert client.get(step(listing, name)).status_code == 200

    after = list(Listing.objects.order_by("pk").values("status", "confirmed_at", "closed_at", "publish_at", "outcome"))
    assert after == before


def test_the_morning_of_a_mail_is_in_new_york():
    night = NOW.replace(hour=6)

    assert confirming.in_the_day(night) - night == timedelta(hours=7)
    assert confirming.in_the_day(NOW) is None
