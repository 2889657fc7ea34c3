"""The sent journal: what is out already, whatever the database remembers."""

from datetime import UTC, datetime, timedelta

import pytest

from careerportal.outbox import control, journal, ledger
from careerportal.outbox.models import Attempt, Delivery, OutboxSwitch
from tests.outbox.factories import NOW, queue, raw

pytestmark = pytest.mark.django_db


def write(*deliveries):
    book = journal.Journal()
    for delivery in deliveries:
        book.write(delivery)
    book.flush()
    book.close()


def test_lines_are_read_back_and_torn_ones_skipped():
    delivery = queue()
    write(delivery, delivery)
    with journal.Journal().path.open("a") as file:
        file.write("torn li")
    entries = list(journal.read())
    assert [entry.message_id for entry in entries] == [delivery.message_id] * 2
    assert abs(entries[0].at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_sender_killed_between_the_yes_and_its_commit_causes_no_second_copy():
    queue()
    delivery = ledger.claim(now=NOW)[0]
    ledger.begin(delivery, now=NOW)
    write(delivery)
    Delivery.objects.update(lease_until=NOW - timedelta(days=365))

    assert ledger.sweep(now=NOW, grace_s=0) == {"sent": 1}
    assert Delivery.objects.get().state == "sent"
    assert Attempt.objects.get().outcome == "sent"


def test_replaying_marks_what_is_out_and_twice_is_once():
    out, waiting, code = queue("out"), queue("waiting"), raw("code")
    write(out, code)
    assert control.replay_journal() == 2
    assert control.replay_journal() == 0
    assert set(Delivery.objects.filter(state="sent")) == {out, code}
    waiting.refresh_from_db()
    assert waiting.state == "queued"
    code.refresh_from_db()
    assert code.payload == {}


def test_replaying_leaves_final_states_alone():
    delivery = queue()
    held = ledger.claim(now=NOW)[0]
    ledger.cancel(held, "gone")
    write(delivery)
    assert control.replay_journal() == 0


def test_an_older_backup_holds_everything_until_released():
    delivery = queue()
    held = ledger.claim(now=NOW)[0]
    write(held)
    assert not control.hold_if_restored()

    Delivery.objects.update(epoch=0, state="queued", lease_until=None)  # as it was when the backup was made
    assert control.hold_if_restored()
    assert ledger.claim(now=NOW) == []

    assert control.release() == 1
    assert not OutboxSwitch.objects.filter(paused=True).exists()
    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_a_delivery_the_database_does_not_have_holds_everything():
    delivery = queue()
    held = ledger.claim(now=NOW)[0]
    write(held)
    delivery.delete()
    assert control.hold_if_restored()
    assert "ahead by 1" in OutboxSwitch.objects.get(stream="").why


def test_no_journal_holds_nothing():
    assert not control.hold_if_restored()


def test_what_was_sent_before_a_release_holds_nothing_again():
    unknown = queue()
    write(ledger.claim(now=NOW)[0])
    unknown.delete()  # sent after the backup: the restored database never saw it
    assert control.hold_if_restored()

    control.release()

    assert not control.hold_if_restored()
    assert not OutboxSwitch.objects.filter(paused=True).exists()


def test_a_delivery_planned_anew_after_a_release_is_known_to_be_out():
    first = queue()
    write(ledger.claim(now=NOW)[0])
    key = first.idem_key
    first.delete()
    control.hold_if_restored()
    control.release()
    again = queue(key)

    assert not control.hold_if_restored()
    again.refresh_from_db()
    assert again.state == "sent"


def test_a_second_restore_holds_again():
    write(queue("first"))
    control.release()
    second = queue("second")
    write(second)
    assert not control.hold_if_restored()

    second.delete()
    assert control.hold_if_restored()
