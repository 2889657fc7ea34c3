"""180 days without anybody: a warning, a lapse, and the way back. The clock command runs it."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from careerportal.outbox.models import Delivery
from employers import idle, verification
from employers.models import Case, Employer, Listing, Verification
from employers.verification import VerificationRefused
from tests.clock import NOW
from tests.employers.directory.entries import entry_for
from tests.employers.verification.conftest import person
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner(db):
    """An owner whose employer was approved at NOW, and who was never here again."""
    return MembershipFactory(
        employer=EmployerFactory(approved_at=NOW, slug="quiet", name="Quiet Care"), user=person("dana@quiet.org")
    )


def kinds():
    return list(Delivery.objects.order_by("created_at").values_list("kind", flat=True))


def run(after_days):
    return idle.warn(NOW + after_days * DAY), idle.lapse(NOW + after_days * DAY)


def lapsed(owner):
    run(166)
    run(180)
    return Verification.objects.get()


def test_fourteen_days_ahead_owners_are_warned_once(owner):
    assert run(165) == (0, 0)
    assert run(166) == (1, 0)
    assert run(167) == (0, 0)
    assert kinds() == ["employer_idle_soon"]
    assert Employer.objects.get().is_approved


def test_after_180_days_the_approval_lapses_and_openings_are_hidden(owner):
    listing = ListingFactory(employer=owner.employer, published=True)
    at = NOW + 180 * DAY
    Listing.objects.filter(pk=listing.pk).update(confirmed_at=at)
    run(166)

    assert run(180) == (0, 1)

    employer = Employer.objects.get()
    asked = Verification.objects.get()
    assert employer.approved_at is None
    assert employer.trusted_at is not None
    assert (asked.reason, asked.status, asked.user) == ("idle", "open", owner.user)
    assert kinds() == ["employer_idle_soon", "employer_idle"]
    assert not Listing.objects.live(at=at).exists()
    assert run(181) == (0, 0)


def test_nobody_lapses_less_than_fourteen_days_after_the_warning(owner):
    assert run(300) == (1, 0)
    assert run(313) == (0, 0)
    assert run(314) == (0, 1)


@pytest.mark.parametrize("who_came", ["a member signs in", "a member changes something"])
def test_who_comes_back_stays(owner, who_came):
    run(166)
    if who_came == "a member signs in":
        owner.user.last_login = NOW + 170 * DAY
        owner.user.save()
    else:
        idle.touch(owner.employer_id, now=NOW + 170 * DAY)

    assert run(180) == (0, 0)
    assert run(170 + 166) == (1, 0)  # and is warned anew next time


def test_touching_is_written_once_a_day(owner):
    idle.touch(owner.employer_id, now=NOW)
    idle.touch(owner.employer_id, now=NOW + timedelta(hours=23))
    assert Employer.objects.get().active_at == NOW
    idle.touch(owner.employer_id, now=NOW + timedelta(hours=25))
    assert Employer.objects.get().active_at == NOW + timedelta(hours=25)


def test_employers_without_a_member_and_suspended_ones_are_left_alone(db):
    EmployerFactory(approved_at=NOW)
    MembershipFactory(employer=EmployerFactory(approved_at=NOW, suspended=True))

    assert run(400) == (0, 0)


def test_an_address_at_the_registers_website_brings_everything_back_with_one_click(owner):
    entry_for(owner.employer, None, source="hifld", website="https://quiet.org")
    asked = lapsed(owner)

    done = verification.still_here(verification=asked, user=owner.user, now=NOW + 181 * DAY)

    assert done.status == "approved"
    assert Employer.objects.get().is_approved


def test_without_such_an_address_a_moderator_looks(owner):
    asked = lapsed(owner)
    assert not Case.objects.exists()

    done = verification.still_here(verification=asked, user=owner.user, now=NOW + 181 * DAY)

    assert done.status == "open"
    case = Case.objects.get()
    assert case.verification == asked
    verification.approve(verification=asked, by=UserFactory(), evidence="Called back.", now=NOW + 182 * DAY)
    assert Employer.objects.get().is_approved
    assert Employer.objects.get().memberships.get() == owner


def test_only_an_owner_says_that_it_is_still_there(owner):
    asked = lapsed(owner)
    recruiter = MembershipFactory(employer=owner.employer, access="recruiter")

    with pytest.raises(VerificationRefused, match="Only an owner"):
        verification.still_here(verification=asked, user=recruiter.user, now=NOW)


def test_the_clock_command_runs_it(owner):
    out = io.StringIO()

    call_command("tick", "--as-of", (NOW + 170 * DAY).isoformat(), "--json", stdout=out)

    done = json.loads(out.getvalue())["done"]
    assert (done["employers.idle_warnings"], done["employers.idle_lapses"]) == (1, 0)
    again = io.StringIO()
    call_command("tick", "--as-of", (NOW + 170 * DAY).isoformat(), stdout=again)
    assert "employers.idle_warnings: 0" in again.getvalue()
