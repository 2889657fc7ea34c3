"""Openings under random steps, with days passing and timers running: what must hold after each of them."""

import random
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from careerportal.outbox.models import Delivery
from employers import confirming, drafts, lifecycle, organizations, revisions, searchrow, timetable
from employers.lifecycle import TransitionRefused
from employers.models import Listing
from tests.clock import NOW
from tests.employers.keeping.conftest import DAY
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SEEDS, STEPS = 5, 64  # 320 steps

# Written out here on purpose: a step that lifecycle.ALLOWED gains by mistake fails this test.
TABLE = {
    "draft": {"in_review", "published"},
    "in_review": {"draft", "published", "rejected"},
    "rejected": {"in_review", "published"},
    "published": {"closed", "taken_down"},
    "closed": {"published", "taken_down"},
    "taken_down": set(),
}
OFTEN = {"publish": 9, "accept": 7, "close": 5, "reopen": 5, "suspend": 1, "release": 4, "take down": 1}


def test_the_table_of_steps_is_the_one_written_here():
    assert {str(state): {str(one) for one in steps} for state, steps in lifecycle.ALLOWED.items()} == TABLE


class World:
    """Two organizations with openings, and one hand that takes random steps."""

    def __init__(self, seed):
        self.chance, self.now = random.Random(seed), NOW
        self.moderator = UserFactory(is_staff=True)
        for employer in (EmployerFactory(), EmployerFactory(untrusted=True)):
            MembershipFactory(employer=employer)
            for number in range(3):
                ListingFactory(employer=employer, description=f"The work of {employer.pk} and {number}, on the phone.")

    def day(self, least, most):
        return localdate(self.now) + self.chance.randint(least, most) * DAY

    def steps(self):
        """Each step as a function of one opening."""
        now, by = self.now, self.moderator
        outcome = self.chance.choice(["", *Listing.Outcome.values])
        ends = self.chance.choice([None, self.day(-3, 120)])
        pay = self.chance.choice([(20, 30), (25, 31), (28, 40)])
        return {
            "publish": lambda one: lifecycle.publish(listing=one, now=now),
            "accept": lambda one: lifecycle.accept(listing=one, by=by, now=now),
            "reject": lambda one: lifecycle.reject(listing=one, by=by, reason="Say more.", now=now),
            "withdraw": lambda one: lifecycle.withdraw(listing=one, by=by, now=now),
            "hold": lambda one: lifecycle.hold(listing=one, now=now),
            "unhold": lambda one: lifecycle.unhold(listing=one, by=by, now=now),
            "close": lambda one: lifecycle.close(listing=one, outcome=outcome, now=now),
            "outcome": lambda one: lifecycle.give_outcome(listing=one, outcome=outcome, now=now),
            "extend": lambda one: lifecycle.extend(listing=one, closes_on=ends, now=now, reason="Nobody yet."),
            "confirm": lambda one: lifecycle.confirm(listing=one, now=now),
            "reopen": lambda one: lifecycle.reopen(listing=one, closes_on=ends, now=now),
            "schedule": lambda one: lifecycle.schedule(
                listing=one, publish_at=now + self.chance.randint(-2, 190) * DAY, now=now
            ),
            "unschedule": lambda one: lifecycle.unschedule(listing=one, now=now),
            "date": lambda one: drafts.revise(listing=one, content={"closes_on": ends}),
            "edit": lambda one: revisions.change(
                listing=one, content={"pay_min_usd": pay[0], "pay_max_usd": pay[1]}, now=now
            ),
            "suspend": lambda one: organizations.suspend(employer=one.employer, reason="Not real.", now=now),
            "release": lambda one: organizations.release(employer=one.employer, now=now),
            "take down": lambda one: (
                self.chance.random() < 0.15 and lifecycle.take_down(listing=one, reason="Asks for money.", now=now)
            ),
        }

    def tick(self):
        timetable.publish_scheduled(self.now)
        timetable.close_ended(self.now)
        confirming.ask(self.now)

    def act(self):
        """Let time pass now and then, else take one step with one opening; return its name."""
        if self.chance.random() < 0.25:
            self.now += timedelta(hours=self.chance.choice([1, 7, 26, 24 * 12, 24 * 31]))
            self.tick()
            return "time passes"
        steps = self.steps()
        name = self.chance.choices(list(steps), [OFTEN.get(name, 3) for name in steps])[0]
        listing = self.chance.choice(list(Listing.objects.select_related("employer").order_by("pk")))
        try:
            steps[name](listing)
        except (TransitionRefused, organizations.OrganizationRefused):
            return f"{name} refused"
        return name


def should_be_live(listing, at):
    """Said anew, apart from searchrow.TRUTH."""
    employer = listing.employer
    return bool(
        listing.status == "published"
        and listing.held_at is None
        and employer.approved_at
        and not employer.suspended_at
        and not employer.held_at
        and (listing.closes_on is None or listing.closes_on >= localdate(at))
        and at < listing.confirmed_at + 90 * DAY
    )


def look(world):
    """The state of every opening, after checking all that must hold."""
    found = list(Listing.objects.select_related("employer").order_by("pk"))
    live = set(Listing.objects.live(at=world.now).values_list("pk", flat=True))
    for listing in found:
        listing.validate_constraints()
        assert (listing.pk in live) == should_be_live(listing, world.now)
        assert listing.publish_at is None or listing.status in ("draft", "rejected")
        assert listing.outcome == "" or listing.status == "closed"
        assert listing.status != "closed" or listing.closed_at <= world.now
    assert searchrow.differences() == []
    return {listing.pk: listing.status for listing in found}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_step_leads_where_the_table_forbids_and_live_means_live(seed):
    world = World(seed)
    before, taken = look(world), []

    for _number in range(STEPS):
        taken.append(world.act())
        after = look(world)
        for pk, status in after.items():
            moved = before[pk] == status or status in TABLE[before[pk]]
            # One tick may do two things: a draft goes out, and its closing date is over.
            both = taken[-1] == "time passes" and any(status in TABLE[way] for way in TABLE[before[pk]])
            assert moved or both, f"{before[pk]} became {status} by {taken[-1]} (seed {seed})"
        before = after

    assert len({name for name in taken if "refused" not in name}) >= 6, taken


def test_a_person_gets_one_mail_a_day_however_often_the_clock_runs():
    world = World(11)
    for _number in range(25):
        world.act()
        world.now += 9 * DAY
        world.tick()
        world.tick()

    sent = [(one.recipient_id, localdate(one.created_at)) for one in Delivery.objects.filter(kind=confirming.KIND)]
    assert sent
    assert len(sent) == len(set(sent))
