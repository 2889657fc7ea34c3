"""manage.py outbox."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from careerportal.outbox import journal, ledger
from careerportal.outbox.models import Delivery
from tests.outbox.factories import queue, raw, recipient

pytestmark = pytest.mark.django_db


def outbox(*arguments):
    out = StringIO()
    call_command("outbox", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def queue_now(key="a", **fields):
    return queue(key, now=timezone.now(), ignore_quiet=True, **fields)


def test_status_counts_by_stream_and_state_and_says_how_old_the_oldest_is():
    queue_now()
    raw(now=timezone.now())
    answer = outbox("status")
    assert answer["streams"] == {"account": {"queued": 1}, "alerts": {"queued": 1}}
    assert answer["states"]["queued"] == answer["due"] == 2
    assert 0 <= answer["oldest_due_s"] < 60
    assert answer["paused"] == {}
    assert answer["heartbeat_s"] == {}


def test_an_empty_outbox_has_no_oldest():
    assert outbox("status")["oldest_due_s"] is None


def test_a_paused_stream_waits_until_it_is_resumed(sink):
    queue_now()
    outbox("pause", "alerts", "--why", "a broken template")
    assert outbox("status")["paused"] == {"alerts": "a broken template"}
    assert outbox("drain") == {}
    outbox("resume", "alerts")
    assert outbox("drain") == {"sent": 1}


def test_resuming_what_flows_is_an_error():
    with pytest.raises(CommandError, match="was not paused"):
        outbox("resume", "alerts")


def test_an_unknown_stream_is_refused():
    with pytest.raises(CommandError):
        outbox("pause", "rumors")


def test_release_learns_from_the_journal_before_it_switches_on(sink):
    out, waiting = queue_now("out"), queue_now("waiting", to=recipient("b@example.org"))
    outbox("pause", "--why", "restored")
    book = journal.Journal()
    book.write(out)
    book.close()
    assert outbox("drain") == {}
    assert outbox("release") == {"known_from_journal": 1, "resumed": "all"}
    assert outbox("drain") == {"sent": 1}
    waiting.refresh_from_db()
    assert waiting.state == "sent"
    assert [envelope.rcpt_tos for envelope in sink.taken] == [["b@example.org"]]


def test_sweep_and_replay_answer_with_counts(tmp_path):
    delivery = queue_now()
    assert outbox("sweep") == {}
    book = journal.Journal(tmp_path / "elsewhere.log")
    book.write(delivery)
    book.close()
    assert outbox("replay-journal") == {"known_from_journal": 0}
    assert outbox("replay-journal", "--path", str(tmp_path / "elsewhere.log")) == {"known_from_journal": 1}


@pytest.mark.django_db(transaction=True)
def test_draining_with_sweeps_waits_for_what_another_sender_holds(sink, settings):
    queue_now()
    settings.OUTBOX_LEASE_S = 1
    ledger.claim()
    ledger.RESTART_GRACE_S, before = 0, ledger.RESTART_GRACE_S
    try:
        assert outbox("drain", "--keep-sweeping", "--seconds", "20") == {"sent": 1}
    finally:
        ledger.RESTART_GRACE_S = before
    assert Delivery.objects.get().attempts == 1


def test_people_get_sentences():
    queue_now()
    out = StringIO()
    call_command("outbox", "pause", stdout=out)
    call_command("outbox", "status", stdout=out)
    assert "alerts: 1 queued" in out.getvalue()
    assert "all paused: by hand" in out.getvalue()
