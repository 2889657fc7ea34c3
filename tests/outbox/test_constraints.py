"""One row each constraint rejects."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from careerportal.outbox.models import (
    Attempt,
    Delivery,
    DeliveryEvent,
    Item,
    Recipient,
    StreamStop,
    Suppression,
)
from tests.outbox.factories import NOW, queue, raw, recipient

pytestmark = pytest.mark.django_db


def rejects(name, write):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def change(delivery, **fields):
    return lambda: Delivery.objects.filter(pk=delivery.pk).update(**fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("outbox_delivery_state_known", {"state": "lost"}),
        ("outbox_delivery_stream_known", {"stream": "rumors"}),
        ("outbox_delivery_sent_at_when_sent", {"state": "sent"}),
        ("outbox_delivery_sent_at_when_sent", {"sent_at": NOW}),
        ("outbox_delivery_lease_when_owned", {"state": "leased"}),
        ("outbox_delivery_lease_when_owned", {"lease_until": NOW}),
        ("outbox_delivery_address_until_final", {"address": None}),
        ("outbox_delivery_counts_not_negative", {"epoch": -1}),
    ],
)
def test_a_delivery_that_contradicts_itself_is_rejected(name, fields):
    rejects(name, change(queue(), **fields))


def test_account_mail_must_be_scrubbed_to_become_final():
    delivery = raw()
    rejects("outbox_delivery_raw_scrubbed", change(delivery, state="cancelled"))
    change(delivery, state="cancelled", payload={})()


@pytest.mark.parametrize("final", ["sent", "failed", "suppressed", "cancelled", "expired"])
@pytest.mark.parametrize("other", ["queued", "failed", "cancelled"])
def test_a_final_state_is_never_left(final, other):
    delivery = queue()
    change(delivery, state=final, sent_at=NOW if final == "sent" else None)()
    if other != final:
        rejects("stays so", change(delivery, state=other, sent_at=None))
    change(delivery, reply="noted later", address=None)()


def test_ids_keys_and_message_ids_are_unique():
    delivery = queue()
    for field in ("idem_key", "message_id"):
        other = Delivery.objects.get(pk=delivery.pk)
        other.pk, other.idem_key, other.message_id = uuid.uuid4(), "other", "<other>"
        setattr(other, field, getattr(delivery, field))
        rejects(field, lambda other=other: other.save(force_insert=True))


def test_items_are_unique_per_recipient_kind_and_object():
    delivery = queue(items=[("opening", 1, {})])
    item = {"delivery": delivery, "recipient": delivery.recipient, "object_id": "1"}
    rejects("outbox_item_told_once", lambda: Item.objects.create(kind="opening", **item))
    Item.objects.create(kind="closing", **item)


def test_attempts_are_unique_per_epoch_and_end_with_an_outcome():
    delivery = queue()
    Attempt.objects.create(delivery=delivery, epoch=1)
    rejects("outbox_attempt_once_per_epoch", lambda: Attempt.objects.create(delivery=delivery, epoch=1))
    rejects("outcome_when_ended", lambda: Attempt.objects.create(delivery=delivery, epoch=2, outcome="sent"))
    rejects("outcome_when_ended", lambda: Attempt.objects.create(delivery=delivery, epoch=2, ended_at=NOW))
    rejects("outcome_known", lambda: Attempt.objects.create(delivery=delivery, epoch=2, outcome="?", ended_at=NOW))


def test_events_of_a_provider_are_taken_once():
    event = {"provider": "p", "event_id": "1", "kind": "bounced", "happened_at": NOW}
    DeliveryEvent.objects.create(**event)
    rejects("outbox_deliveryevent_once", lambda: DeliveryEvent.objects.create(**event))


def test_recipients_have_a_normalized_address_or_were_erased():
    person = recipient()
    rejects("address_key|unique", lambda: Recipient.objects.create(address="ann@example.org"))
    rejects("address_normalized", lambda: Recipient.objects.create(address="Bob@example.org"))
    rejects("address_unless_erased", lambda: Recipient.objects.create(address=None))
    rejects("address_unless_erased", lambda: Recipient.objects.filter(pk=person.pk).update(erased_at=NOW))
    rejects("hour_of_day", lambda: Recipient.objects.filter(pk=person.pk).update(local_hour=24))


def test_account_mail_cannot_be_stopped():
    stop = {"recipient": recipient(), "at": NOW, "source": "page"}
    rejects("stream_stoppable", lambda: StreamStop.objects.create(stream="account", **stop))
    StreamStop.objects.create(stream="alerts", **stop)
    rejects("streamstop_once", lambda: StreamStop.objects.create(stream="alerts", **stop))


def test_suppressions_are_unique_per_scope_and_of_known_kinds():
    Suppression.objects.create(address_hash="x", reason="manual")
    rejects("suppression_once", lambda: Suppression.objects.create(address_hash="x", reason="manual"))
    rejects("reason_known", lambda: Suppression.objects.create(address_hash="y", reason="whim"))
    rejects("scope_known", lambda: Suppression.objects.create(address_hash="y", reason="manual", scope="some"))


def test_deliveries_keep_for_as_long_as_their_stream_says():
    assert queue("a").not_after == NOW + timedelta(hours=6)
    assert queue("b", stream="opportunities").not_after == NOW + timedelta(hours=24)
    assert queue("c", due_at=NOW + timedelta(hours=1)).not_after == NOW + timedelta(hours=7)
