"""Several connections at once, on a real database."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from careerportal.outbox import ledger
from careerportal.outbox.models import Attempt, Delivery, Item, Recipient
from careerportal.outbox.sender import drain
from tests.outbox.factories import KIND, NOW, queue, recipient

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, work):
    """Run work(n) on `count` threads that start together, each with its own connection."""
    gate = threading.Barrier(count)

    def run(n):
        gate.wait()
        try:
            return work(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def queue_several(count):
    people = Recipient.objects.bulk_create(Recipient(address=f"p{n}@example.org") for n in range(count))
    ledger.enqueue_many(
        [
            ledger.NewDelivery(idem_key=f"k{n}", recipient_id=person.pk, stream="alerts", kind=KIND)
            for n, person in enumerate(people)
        ],
        now=NOW,
    )


def test_twenty_planners_with_one_key_make_one_delivery():
    person = recipient()
    items = [("opening", n, {}) for n in range(5)]
    made = at_once(20, lambda n: queue("same", to=person, items=items if n % 2 else items[::-1]))
    assert sum(one is not None for one in made) == 1
    assert Item.objects.count() == 5


def test_planners_with_different_keys_tell_each_item_once():
    person = recipient()
    items = [("opening", n, {}) for n in range(8)]
    at_once(8, lambda n: queue(f"key {n}", to=person, items=items[n:] + items[:n]))
    assert Item.objects.count() == 8
    assert Delivery.objects.filter(items=None).count() == 0


def test_for_address_makes_one_recipient():
    made = at_once(10, lambda n: recipient("Ann@Example.org").pk)
    assert len(set(made)) == 1


def test_claimers_never_share_a_row():
    queue_several(200)

    def take_all(_n):
        mine = []
        while batch := ledger.claim(limit=7, now=NOW):
            mine += [delivery.pk for delivery in batch]
        return mine

    taken = Counter(key for mine in at_once(4, take_all) for key in mine)
    assert len(taken) == 200
    assert set(taken.values()) == {1}


def test_a_claim_does_not_wait_for_rows_another_holds():
    queue_several(2)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM outbox_delivery WHERE idem_key = 'k0' FOR UPDATE")
        (claimed,) = at_once(1, lambda _n: [delivery.idem_key for delivery in ledger.claim(now=NOW)])
        cursor.execute("ROLLBACK")
    assert claimed == ["k1"]


def test_only_one_of_many_begins_a_delivery():
    queue()
    delivery = ledger.claim(now=NOW)[0]
    assert sum(at_once(8, lambda _n: ledger.begin(delivery, now=NOW))) == 1
    assert Attempt.objects.count() == 1


def test_many_sweeps_take_a_row_back_once():
    queue_several(50)
    ledger.claim(limit=50, now=NOW)
    Delivery.objects.update(lease_until=NOW - timedelta(days=365))
    swept = at_once(4, lambda _n: ledger.sweep(now=NOW, grace_s=0).get("queued", 0))
    assert sum(swept) == 50


def test_senders_at_once_send_each_message_once(sink):
    queue_several(60)
    counts = at_once(3, lambda _n: drain(now=NOW))
    assert sum(count["sent"] for count in counts) == 60
    assert len(sink.taken) == 60
    assert len({envelope.rcpt_tos[0] for envelope in sink.taken}) == 60


def test_begin_and_finish_are_durable_even_where_the_server_is_not_asked_to_be():
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    delivery = ledger.claim(now=NOW)[0]
    seen = []

    def spy(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "set_config('synchronous_commit'" in sql:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute("SHOW synchronous_commit")
                seen.append(cursor.fetchone()[0])
        return result

    with connection.execute_wrapper(spy):
        with transaction.atomic():
            assert ledger.begin(delivery, now=NOW)
        with transaction.atomic():
            assert ledger.finish(delivery, "sent", now=NOW) == "sent"
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone()[0] == "off"
        cursor.execute("SET synchronous_commit = on")
    assert seen == ["on", "on"]


def test_a_finish_waits_until_postgres_is_back(monkeypatch):
    queue()
    delivery = ledger.claim(now=NOW)[0]
    ledger.begin(delivery, now=NOW)
    pid = connection.connection.info.backend_pid

    def cut(_n):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    at_once(1, cut)
    assert ledger.finish(delivery, "sent", "250", now=NOW) == "sent"
    assert Delivery.objects.get().state == "sent"
