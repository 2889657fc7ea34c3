"""Who is asked whether an opening is still open, on which day, how often, and when nobody is."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from careerportal.core import clock
from careerportal.outbox.models import Delivery, Item
from employers import confirming, lifecycle, organizations
from employers.models import Employer, Listing
from tests.clock import NOW
from tests.employers.keeping.conftest import DAY, built, published, told
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory

pytestmark = pytest.mark.django_db
OLIVE, ROSA = "olive@hudson.example", "rosa@hudson.example"


def test_the_one_who_wrote_it_is_asked_on_day_60_again_on_day_83_and_told_on_day_90(employer, owner, recruiter):
    published(employer, created_by=recruiter)
    subjects = []

    for day in range(1, 110):
        if confirming.ask(NOW + day * DAY):
            message = built(Delivery.objects.latest("created_at"), now=NOW + day * DAY)
            subjects.append((day, message.to, message.subject.partition(":")[0].partition("?")[0]))

    assert subjects == [
        (60, [ROSA], "Still open"),
        (83, [ROSA], "Last reminder. Still open"),
        (90, [ROSA], "Hidden now"),
    ]
    assert not Listing.objects.live(at=NOW + 90 * DAY).exists()


def test_nothing_is_asked_a_moment_before_sixty_days_and_no_second_time_at_one_moment(employer, owner):
    published(employer)

    assert confirming.ask(NOW + 60 * DAY - timedelta(seconds=1)) == 0
    assert [confirming.ask(NOW + 60 * DAY + hour * timedelta(hours=1)) for hour in range(6)] == [1, 0, 0, 0, 0, 0]


def test_owners_are_asked_when_the_one_who_wrote_it_has_left(employer, owner, recruiter):
    published(employer, created_by=recruiter)
    employer.memberships.filter(user=recruiter).delete()

    confirming.ask(NOW + 60 * DAY)

    assert told() == [(OLIVE, 1)]


def test_who_became_a_viewer_is_not_asked(employer, owner, recruiter):
    published(employer, created_by=recruiter)
    employer.memberships.filter(user=recruiter).update(access="viewer")

    confirming.ask(NOW + 60 * DAY)

    assert told() == [(OLIVE, 1)]


@pytest.mark.parametrize(("confirmed_at", "asked"), [(None, False), (NOW, True)])
def test_the_inbox_of_the_organization_is_asked_once_it_is_confirmed(employer, owner, confirmed_at, asked):
    Employer.objects.update(inbox_email="jobs@hudson.example", inbox_confirmed_at=confirmed_at)
    published(employer)

    confirming.ask(NOW + 60 * DAY)

    assert ("jobs@hudson.example", 1) in told() or not asked
    assert len(told()) == 1 + asked


def test_twelve_openings_of_one_day_come_in_one_mail_also_when_confirmed_at_different_hours(employer, owner):
    for hour in range(12):
        published(employer, headline=f"Care Manager {hour}")
    for hour, listing in enumerate(Listing.objects.order_by("pk")):
        Listing.objects.filter(pk=listing.pk).update(confirmed_at=NOW + hour * timedelta(minutes=45))

    assert confirming.ask(NOW + 60 * DAY) == 1

    assert told() == [(OLIVE, 12)]
    message = built(Delivery.objects.get(), now=NOW + 60 * DAY)
    assert message.subject == "Are these 12 openings still open?"
    assert message.body.count("/hiring/keep/") == 12
    assert [confirming.ask(NOW + 60 * DAY + hour * timedelta(hours=1)) for hour in (3, 9, 20)] == [0, 0, 0]


def test_one_person_of_two_organizations_gets_one_mail_that_names_both(employer, owner):
    other = EmployerFactory(name="Mohawk Homes")
    MembershipFactory(employer=other, user=owner)
    published(employer)
    published(other)

    assert confirming.ask(NOW + 60 * DAY) == 1

    body = built(Delivery.objects.get(), now=NOW + 60 * DAY).body
    assert "Hudson Care and Mohawk Homes" in " ".join(body.split())


def test_what_does_not_fit_into_a_mail_comes_the_next_day(employer, owner, monkeypatch):
    monkeypatch.setattr(confirming, "PER_MAIL", 2)
    for _number in range(3):
        published(employer)

    confirming.ask(NOW + 60 * DAY)
    assert "1 more waits in your workspace" in built(Delivery.objects.get(), now=NOW + 60 * DAY).body
    confirming.ask(NOW + 61 * DAY)

    assert told() == [(OLIVE, 2), (OLIVE, 1)]


def test_a_confirmation_starts_the_clock_anew(employer, owner):
    listing = published(employer)
    confirming.ask(NOW + 60 * DAY)

    lifecycle.confirm(listing=listing, now=NOW + 61 * DAY)

    assert [day for day in range(61, 200) if confirming.ask(NOW + day * DAY)] == [121, 144, 151]
    assert Item.objects.count() == 4


def confirmed(listing):
    lifecycle.confirm(listing=listing, now=NOW + 60 * DAY)


def extended(listing):
    lifecycle.extend(listing=listing, closes_on=None, now=NOW + 60 * DAY)


def closed(listing):
    lifecycle.close(listing=listing, now=NOW + 60 * DAY)


def held(listing):
    lifecycle.hold(listing=listing, now=NOW + 60 * DAY)


def taken_down(listing):
    lifecycle.take_down(listing=listing, reason="Asks for money.", now=NOW + 60 * DAY)


def suspended(listing):
    organizations.suspend(employer=listing.employer, reason="Not real.", now=NOW + 60 * DAY)


def left(listing):
    listing.employer.memberships.all().delete()


def deleted(listing):
    Listing.objects.all().delete()


@pytest.mark.parametrize("meanwhile", [confirmed, extended, closed, held, taken_down, suspended, left, deleted])
def test_a_mail_that_waits_is_not_wanted_any_more_once_its_openings_are(employer, owner, meanwhile):
    listing = published(employer)
    confirming.ask(NOW + 60 * DAY)
    delivery = Delivery.objects.get()

    meanwhile(listing)

    assert built(delivery, now=NOW + 60 * DAY) is None


def test_of_two_openings_in_a_mail_the_one_closed_meanwhile_is_left_out(employer, owner):
    kept, gone = published(employer, headline="Kept"), published(employer, headline="Gone")
    confirming.ask(NOW + 60 * DAY)

    lifecycle.close(listing=gone, now=NOW + 60 * DAY)

    message = built(Delivery.objects.get(), now=NOW + 60 * DAY)
    assert message.subject == "Still open? Kept"
    assert "Gone" not in message.body
    assert kept.headline in message.body


@pytest.mark.parametrize("traits", [{"published": False}, {"closed": True}, {"taken_down": True}])
def test_nobody_is_asked_about_what_is_not_published(employer, owner, traits):
    ListingFactory(employer=employer, **traits)

    assert confirming.ask(NOW + 70 * DAY) == 0


@pytest.mark.parametrize("changed", [{"suspended_at": NOW}, {"held_at": NOW}, {"approved_at": None}])
def test_nobody_is_asked_while_the_organization_may_not_publish(employer, owner, changed):
    published(employer)
    reasons = {"suspended_reason": "Not real."} if "suspended_at" in changed else {}
    Employer.objects.update(**changed, **reasons, **({"approval_evidence": ""} if "approved_at" in changed else {}))

    assert confirming.ask(NOW + 60 * DAY) == 0


def test_one_that_closes_before_it_would_be_hidden_is_asked_about_once(employer, owner):
    published(employer, closes_on=localdate(NOW) + 88 * DAY)

    assert [day for day in range(1, 110) if confirming.ask(NOW + day * DAY)] == [60]


def test_nobody_is_asked_about_an_opening_whose_date_is_over(employer, owner):
    published(employer, closes_on=localdate(NOW) + 50 * DAY)

    assert confirming.ask(NOW + 60 * DAY) == 0


def test_after_a_long_outage_each_is_told_what_is_true_now_once_and_nothing_of_last_year(employer, owner):
    published(employer)
    confirming.ask(NOW + 95 * DAY)
    assert [item.kind for item in Item.objects.all()] == ["keep-hidden"]

    Delivery.objects.all().delete()
    assert confirming.ask(NOW + 300 * DAY) == 0


def test_at_night_the_mail_waits_for_the_morning(employer, owner):
    night = NOW.replace(hour=7)  # two in the morning in New York
    listing = published(employer)
    Listing.objects.filter(pk=listing.pk).update(confirmed_at=night)

    confirming.ask(night + 60 * DAY)

    assert Delivery.objects.get().due_at == (NOW + 60 * DAY).replace(hour=13)


def test_the_clock_command_runs_it(employer, owner):
    published(employer)

    assert clock.tick(NOW + 60 * DAY)["employers.keep_open"] == 1


def test_asking_costs_the_same_queries_for_two_openings_as_for_twelve(employer, owner, django_assert_max_num_queries):
    for _number in range(12):
        published(employer)

    with django_assert_max_num_queries(12):
        confirming.ask(NOW + 60 * DAY)


def test_the_mail_names_day_and_place_and_says_why_it_came(employer, owner):
    published(employer, headline="Care Manager, Health Home")
    confirming.ask(NOW + 60 * DAY)

    message = built(Delivery.objects.get(), now=NOW + 60 * DAY)

    text = " ".join(message.body.split())
    assert message.subject == "Still open? Care Manager, Health Home"
    assert "Albany, NY Last confirmed November 22, 2026. Shown until February 19, 2027" in text
    assert "because you answer for openings of Hudson Care" in text


def test_the_hidden_ones_come_first_and_give_the_mail_its_subject(employer, owner):
    published(employer, headline="Asked")
    hidden = published(employer, headline="Gone from sight")
    Listing.objects.filter(pk=hidden.pk).update(confirmed_at=NOW - 30 * DAY, published_at=NOW - 30 * DAY)
    confirming.ask(NOW + 60 * DAY)

    message = built(Delivery.objects.get(), now=NOW + 60 * DAY)

    assert message.subject == "Hidden now: Gone from sight"
    assert message.body.index("Gone from sight\n") < message.body.index("Asked\n")
