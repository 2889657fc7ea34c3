"""Everything that waits for a moderator is in the queue: a sweep puts back what is not, and a letter tells how long."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from careerportal.core import clock, doctor
from careerportal.outbox.models import Delivery
from employers import corrections, lifecycle, moderation, queue, queue_mail, reports, revisions, waits
from employers.models import Case, GuestModerator, Listing
from tests.clock import NOW
from tests.employers.moderation.conftest import a_moderator
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)  # 8:30 in New York


def everything():
    """One of each thing that waits."""
    lifecycle.publish(listing=ListingFactory(employer=EmployerFactory(untrusted=True)), now=NOW)
    revisions.change(listing=ListingFactory(published=True), content={"pay_min_usd": 20}, now=NOW)
    corrections.ask(employer=EmployerFactory(), kind="wrong", text="Phone is old.", now=NOW)
    held = ListingFactory(published=True)
    lifecycle.hold(listing=held, now=NOW)
    for number in (1, 2):
        reports.report(employer=EmployerFactory() if number > 2 else held.employer, reason="fake",
                       address=f"192.0.2.{number}", now=NOW)  # fmt: skip


def test_what_lost_its_case_is_put_back(request_case):
    everything()
    MembershipFactory(employer=EmployerFactory(unapproved=True))  # registered before requests were kept
    queue.reopen_missing(now=NOW)
    before = sorted(queue.waiting().values_list("kind", "employer", "listing", "verification", "correction"), key=str)
    Case.objects.all().delete()

    assert len(queue.missing()) == len(before)
    assert clock.tick(NOW)["employers.queue_sweep"] == len(before)

    after = sorted(queue.waiting().values_list("kind", "employer", "listing", "verification", "correction"), key=str)
    assert after == before
    assert queue.missing() == []


@pytest.mark.parametrize("seed", range(6))
def test_no_run_of_steps_and_decisions_loses_anything(seed):
    """Random members, readers and moderators at work: after every step whatever waits has an open case."""
    chance = random.Random(seed)
    moderator = a_moderator()
    openings = [ListingFactory(employer=EmployerFactory(untrusted=number % 2 == 0)) for number in range(4)]

    def member_step():
        listing = Listing.objects.get(pk=chance.choice(openings).pk)
        step = chance.choice(["publish", "withdraw", "close", "edit"])
        if step == "edit":
            revisions.change(listing=listing, content={"pay_min_usd": chance.choice([15, 20, 25])}, now=NOW)
        elif step == "publish":
            lifecycle.publish(listing=listing, now=NOW)
        else:
            getattr(lifecycle, step)(listing=listing, now=NOW, by=None)

    def reader_step():
        listing = Listing.objects.get(pk=chance.choice(openings).pk)
        address = f"192.0.2.{chance.randrange(6)}"
        reports.report(employer=listing.employer, listing=listing, reason="scam", address=address, now=NOW)

    def moderator_step():
        case = chance.choice(list(queue.waiting()))
        choice = chance.choice(moderation.choices(case))
        moderation.decide(case=case, by=moderator, decision=choice.code, words="Because.", now=NOW)

    for _step in range(40):
        step = chance.choice([member_step, reader_step, moderator_step])
        try:
            step()
        except (lifecycle.TransitionRefused, moderation.DecisionRefused, IndexError):
            continue
        assert queue.missing() == []


def test_the_doctor_says_what_is_lost_and_what_is_late():
    (finding,) = doctor.examine(only=["moderation-queue"])
    assert finding.state == doctor.OK
    everything()
    Case.objects.all().delete()
    (finding,) = doctor.examine(only=["moderation-queue"])
    assert (finding.state, "without being in the queue" in finding.says) == (doctor.WARN, True)


# --- Promises -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"is_urgent": True}, datetime(2026, 11, 23, 15, tzinfo=UTC)),  # asked on a Sunday
        ({}, datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ({"kind": "group"}, datetime(2026, 11, 27, 15, tzinfo=UTC)),
    ],
)
def test_working_days_are_promised(fields, due):
    case = queue.open_case(**{"kind": "opening", "employer": EmployerFactory(), "now": NOW, **fields})

    assert waits.due_at(case) == due
    assert not waits.is_overdue(case, now=due)
    assert waits.is_overdue(case, now=due + timedelta(seconds=1))
    assert "working day" in waits.promise_text(case, now=NOW)
    assert waits.promise_text(case, now=due + timedelta(hours=3)) == "3 hours over the promise"


# --- The letter -----------------------------------------------------------------------------------
def test_every_moderator_hears_once_a_week_how_much_waits():
    one, guest = a_moderator(), a_moderator()
    GuestModerator.objects.create(user=guest, states=["NJ"])
    employer = SiteFactory(state="NY").employer
    queue.open_case(kind="report", employer=employer, now=NOW - timedelta(days=9), is_urgent=True)

    assert queue_mail.send_weekly(MONDAY) == 2
    assert queue_mail.send_weekly(MONDAY + timedelta(days=1)) == queue_mail.send_weekly(MONDAY) == 0

    texts = {delivery.recipient.address: delivery.payload["text"] for delivery in Delivery.objects.all()}
    assert "Oldest: 9 days" in texts[one.email]
    assert "report: 1" in texts[one.email]
    assert "Urgent: 1" in texts[one.email]
    assert employer.name not in texts[one.email]
    assert "Nothing waits" in texts[guest.email]


@pytest.mark.parametrize("at", [NOW, MONDAY - timedelta(hours=2), MONDAY + timedelta(days=3)])
def test_the_letter_comes_on_monday_mornings(at):
    a_moderator()

    assert queue_mail.send_weekly(at) == 0


def test_without_moderators_the_letter_goes_to_staff(settings):
    UserFactory(is_staff=True)

    assert queue_mail.send_weekly(MONDAY) == 1
    assert Delivery.objects.get().recipient.address == settings.STAFF_EMAIL
