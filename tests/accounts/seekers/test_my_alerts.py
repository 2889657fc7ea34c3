"""Alerts in the account: list, change by the search, copy, pause, delete, day and hour."""

from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import alerts, planner
from accounts.models import JobAlert
from careerportal.outbox import stops
from careerportal.outbox.models import Item
from employers.search import ListingCriteria
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.clock import NOW
from tests.employers_factories import ListingFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client):
    user = UserFactory(email="sam@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.force_login(user)
    return JobAlertFactory(
        recipient=RecipientFactory(address="sam@example.org"), criteria=ListingCriteria(words="nurse", roles=("cc",))
    )


def test_the_list_shows_what_each_looks_for_and_how_it_stands(client, mine):
    page = client.get(reverse("me_alerts")).content.decode()

    assert "nurse" in page
    assert 'data-alert-state="active"' in page


def test_an_alert_goes_to_the_search_and_comes_back_changed(client, mine):
    taken = client.post(reverse("me_alert_search", args=[mine.pk]))
    assert "q=nurse" in taken.url
    search = client.get("/openings/?q=social+work").content.decode()
    assert "You are changing an alert" in search

    client.post(reverse("me_alert_change", args=[mine.pk]), {"search": "q=social+work"})

    assert JobAlert.objects.get().criteria == ListingCriteria(words="social work")
    assert "You are changing an alert" not in client.get("/openings/").content.decode()


def test_who_changes_nothing_sees_no_notice_above_the_search(client, mine):
    assert "You are changing an alert" not in client.get("/openings/").content.decode()


def test_changing_to_what_another_alert_asks_is_refused_in_words(client, mine):
    JobAlertFactory(recipient=mine.recipient, criteria=ListingCriteria(words="social work"))

    answer = client.post(reverse("me_alert_change", args=[mine.pk]), {"search": "q=social+work"}, follow=True)

    assert "You have an alert for exactly this already" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.criteria.words == "nurse"


def test_a_bad_search_changes_nothing(client, mine):
    client.post(reverse("me_alert_change", args=[mine.pk]), {"search": "role=boss"})

    mine.refresh_from_db()
    assert mine.criteria.words == "nurse"


def test_a_deleted_alert_is_gone_and_what_it_told_is_not_told_again(client, mine):
    alerts.change(alert=mine, criteria=ListingCriteria(), now=NOW)
    JobAlert.objects.update(next_run_at=NOW)
    listing = ListingFactory(published=True)
    planner.plan(now=NOW)

    client.post(reverse("me_alert", args=[mine.pk]), {"do": "delete"})

    assert not JobAlert.objects.exists()
    assert Item.objects.get(kind="opening").object_id == str(listing.pk)
    alerts.delete(alert=mine)  # again changes nothing
    with pytest.raises(alerts.AlertRefused):
        alerts.change(alert=mine, criteria=ListingCriteria(), now=NOW)


def test_an_alert_is_paused_and_turned_on_again(client, mine):
    address = reverse("me_alert", args=[mine.pk])

    client.post(address, {"do": "pause"})
    mine.refresh_from_db()
    assert mine.state == "paused"
    client.post(address, {"do": "resume"})
    mine.refresh_from_db()
    assert mine.state == "active"


def test_day_and_hour_are_changed_for_all_alerts_of_the_address(client, mine):
    other = JobAlertFactory(recipient=mine.recipient)

    client.post(
        reverse("me_alert", args=[mine.pk]), {"do": "schedule", "frequency": "weekly", "weekday": "2", "hour": "18"}
    )

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.frequency, mine.weekday, mine.recipient.local_hour) == ("weekly", 2, 18)
    assert other.next_run_at.astimezone(ZoneInfo("America/New_York")).hour == 18


@pytest.mark.parametrize("hour", ["3", "25", "x"])
def test_an_hour_of_the_night_is_refused(client, mine, hour):
    answer = client.post(
        reverse("me_alert", args=[mine.pk]), {"do": "schedule", "frequency": "daily", "weekday": "0", "hour": hour}
    )

    assert answer.status_code == 200
    mine.recipient.refresh_from_db()
    assert mine.recipient.local_hour == 8


def test_the_verb_refuses_an_hour_of_the_night(mine):
    with pytest.raises(alerts.AlertRefused):
        alerts.set_hour(recipient_id=mine.recipient_id, hour=3, now=NOW)


@pytest.mark.parametrize("route", ["me_alert", "me_alert_search", "me_alert_change"])
def test_nobody_touches_another_persons_alert(client, mine, route):
    theirs = JobAlertFactory()

    assert client.post(reverse(route, args=[theirs.pk]), {"do": "delete", "search": "q=x"}).status_code == 404
    assert JobAlert.objects.filter(pk=theirs.pk).exists()


def test_a_copy_begins_with_what_the_alert_asks(client, mine):
    page = client.get(reverse("me_alert", args=[mine.pk])).content.decode()

    assert f'href="{reverse("alert_new")}?q=nurse&amp;role=cc"' in page


def test_the_list_costs_the_same_for_two_as_for_twelve(client, mine):
    def add(first, last):
        for number in range(first, last):
            JobAlertFactory(recipient=mine.recipient, criteria=ListingCriteria(words=f"word{number}"))

    add(0, 1)
    client.get(reverse("me_alerts"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("me_alerts"))
    add(1, 11)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("me_alerts"))

    assert len(many) == len(few)


def test_an_alert_made_by_address_and_never_confirmed_is_turned_on_by_who_has_proved_the_address(client, mine):
    waits = JobAlertFactory(recipient=mine.recipient, unconfirmed=True)
    where = reverse("me_alert", args=[waits.pk])
    assert 'value="confirm"' in client.get(where).content.decode()

    assert "Your alert is on" in client.post(where, {"do": "confirm"}, follow=True).content.decode()
    waits.refresh_from_db()
    assert waits.state == JobAlert.State.ACTIVE
    assert waits.next_run_at is not None


def test_all_alert_mail_comes_back_with_one_alert(client, mine):
    stops.stop_stream(mine.recipient_id, "alerts", NOW, "header")
    where = reverse("me_alert", args=[mine.pk])
    assert "You have stopped all alert email" in client.get(where).content.decode()

    client.post(where, {"do": "resume"})
    assert "You have stopped all alert email" not in client.get(where).content.decode()
