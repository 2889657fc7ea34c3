"""Queueing, claiming, beginning and finishing: the state machine, one connection."""

from datetime import timedelta

import pytest
from django.db import connection

from careerportal.outbox import ledger, stops
from careerportal.outbox.models import Attempt, Delivery, Item, OutboxSwitch
from tests.outbox.factories import NOW, queue, raw, recipient

pytestmark = pytest.mark.django_db


def taken(**fields):
    queue(**fields)
    return ledger.claim(now=NOW)[0]


def state(delivery):
    return Delivery.objects.get(pk=delivery.pk).state


def test_a_key_queued_twice_is_one_delivery():
    assert queue() is not None
    assert queue() is None
    assert Delivery.objects.count() == 1


def test_an_item_is_told_to_a_recipient_once():
    first = queue("a", items=[("opening", 1, {}), ("opening", 2, {})])
    second = queue("b", items=[("opening", 2, {}), ("opening", 3, {})])

    assert set(first.items.values_list("object_id", flat=True)) == {"1", "2"}
    assert set(second.items.values_list("object_id", flat=True)) == {"3"}


def test_a_delivery_whose_items_are_all_known_is_not_made_and_its_key_stays_free():
    queue("a", items=[("opening", 1, {})])
    assert queue("b", items=[("opening", 1, {})]) is None
    assert queue("b", items=[("opening", 2, {})]) is not None


def test_claim_takes_what_is_due_and_not_too_late():
    queue("due")
    queue("later", due_at=NOW + timedelta(minutes=1))
    queue("too late", due_at=NOW - timedelta(hours=7))

    assert [delivery.idem_key for delivery in ledger.claim(now=NOW)] == ["due"]
    assert ledger.claim(now=NOW) == []


def test_begin_and_finish_leave_the_evidence():
    delivery = taken(items=[("opening", 1, {})])
    assert ledger.begin(delivery, now=NOW)
    assert ledger.finish(delivery, "sent", "250 ok", now=NOW) == "sent"

    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.reply, delivery.attempts) == ("sent", NOW, "250 ok", 1)
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.epoch) == ("sent", 1)
    assert attempt.data_at is not None
    assert attempt.ended_at is not None


def test_a_second_begin_of_the_same_epoch_is_refused():
    delivery = taken()
    assert ledger.begin(delivery, now=NOW)
    assert not ledger.begin(delivery, now=NOW)


@pytest.mark.parametrize(("scope", "left"), [("all", "suppressed"), ("commercial", "suppressed")])
def test_a_suppression_between_claim_and_begin_stops_it(scope, left):
    delivery = taken(items=[("opening", 1, {})])
    stops.suppress("Ann@Example.org", reason="manual", scope=scope)

    assert not ledger.begin(delivery, now=NOW)
    assert ledger.refuse(delivery, now=NOW) == left
    assert Item.objects.count() == 1


def test_a_commercial_suppression_lets_account_mail_through():
    raw()
    stops.suppress("ann@example.org", reason="complaint", scope="commercial")
    assert ledger.begin(ledger.claim(now=NOW)[0], now=NOW)


def test_a_suppression_holds_when_the_secret_key_was_changed(settings):
    stops.suppress("ann@example.org", reason="hard_bounce")
    stops.Suppression.objects.update(address=None)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert not ledger.begin(taken(), now=NOW)


def test_a_stop_between_claim_and_begin_cancels_it_and_frees_its_items():
    delivery = taken(items=[("opening", 1, {})])
    assert stops.stop_stream(recipient().pk, "alerts", NOW, "header")
    assert not stops.stop_stream(recipient().pk, "alerts", NOW, "header")

    assert not ledger.begin(delivery, now=NOW)
    assert ledger.refuse(delivery, now=NOW) == "cancelled"
    assert not Item.objects.exists()


def test_a_stop_cancels_what_waits_at_once():
    delivery = queue(items=[("opening", 1, {})])
    stops.stop_stream(recipient().pk, "alerts", NOW, "page")
    assert state(delivery) == "cancelled"
    assert not Item.objects.exists()


def test_a_stop_ends_only_its_own_stream_and_can_be_taken_back():
    stops.stop_stream(recipient().pk, "opportunities", NOW, "page")
    assert ledger.begin(taken(), now=NOW)
    assert stops.resume_stream(recipient().pk, "opportunities")
    assert not stops.is_stopped(recipient().pk, "opportunities")


def test_a_pause_between_claim_and_begin_puts_it_back():
    delivery = taken()
    OutboxSwitch.objects.create(stream="alerts", paused=True, why="test")

    assert not ledger.begin(delivery, now=NOW)
    assert ledger.refuse(delivery, now=NOW) == "queued"
    assert ledger.claim(now=NOW) == []


def test_pausing_everything_holds_account_mail_too_until_it_ends():
    raw()
    OutboxSwitch.objects.create(stream="", paused=True, why="restored")
    assert ledger.claim(now=NOW) == []
    OutboxSwitch.objects.update(until=NOW - timedelta(days=365))
    assert len(ledger.claim(now=NOW)) == 1


def test_what_became_too_late_between_claim_and_begin_expires():
    delivery = taken(items=[("opening", 1, {})])
    late = NOW + timedelta(hours=7)
    assert not ledger.begin(delivery, now=late)
    assert ledger.refuse(delivery, now=late) == "expired"
    assert not Item.objects.exists()


