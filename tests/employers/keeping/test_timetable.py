"""Drafts that go out by themselves, and openings that end with their closing date: once, on time, never silently stuck."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from careerportal.core.models import AuditEvent
from careerportal.outbox.models import Delivery
from employers import activity, drafts, lifecycle, organizations, searchrow, tasks, timetable
from employers.lifecycle import TransitionRefused
from employers.models import Employer, Listing
from tests.clock import NOW
from tests.employers.keeping.conftest import DAY, built, link, published, told
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)
MONDAY = NOW + DAY


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


# --- Scheduling ---------------------------------------------------------------------------------
def test_a_scheduled_draft_goes_out_when_its_time_has_come_and_once(employer, owner):
    listing = ListingFactory(employer=employer)
    lifecycle.schedule(listing=listing, publish_at=MONDAY, by=owner, now=NOW)

    assert timetable.publish_scheduled(MONDAY - timedelta(seconds=1)) == 0
    assert timetable.publish_scheduled(MONDAY + timedelta(minutes=1)) == 1
    assert timetable.publish_scheduled(MONDAY + timedelta(minutes=2)) == 0

    listing.refresh_from_db()
    assert (listing.status, listing.publish_at) == ("published", None)
    assert listing.published_at == MONDAY + timedelta(minutes=1)
    assert Listing.objects.live(at=MONDAY + DAY).exists()
    assert verbs() == ["listing.scheduled", "listing.published"]


def test_the_first_opening_of_an_organization_goes_to_review_instead(owner):
    listing = ListingFactory(employer__untrusted=True)
    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)

    timetable.publish_scheduled(MONDAY)

    listing.refresh_from_db()
    assert (listing.status, listing.publish_at, listing.submitted_at) == ("in_review", None, MONDAY)


def test_one_sent_back_can_be_scheduled_again(employer):
    listing = ListingFactory(employer=employer, status="rejected", rejected_reason="Say more.")

    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)
    timetable.publish_scheduled(MONDAY)

    assert Listing.objects.get().status == "published"


@pytest.mark.parametrize(
    ("traits", "when", "words"),
    [
        ({"published": True}, MONDAY, "Only a draft"),
        ({"closed": True}, MONDAY, "Only a draft"),
        ({}, NOW, "This time is over"),
        ({}, NOW - DAY, "This time is over"),
        ({}, NOW + 181 * DAY, "within 180 days"),
        ({"closes_on": TODAY}, MONDAY, "closing date comes before"),
        ({"sites": []}, MONDAY, "where the work is"),
        ({"suspended": True}, MONDAY, "suspended"),
    ],
)
def test_scheduling_is_refused_for_what_could_not_go_out(traits, when, words):
    listing = ListingFactory(**traits)

    with pytest.raises(TransitionRefused, match=words):
        lifecycle.schedule(listing=listing, publish_at=when, now=NOW)

    assert Listing.objects.get().publish_at is None


def test_the_time_can_be_moved_and_taken_back_and_repeats_change_nothing(employer):
    listing = ListingFactory(employer=employer)
    for when in (MONDAY, MONDAY, MONDAY + DAY):
        lifecycle.schedule(listing=listing, publish_at=when, now=NOW)
    for _time in range(2):
        lifecycle.unschedule(listing=listing, now=NOW)

    assert timetable.publish_scheduled(MONDAY + 2 * DAY) == 0
    assert verbs() == ["listing.scheduled", "listing.scheduled", "listing.unscheduled"]


def test_publishing_by_hand_ends_the_schedule(employer):
    listing = ListingFactory(employer=employer)
    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)

    assert lifecycle.publish(listing=listing, now=NOW).publish_at is None


def test_what_cannot_go_out_stays_a_draft_off_the_schedule_and_its_people_hear_why(employer, owner):
    listing = ListingFactory(employer=employer, headline="Care Manager", created_by=owner)
    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)
    drafts.revise(listing=listing, content={"closes_on": TODAY})

    assert timetable.publish_scheduled(MONDAY) == 1
    assert timetable.publish_scheduled(MONDAY) == 0

    listing.refresh_from_db()
    assert (listing.status, listing.publish_at) == ("draft", None)
    message = built(Delivery.objects.get(), now=MONDAY)
    assert message.subject == "Not published: Care Manager"
    assert "Its closing date is over. Choose a later date first." in message.body
    said = activity.lines(employer, activity.events(employer))[0].text
    assert said.startswith("The portal took an opening off the schedule: Care Manager (“Its closing date is over.")


def test_that_mail_is_not_sent_any_more_once_somebody_published_it(employer, owner):
    listing = ListingFactory(employer=employer)
    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)
    drafts.revise(listing=listing, content={"closes_on": TODAY})
    timetable.publish_scheduled(MONDAY)

    drafts.revise(listing=listing, content={"closes_on": None})
    lifecycle.publish(listing=listing, now=MONDAY)

    assert built(Delivery.objects.get(), now=MONDAY) is None


def test_one_that_cannot_go_out_does_not_keep_the_others_waiting(owner):
    stuck, fine = ListingFactory(), ListingFactory()
    for listing in (stuck, fine):
        lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)
    organizations.suspend(employer=stuck.employer, reason="Not real.", now=NOW)

    assert timetable.publish_scheduled(MONDAY) == 2

    assert sorted(Listing.objects.values_list("status", "publish_at")) == [("draft", None), ("published", None)]


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_publish_once():
    listing = ListingFactory()
    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)

    race(lambda: timetable.publish_scheduled(MONDAY), times=3)

    assert verbs() == ["listing.scheduled", "listing.published"]
    assert searchrow.differences() == []


def test_the_task_runs_it(employer, at):
    listing = ListingFactory(employer=employer)
    lifecycle.schedule(listing=listing, publish_at=MONDAY, now=NOW)

    with at(MONDAY):
        tasks.publish_scheduled()

    assert Listing.objects.get().status == "published"


# --- Closing dates ------------------------------------------------------------------------------
def test_an_opening_is_closed_as_of_the_end_of_its_closing_date(employer, owner):
    listing = published(employer, closes_on=TODAY)
    midnight = lifecycle.ends_at(TODAY)

    assert timetable.close_ended(midnight - timedelta(seconds=1)) == 0
    assert timetable.close_ended(midnight + 5 * DAY) == 1
    assert timetable.close_ended(midnight + 6 * DAY) == 0

    listing.refresh_from_db()
    assert (listing.status, listing.closed_at, listing.outcome_asked_at) == ("closed", midnight, midnight + 5 * DAY)
    assert lifecycle.ended_on(listing) == TODAY
    assert verbs() == ["listing.ended"]
    assert searchrow.differences() == []


def test_one_mail_asks_how_it_ended_and_never_again(client, employer, owner, at):
    listing = published(employer, headline="Care Manager", closes_on=TODAY)
    timetable.close_ended(MONDAY)

    message = built(Delivery.objects.get(), now=MONDAY)
    assert message.subject == "Closed: Care Manager. How did it end?"
    assert link(listing, owner) in message.body
    with at(MONDAY):
        client.post(link(listing, owner), {"do": "outcome", "outcome": "hired-elsewhere"})

    assert Listing.objects.get().outcome == "hired-elsewhere"
    assert built(Delivery.objects.get(), now=MONDAY) is None
    assert [timetable.close_ended(MONDAY + day * DAY) for day in range(20)] == [0] * 20
    assert Delivery.objects.count() == 1


def test_twelve_that_end_on_one_day_are_asked_about_in_one_mail(employer, owner):
    for _number in range(12):
        published(employer, closes_on=TODAY)

    assert timetable.close_ended(MONDAY) == 12

    assert told() == [("olive@hudson.example", 12)]
    assert built(Delivery.objects.get(), now=MONDAY).subject == "12 openings have closed"


def test_a_suspended_organization_is_asked_nothing(employer, owner):
    published(employer, closes_on=TODAY)
    organizations.suspend(employer=employer, reason="Not real.", now=NOW)

    assert timetable.close_ended(MONDAY) == 1
    assert not Delivery.objects.exists()


def test_what_was_closed_by_hand_is_not_asked_about_by_mail(employer, owner):
    lifecycle.close(listing=published(employer, closes_on=TODAY), now=NOW, was_asked=True)

    assert timetable.close_ended(MONDAY) == 0
    assert not Delivery.objects.exists()


def test_a_later_date_set_in_time_keeps_it_open(employer, owner):
    listing = published(employer, closes_on=TODAY)
    lifecycle.extend(listing=listing, closes_on=TODAY + 9 * DAY, now=NOW)

    assert timetable.close_ended(MONDAY) == 0


def test_reopening_asks_for_a_later_date_and_forgets_the_outcome(employer, owner):
    listing = published(employer, closes_on=TODAY)
    timetable.close_ended(MONDAY)
    lifecycle.give_outcome(listing=listing, outcome="not-filled", now=MONDAY)

    with pytest.raises(TransitionRefused, match="closing date is over"):
        lifecycle.publish(listing=listing, now=MONDAY)
    lifecycle.reopen(listing=listing, closes_on=TODAY + 30 * DAY, now=MONDAY)

    listing.refresh_from_db()
    assert (listing.status, listing.outcome, listing.outcome_asked_at) == ("published", "", None)
    assert Listing.objects.live(at=MONDAY).exists()


@pytest.mark.parametrize("traits", [{}, {"published": True}, {"taken_down": True}])
def test_only_a_closed_opening_is_opened_again(traits):
    with pytest.raises(TransitionRefused, match="Only a closed"):
        lifecycle.reopen(listing=ListingFactory(**traits), closes_on=None, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_extending_and_ending_at_once_leave_one_truth():
    for _try in range(8):
        listing = ListingFactory(published=True, closes_on=TODAY)
        race(
            lambda: timetable.close_ended(MONDAY),
            lambda listing=listing: lifecycle.extend(listing=listing, closes_on=TODAY + 9 * DAY, now=NOW),
        )
        listing.refresh_from_db()
        assert (listing.status, listing.closes_on) in [("closed", TODAY), ("published", TODAY + 9 * DAY)]
    assert searchrow.differences() == []


def test_ending_many_takes_the_question_of_each_organization_to_its_own_people(employer, owner):
    other = EmployerFactory()
    Employer.objects.filter(pk=other.pk).update(inbox_email="jobs@other.example", inbox_confirmed_at=NOW)
    published(employer, closes_on=TODAY)
    published(other, closes_on=TODAY)

    timetable.close_ended(MONDAY)

    assert sorted(told()) == [("jobs@other.example", 1), ("olive@hudson.example", 1)]
