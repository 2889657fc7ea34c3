"""The queue: one case for one thing, urgent first, then the oldest."""

from datetime import timedelta

import pytest

from employers import queue
from employers.models import Case, GuestModerator
from tests.clock import NOW
from tests.employers.racing import race
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db


def opened(**fields):
    fields = {"kind": "organization", "now": NOW, **fields}
    if "employer" not in fields:
        fields["employer"] = EmployerFactory()
    return queue.open_case(**fields)


def test_a_case_starts_to_wait_at_the_time_its_verb_was_told():
    case = opened()

    assert Case.objects.get(pk=case.pk).created_at == case.created_at == NOW


def test_what_waits_already_keeps_its_place_and_gains_risks_urgency_and_notes():
    employer = EmployerFactory()
    first = opened(employer=employer, risks=["free-mail"], is_urgent=True, note="The name differs.")

    again = opened(employer=employer, now=NOW + timedelta(days=1), risks=["look-alike", "free-mail"], note="A new one.")

    assert again == first
    case = Case.objects.get()
    assert (case.created_at, case.risks, case.is_urgent) == (NOW, ["free-mail", "look-alike"], True)
    assert case.note == "The name differs.\nA new one."


def test_the_same_note_stands_once():
    employer = EmployerFactory()
    opened(employer=employer, note="Phone does not answer.")

    assert opened(employer=employer, note="Phone does not answer.").note == "Phone does not answer."


def test_a_decided_case_does_not_swallow_a_new_one():
    employer = EmployerFactory()
    first = opened(employer=employer)
    Case.objects.filter(pk=first.pk).update(decided_at=NOW, outcome="accepted")

    assert opened(employer=employer) != first


def test_different_things_of_one_employer_wait_apart():
    employer = EmployerFactory()
    opening = ListingFactory(employer=employer)

    cases = {
        opened(employer=employer),
        opened(employer=employer, kind="report"),
        opened(employer=employer, kind="report", listing=opening),
        opened(employer=employer, kind="opening", listing=opening),
    }

    assert len(cases) == 4


def test_urgent_cases_come_first_then_the_oldest():
    young = opened(now=NOW)
    old = opened(now=NOW - timedelta(days=3))
    urgent = opened(now=NOW, is_urgent=True)
    Case.objects.filter(pk=opened().pk).update(decided_at=NOW, outcome="accepted")

    assert list(queue.waiting()) == [urgent, old, young]


def test_a_guest_moderator_sees_employers_with_a_site_or_remote_work_in_their_states():
    here = opened(employer=SiteFactory(state="NY").employer)
    opened(employer=SiteFactory(state="NJ", zip="07030").employer)
    remote = ListingFactory(remote_states=["NY", "CT"])
    there = opened(employer=remote.employer, kind="opening", listing=remote)
    guest = GuestModerator.objects.create(user=UserFactory(), states=["NY"])

    assert set(queue.waiting(guest.user)) == {here, there}
    assert queue.waiting(UserFactory()).count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_open_one_case():
    employer = EmployerFactory()

    cases = race(lambda: opened(employer=employer, risks=["reported"]), times=12)

    assert len({case.pk for case in cases}) == 1
    assert Case.objects.count() == 1