def test_a_4xx_waits_longer_each_time_and_gives_up_after_eight_tries():
    delivery, waits = queue(items=[("opening", 1, {})], not_after=NOW + timedelta(days=9)), []
    now = NOW
    for _ in range(8):
        held = ledger.claim(now=now)[0]
        assert ledger.begin(held, now=now)
        left = ledger.finish(held, "retry", "451 later", now=now, chance=lambda: 0.5)
        delivery.refresh_from_db()
        waits.append(round((delivery.due_at - now).total_seconds() / 60))
        now = delivery.due_at

    assert left == "failed"
    assert waits == [1, 5, 15, 60, 180, 360, 360, 360]
    assert delivery.attempts == 8
    assert not Item.objects.exists()


def test_the_wait_is_spread_by_half():
    assert ledger.retry_delay_s(1, chance=lambda: 0.0) == 30
    assert ledger.retry_delay_s(1, chance=lambda: 1.0) == 90


def test_a_5xx_is_final_and_keeps_its_items():
    delivery = taken(items=[("opening", 1, {})])
    ledger.begin(delivery, now=NOW)
    assert ledger.finish(delivery, "failed", "550 no", now=NOW) == "failed"
    assert Item.objects.count() == 1


def lapse(delivery):
    """Let the lease of a delivery run out."""
    Delivery.objects.filter(pk=delivery.pk).update(lease_until=NOW - timedelta(days=365))


def test_the_sweep_takes_back_what_was_not_begun_without_counting_a_try():
    delivery = taken()
    lapse(delivery)
    assert ledger.sweep(now=NOW, grace_s=0) == {"queued": 1}
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, Attempt.objects.count()) == ("queued", 0, 0)


def test_the_sweep_leaves_a_running_lease_alone():
    taken()
    assert ledger.sweep(now=NOW, grace_s=0) == {}


def test_the_sweep_waits_after_postgres_restarts():
    lapse(taken())
    assert ledger.sweep(now=NOW, grace_s=10**9) == {}


def test_the_sweep_sends_again_what_may_have_been_sent_and_says_so():
    delivery = taken()
    ledger.begin(delivery, now=NOW)
    lapse(delivery)
    ledger.sweep(now=NOW, grace_s=0)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("queued", 1)
    assert Attempt.objects.get().outcome == "lost"


def test_a_one_time_code_is_rather_lost_than_doubled():
    delivery = taken(resend_if_unsure=False)
    ledger.begin(delivery, now=NOW)
    lapse(delivery)
    assert ledger.sweep(now=NOW, grace_s=0) == {"failed": 1}


def test_the_sweep_gives_up_after_eight_tries_and_frees_the_items():
    delivery = taken(items=[("opening", 1, {})])
    ledger.begin(delivery, now=NOW)
    Delivery.objects.update(attempts=8)
    lapse(delivery)
    assert ledger.sweep(now=NOW, grace_s=0) == {"failed": 1}
    assert not Item.objects.exists()


def test_what_kills_its_senders_comes_back_later_each_time():
    delivery = taken()
    Delivery.objects.update(epoch=20)
    lapse(delivery)
    ledger.sweep(now=NOW, grace_s=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT due_at > now() + interval '6 minutes' FROM outbox_delivery")
        assert cursor.fetchone()[0]


def test_the_sweep_expires_what_is_too_late_and_frees_its_items():
    delivery = queue(items=[("opening", 1, {})])
    assert ledger.sweep(now=NOW + timedelta(hours=7), grace_s=0) == {"expired": 1}
    assert state(delivery) == "expired"
    assert queue("tomorrow", items=[("opening", 1, {})]) is not None


def test_a_zombie_can_neither_begin_nor_finish():
    zombie = taken()
    ledger.begin(zombie, now=NOW)
    lapse(zombie)
    ledger.sweep(now=NOW, grace_s=0)
    owner = ledger.claim(now=NOW)[0]
    ledger.begin(owner, now=NOW)

    assert ledger.finish(zombie, "failed", "late", now=NOW) == ""
    assert ledger.finish(owner, "sent", "250", now=NOW) == "sent"
    assert set(Attempt.objects.values_list("epoch", "outcome")) == {(1, "lost"), (2, "sent")}


def test_cancelling_frees_items_except_those_to_keep():
    delivery = taken(items=[("opening", 1, {}), ("opening", 2, {})])
    assert ledger.cancel(delivery, "nothing left", keep=["opening:1"])
    assert list(Item.objects.values_list("object_id", flat=True)) == ["1"]


def test_putting_back_costs_no_try():
    delivery = taken()
    assert ledger.put_back(delivery, due_at=NOW + timedelta(minutes=1), reply="pace")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.reply) == ("queued", 0, "pace")


def test_account_mail_is_scrubbed_when_final_and_not_before():
    delivery = raw()
    held = ledger.claim(now=NOW)[0]
    ledger.begin(held, now=NOW)
    assert held.payload["text"]
    ledger.finish(held, "sent", now=NOW)
    delivery.refresh_from_db()
    assert delivery.payload == {}


def test_message_ids_come_from_the_key_and_never_change():
    delivery = queue("alerts:7:2026-11-22")
    assert delivery.pk == ledger.delivery_id("alerts:7:2026-11-22")
    assert delivery.message_id == f"<{delivery.pk}@hwcollab.example>"


def test_an_erased_recipient_gets_nothing_and_leaves_no_address():
    person = recipient()
    done = taken()
    ledger.begin(done, now=NOW)
    ledger.finish(done, "sent", now=NOW)
    waiting = queue("waiting", items=[("opening", 1, {})])
    stops.suppress("ann@example.org", reason="manual")
    erased = stops.erase(person, now=NOW)

    assert erased.address is None
    assert erased.address_hash
    assert state(waiting) == "cancelled"
    assert not Delivery.objects.exclude(address=None).exists()
    assert queue("after", to=erased) is None
    again = recipient()
    assert again.pk != erased.pk
    assert not ledger.begin(taken(key="again", to=again), now=NOW)
