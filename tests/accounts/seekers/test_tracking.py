"""The list of applications: add, move, edit, delete, and the kit for an interview."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import tracking
from accounts.models import SavedListing, TrackedApplication
from tests.clock import NOW
from tests.employers_factories import ListingFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def seeker(client):
    user = UserFactory()
    client.force_login(user)
    return user


def an_application(user, **fields):
    return tracking.add(user=user, now=NOW, **{"employer_name": "Elm Clinic", "title": "Navigator", **fields})


def test_an_application_made_elsewhere_is_written_down(client, seeker):
    typed = {
        "employer_name": "Elm Clinic", "title": "Navigator", "place": "Troy", "link": "elm.example/jobs/1",
        "state": "applied", "applied_on": "2026-11-20", "next_step": "Call", "next_step_on": "2026-12-01",
    }  # fmt: skip

    client.post(reverse("application_new"), typed)

    one = TrackedApplication.objects.get(user=seeker)
    assert (one.link, one.applied_on, one.next_step_on) == (
        "https://elm.example/jobs/1", date(2026, 11, 20), date(2026, 12, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"title": ""}, "Type what the job is called."),
        ({"employer_name": ""}, "Type the name of the employer."),
        ({"next_step_on": "2026-12-01"}, "Say what the next step is"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"state": "hired"}, "Select a valid choice"),
        ({"applied_on": "soon"}, "Enter a valid date."),
    ],
)
def test_mistakes_are_named_and_nothing_is_kept(client, seeker, typed, says):
    answer = client.post(
        reverse("application_new"), {"employer_name": "Elm Clinic", "title": "Navigator", "state": "applied"} | typed
    )

    assert says in answer.content.decode()
    assert not TrackedApplication.objects.exists()


def test_i_applied_puts_an_opening_on_the_list_once(client, seeker):
    opening = ListingFactory(published=True)
    address = reverse("application_from", args=[opening.pk])

    client.get(address)
    assert not TrackedApplication.objects.exists()
    client.post(address)
    client.post(address)

    one = TrackedApplication.objects.get()
    assert (one.title, one.employer_name, one.state) == (opening.headline, opening.employer.name, "applied")
    assert one.applied_on


def test_a_draft_of_an_employer_cannot_be_put_on_a_list(client, seeker):
    assert client.post(reverse("application_from", args=[ListingFactory().pk])).status_code == 404


def test_a_saved_opening_that_closed_can_still_be_put_on_the_list(client, seeker):
    opening = ListingFactory(closed=True)
    SavedListing.objects.create(user=seeker, listing=opening, created_at=NOW)

    assert client.post(reverse("application_from", args=[opening.pk])).status_code == 302


def test_moving_notes_the_day_and_moving_back_forgets_later_ones(seeker):
    one = an_application(seeker)

    one = tracking.move(application=one, to="interview", now=NOW)
    assert (one.applied_on, one.interview_on) == (TODAY, TODAY)
    one = tracking.move(application=one, to="heard-back", now=NOW)

    assert (one.heard_back_on, one.interview_on) == (TODAY, None)


def test_closing_keeps_the_days_before(seeker):
    one = tracking.move(application=an_application(seeker), to="interview", now=NOW)

    one = tracking.move(application=one, to="closed", now=NOW)

    assert (one.interview_on, one.closed_on) == (TODAY, TODAY)


def test_an_unknown_step_is_refused(seeker):
    with pytest.raises(tracking.TrackingRefused):
        tracking.move(application=an_application(seeker), to="hired", now=NOW)


def test_a_full_list_says_so(client, seeker, monkeypatch):
    monkeypatch.setattr(tracking, "MOST", 1)
    an_application(seeker)

    typed = {"employer_name": "Oak Clinic", "title": "Navigator", "state": "applied"}

    assert "full" in client.post(reverse("application_new"), typed).content.decode()


@pytest.mark.parametrize("route", ["application", "application_kit"])
def test_nobody_reads_or_changes_another_persons_application(client, seeker, route):
    theirs = an_application(UserFactory())

    assert client.get(reverse(route, args=[theirs.pk])).status_code == 404
    assert client.post(reverse(route, args=[theirs.pk]), {"do": "delete"}).status_code == 404
    assert TrackedApplication.objects.filter(pk=theirs.pk).exists()


def test_an_application_is_changed_and_deleted(client, seeker):
    one = an_application(seeker)
    address = reverse("application", args=[one.pk])

    client.post(address, {"employer_name": "Oak Clinic", "title": "Navigator", "note": "Ask for Ms. Ruiz."})
    one.refresh_from_db()
    assert (one.employer_name, one.note, one.state) == ("Oak Clinic", "Ask for Ms. Ruiz.", "applied")
    client.post(address, {"do": "move", "to": "offer"})
    one.refresh_from_db()
    assert one.state == "offer"
    client.post(address, {"do": "delete"})
    assert not TrackedApplication.objects.exists()


def test_the_kit_asks_what_the_ad_leaves_out_and_keeps_notes(client, seeker):
    opening = ListingFactory(published=True, caseload="")
    one = tracking.add(user=seeker, listing=opening, now=NOW)
    address = reverse("application_kit", args=[one.pk])

    assert "How many people would I look after" in client.get(address).content.decode()
    client.post(address, {"note": "They asked about home visits.", "interview_on": "2026-12-02"})

    one.refresh_from_db()
    assert (one.state, one.interview_on, one.note) == ("interview", date(2026, 12, 2), "They asked about home visits.")


def test_the_kit_of_an_application_elsewhere_asks_about_all_eight_facts(client, seeker):
    page = client.get(reverse("application_kit", args=[an_application(seeker).pk])).content.decode()

    assert "What does the job pay" in page
    assert "Which languages do they speak" in page


def test_the_list_costs_the_same_for_two_as_for_twelve(client, seeker):
    def add(count):
        for _ in range(count):
            tracking.add(user=seeker, listing=ListingFactory(published=True), now=NOW)

    add(2)
    client.get(reverse("applications"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("applications"))
    add(10)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("applications"))

    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_application():
    user, opening = UserFactory(), ListingFactory(published=True)
    start = threading.Barrier(3)

    def press():
        try:
            start.wait()
            tracking.add(user=user, listing=opening, now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert TrackedApplication.objects.filter(user=user).count() == 1
