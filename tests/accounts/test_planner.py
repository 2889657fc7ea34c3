"""Who hears of what: once, within the caps, in one mail a day, and never after a stop."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from accounts import alerts, planner
from accounts.models import JobAlert
from careerportal.outbox.models import Delivery, Item, Recipient
from careerportal.outbox.stops import stop_stream, suppress
from employers import lifecycle
from employers.search import ListingCriteria
from tests.accounts_factories import JobAlertFactory, RecipientFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(recipient=None):
    items = Item.objects.filter(recipient=recipient) if recipient else Item.objects.all()
    return sorted(int(item.object_id) for item in items)


def test_a_due_alert_gets_one_digest_that_names_the_opening_and_the_alert():
    alert, listing = JobAlertFactory(), ListingFactory(published=True)

    plan = planner.plan(now=NOW)

    assert (plan.recipients, plan.deliveries, plan.items) == (1, 1, 1)
    item = Item.objects.get()
    assert (item.recipient, item.kind, item.object_id) == (alert.recipient, "opening", str(listing.pk))
    assert item.reason == {"alerts": [alert.pk]}
    assert item.delivery.idem_key == f"alerts:{alert.recipient_id}:2026-11-22"


def test_planning_again_tells_nothing_twice():
    JobAlertFactory()
    ListingFactory(published=True)

    for days in (0, 0, 1, 2):
        planner.plan(now=NOW + days * DAY, whatever_the_hour=True)

    assert Delivery.objects.count() == Item.objects.count() == 1


def test_two_alerts_of_one_person_become_one_mail_with_both_reasons():
    recipient = RecipientFactory()
    every, words = (
        JobAlertFactory(recipient=recipient),
        JobAlertFactory(recipient=recipient, criteria=ListingCriteria(words="coordinator")),
    )
    ListingFactory(published=True)

    planner.plan(now=NOW)

    assert Delivery.objects.count() == 1
    assert Item.objects.get().reason == {"alerts": [every.pk, words.pk]}


def test_a_digest_holds_ten_openings_two_of_one_employer_and_the_rest_come_later():
    JobAlertFactory()
    for _number in range(6):
        employer = EmployerFactory()
        for _opening in range(3):
            ListingFactory(published=True, employer=employer)

    planner.plan(now=NOW, whatever_the_hour=True)
    assert len(told()) == 10
    assert max(Counter(Item.objects.values_list("delivery_id", flat=True)).values()) == 10
    assert Delivery.objects.get().payload == {"total": 18}

    planner.plan(now=NOW + DAY, whatever_the_hour=True)
    planner.plan(now=NOW + 2 * DAY, whatever_the_hour=True)
    assert len(told()) == len(set(told())) == 18


def test_no_more_than_two_openings_of_one_employer_in_one_mail():
    JobAlertFactory()
    employer = EmployerFactory()
    newest = sorted(ListingFactory(published=True, employer=employer).pk for _number in range(4))[-2:]

    planner.plan(now=NOW)

    assert told() == newest


def test_the_first_digest_looks_back_fourteen_days_and_later_ones_to_all_that_is_live():
    alert = JobAlertFactory()
    old = ListingFactory(published=True, published_at=NOW - 20 * DAY)
    new = ListingFactory(published=True)

    planner.plan(now=NOW, whatever_the_hour=True)
    assert told() == [new.pk]
    alert.refresh_from_db()
    assert alert.first_digest_at == NOW

    planner.plan(now=NOW + DAY, whatever_the_hour=True)
    assert told() == sorted([old.pk, new.pk])


@pytest.mark.parametrize("trait", ["unconfirmed", "paused", "stopped"])
def test_an_alert_that_is_not_on_sends_nothing(trait):
    JobAlertFactory(**{trait: True})
    ListingFactory(published=True)

    assert planner.plan(now=NOW, whatever_the_hour=True).deliveries == 0


def test_a_pause_that_is_over_sends_again():
    alert = JobAlertFactory(paused=True)
    listing = ListingFactory(published=True)

    planner.plan(now=NOW + 4 * DAY)

    assert told() == [listing.pk]
    alert.refresh_from_db()
    assert (alert.state, alert.paused_until) == (JobAlert.State.ACTIVE, None)


def test_an_alert_not_due_yet_waits_unless_the_hour_does_not_matter():
    JobAlertFactory(next_run_at=NOW + timedelta(minutes=1))
    ListingFactory(published=True)

    assert planner.plan(now=NOW).deliveries == 0
    assert planner.plan(now=NOW, whatever_the_hour=True).deliveries == 1


def test_a_stopped_stream_and_a_suppressed_address_are_not_planned_for():
    stopped, suppressed = JobAlertFactory(), JobAlertFactory()
    stop_stream(stopped.recipient_id, "alerts", NOW, "header")
    suppress(suppressed.recipient.address, reason="complaint")
    ListingFactory(published=True)

    assert planner.plan(now=NOW).deliveries == 0


@pytest.mark.parametrize("trait", ["closed", "taken_down", "unapproved", "suspended"])
def test_what_is_not_live_is_not_told(trait):
    JobAlertFactory()
    fields = {trait: True}
    ListingFactory(**fields if trait in ("closed", "taken_down") else {**fields, "published": True})
    ListingFactory()

    assert planner.plan(now=NOW).deliveries == 0


def test_a_day_of_outage_gives_one_mail_and_the_next_run_is_in_the_future():
    alert = JobAlertFactory(next_run_at=NOW - 5 * DAY)
    ListingFactory(published=True)

    planner.plan(now=NOW)

    alert.refresh_from_db()
    assert Delivery.objects.count() == 1
    assert NOW < alert.next_run_at <= NOW + DAY


def test_a_weekly_alert_that_met_todays_mail_comes_tomorrow_not_next_week():
    recipient = RecipientFactory()
    JobAlertFactory(recipient=recipient)
    ListingFactory(published=True)
    planner.plan(now=NOW)
    weekly = JobAlertFactory(
        recipient=recipient, criteria=ListingCriteria(words="nurse"), frequency="weekly", weekday=0
    )
    ListingFactory(published=True, headline="Nurse")

    planner.plan(now=NOW + timedelta(hours=2))

    weekly.refresh_from_db()
    assert Delivery.objects.count() == 1
    assert weekly.next_run_at <= NOW + DAY


def test_a_reopened_opening_is_not_told_again():
    JobAlertFactory()
    listing = ListingFactory(published=True)
    planner.plan(now=NOW, whatever_the_hour=True)
    lifecycle.close(listing=listing, now=NOW)
    lifecycle.publish(listing=listing, now=NOW + DAY)

    planner.plan(now=NOW + 2 * DAY, whatever_the_hour=True)

    assert Item.objects.count() == 1


def test_with_an_empty_ledger_expected_equals_the_plan_without_caps_and_later_less_what_was_told():
    JobAlertFactory(criteria=ListingCriteria(words="coordinator"))
    JobAlertFactory()
    ListingFactory(published=True)
    ListingFactory(published=True, headline="Nurse", description="Visits.")
    before = {(recipient.pk, listing.pk) for recipient, listing in planner.expected(now=NOW)}

    planner.plan(now=NOW)

    assert before == {(recipient, int(pk)) for recipient, pk in Item.objects.values_list("recipient_id", "object_id")}
    assert list(planner.expected(now=NOW, whatever_the_hour=True)) == []


def test_more_recipients_than_one_batch_are_all_planned_for(monkeypatch):
    monkeypatch.setattr(planner, "RECIPIENTS_A_BATCH", 3)
    for _number in range(8):
        JobAlertFactory()
    ListingFactory(published=True)

    assert planner.plan(now=NOW).deliveries == 8


@pytest.mark.django_db(transaction=True)
def test_planners_running_at_once_tell_each_person_once():
    for _number in range(12):
        JobAlertFactory()
    listings = [ListingFactory(published=True) for _number in range(3)]
    errors = []

    def run():
        try:
            planner.plan(now=NOW)
        except Exception as error:  # any error in a thread must fail the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    planner.plan(now=NOW)

    assert errors == []
    assert Delivery.objects.count() == 12
    assert {told(recipient)[0] for recipient in Recipient.objects.all()} == {listings[0].pk}
    assert Item.objects.count() == 36


def test_confirming_plans_for_the_next_local_morning():
    alert = JobAlertFactory(unconfirmed=True)

    assert alerts.confirm(alert=alert, now=NOW).next_run_at == NOW.replace(hour=13) + DAY


def test_words_that_a_stranger_typed_to_break_the_search_stop_nobodys_mail(client):
    JobAlertFactory()
    ListingFactory(published=True)
    for words in ("-" * 40 + "nurse", "- " * 90 + "nurse", "-(" * 90 + "nurse"):
        client.post("/alerts/new/", {"email": "stranger@example.org", "frequency": "daily", "q": words})

    assert planner.plan(now=NOW).deliveries == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "step", [lambda alert: alerts.stop(alert=alert), lambda alert: alerts.pause(alert=alert, now=NOW)]
)
def test_a_stop_or_pause_asked_for_while_planning_holds(monkeypatch, step):
    alert = JobAlertFactory()
    ListingFactory(published=True)
    enqueue_many, threads = planner.ledger.enqueue_many, []

    def asked_for_meanwhile(*args, **kwargs):
        def ask():
            step(alert)
            connection.close()

        threads.append(threading.Thread(target=ask))
        threads[0].start()
        threads[0].join(timeout=0.5)  # long enough for it to be written, where nothing makes it wait
        return enqueue_many(*args, **kwargs)

    monkeypatch.setattr(planner.ledger, "enqueue_many", asked_for_meanwhile)
    planner.plan(now=NOW)
    threads[0].join(timeout=10)

    alert.refresh_from_db()
    assert not alert.is_on(at=NOW)
