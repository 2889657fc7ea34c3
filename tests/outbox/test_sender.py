"""From the ledger to a mail server and back."""

from datetime import UTC, datetime, timedelta

import pytest

from careerportal.outbox import journal, ledger, pace, streams
from careerportal.outbox.models import Attempt, Delivery, Item, OutboxSwitch, Pace, Suppression
from careerportal.outbox.sender import Sender, drain
from careerportal.outbox.transport import SmtpTransport, open_transport
from tests.outbox.factories import NOW, queue, raw, recipient

pytestmark = pytest.mark.django_db


def queue_several(count, **fields):
    return [queue(f"k{n}", to=recipient(f"p{n}@example.org"), **fields) for n in range(count)]


def test_what_is_due_reaches_the_server_once_and_is_recorded(sink):
    delivery = queue(items=[("opening", 4711, {})])
    assert drain(now=NOW) == {"sent": 1}
    assert drain(now=NOW) == {}

    (envelope,) = sink.taken
    assert envelope.rcpt_tos == ["ann@example.org"]
    assert envelope.mail_from == f"bounce+{delivery.pk.hex}@hwcollab.example"
    assert b"opening:4711" in envelope.content
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reply) == ("sent", "250 taken")
    assert [entry.delivery_id for entry in journal.read()] == [delivery.pk]


def test_one_connection_carries_many_messages_and_is_renewed_after_a_hundred(sink, monkeypatch):
    opened = []
    connect = SmtpTransport._connect
    monkeypatch.setattr(SmtpTransport, "_connect", lambda self: (opened.append(1), connect(self)))
    queue_several(101)
    assert drain(now=NOW) == {"sent": 101}
    assert len(opened) == 2


def test_a_5xx_to_the_recipient_fails_and_suppresses_an_address_that_does_not_exist(sink):
    sink.answers["RCPT"] = ["550 5.1.1 no such person"]
    delivery = queue(items=[("opening", 1, {})])
    assert drain(now=NOW) == {"failed": 1}

    assert Suppression.objects.get().reason == "hard_bounce"
    assert Item.objects.count() == 1
    attempt = Attempt.objects.get(delivery=delivery)
    assert (attempt.outcome, attempt.data_at) == ("failed", None)
    assert attempt.reply.startswith("550 5.1.1")


@pytest.mark.parametrize(
    "reply", ["550 5.7.1 relaying denied", "550 5.1.8 bad sender", "552 5.2.2 mailbox full", "550 no"]
)
def test_other_5xx_replies_suppress_nobody(sink, reply):
    sink.answers["RCPT"] = [reply]
    queue()
    assert drain(now=NOW) == {"failed": 1}
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_4xx_is_tried_again_later_with_the_same_message_id(sink, stage):
    sink.answers[stage] = ["450 4.2.1 later"]
    delivery = queue()
    assert drain(now=NOW) == {"queued": 1}
    assert drain(now=NOW) == {}
    delivery.refresh_from_db()
    assert timedelta(seconds=30) <= delivery.due_at - NOW <= timedelta(seconds=90)

    assert drain(now=delivery.due_at) == {"sent": 1}
    assert delivery.message_id.encode() in sink.taken[0].content
    assert Attempt.objects.count() == 2


def test_the_connection_stays_good_after_a_refusal(sink):
    sink.answers["RCPT"] = ["550 no", "450 later"]
    queue_several(3)
    assert drain(now=NOW) == {"failed": 1, "queued": 1, "sent": 1}


def test_a_421_closes_the_connection_and_the_next_message_opens_another(sink):
    sink.answers["MAIL"] = ["421 4.7.0 too many"]
    queue_several(2)
    assert drain(now=NOW) == {"queued": 1, "sent": 1}
    assert Pace.objects.get(domain="example.org").slow_until is not None


def test_a_line_dropped_in_data_is_tried_again_and_a_code_is_not(sink):
    sink.answers["DATA"] = ["hang up", "hang up"]
    digest, code = queue("digest"), raw("code", resend_if_unsure=False)
    drain(now=NOW)
    drain(now=NOW)
    digest.refresh_from_db()
    code.refresh_from_db()
    assert (digest.state, code.state) == ("queued", "failed")


def test_when_no_server_answers_one_try_is_recorded_and_the_others_wait(settings, unused_port):
    settings.EMAIL_URL, settings.EMAIL_ALLOWED_DOMAINS, settings.PACE_PER_S = (
        f"smtp://127.0.0.1:{unused_port}",
        ["*"],
        0,
    )
    queue_several(3)
    assert drain(now=NOW) == {"queued": 1, "put back": 2}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert drain(now=NOW) == {}


def test_a_domain_not_on_the_allow_list_gets_nothing_and_the_rule_is_named(sink, settings):
    settings.EMAIL_ALLOWED_DOMAINS = ["allowed.example"]
    forbidden, allowed = queue("a"), queue("b", to=recipient("x@allowed.example"))
    assert drain(now=NOW) == {"failed": 1, "sent": 1}
    forbidden.refresh_from_db()
    allowed.refresh_from_db()
    assert "EMAIL_ALLOWED_DOMAINS" in forbidden.reply
    assert [envelope.rcpt_tos for envelope in sink.taken] == [["x@allowed.example"]]


def test_by_default_nobody_outside_gets_mail_from_a_test_or_demo(settings, sink):
    settings.EMAIL_ALLOWED_DOMAINS = []
    raw()
    assert drain(now=NOW) == {"failed": 1}
    assert sink.offers == 0


def test_a_suppression_at_the_last_moment_stops_it_before_data(sink, monkeypatch):
    queue()
    begin = ledger.begin

    def begin_after_suppression(*args, **kwargs):
        Suppression.objects.create(address="ann@example.org", address_hash="x", reason="manual")
        return begin(*args, **kwargs)

    monkeypatch.setattr(ledger, "begin", begin_after_suppression)
    assert drain(now=NOW) == {"suppressed": 1}
    assert sink.offers == 1
    assert sink.taken == []


def test_what_is_no_longer_wanted_or_has_nothing_left_is_cancelled_and_its_items_are_free(sink):
    queue("a", payload={"unwanted": True}, items=[("opening", 1, {})])
    queue("b", payload={"empty": True}, items=[("opening", 2, {})])
    assert drain(now=NOW) == {"cancelled": 2}
    assert not Item.objects.exists()
    assert sink.offers == 0


class Keeping:
    def still_wanted(self, delivery, items, *, now):
        return True

    def build(self, delivery, items, *, now):
        raise streams.NothingLeft("all closed", keep=["opening:1"])


@pytest.fixture
def _handlers(monkeypatch):
    monkeypatch.setattr(streams, "_handlers", dict(streams._handlers))


@pytest.mark.usefixtures("_handlers")
def test_a_handler_may_keep_items_of_dead_openings(sink):
    streams.register("keeping", Keeping())
    delivery = queue(kind="keeping", items=[("opening", 1, {}), ("opening", 2, {})])
    assert drain(now=NOW) == {"cancelled": 1}
    delivery.refresh_from_db()
    assert delivery.reply == "all closed"
    assert list(Item.objects.values_list("object_id", flat=True)) == ["1"]


def test_a_message_that_cannot_be_built_is_tried_later_and_stops_nobody_else(sink):
    queue("a", kind="nobody renders this")
    queue("b", payload={"subject": "Hello\nBcc: eve@example.org"})
    queue("c")
    assert drain(now=NOW) == {"queued": 2, "sent": 1}
    assert set(Delivery.objects.filter(state="queued").values_list("reply", flat=True)) == {
        "could not be built: UnknownHandler",
        "could not be built: UnfitMessage",
    }


NIGHT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 22:00 in New York, 19:00 in Los Angeles


def test_alerts_wait_out_the_night_where_the_person_lives(sink):
    here = queue("here", now=NIGHT, not_after=NIGHT + timedelta(days=1))
    queue("west", to=recipient("w@example.org", zone="America/Los_Angeles"), now=NIGHT)
    queue("asked", to=recipient("n@example.org"), now=NIGHT, ignore_quiet=True)
    raw(now=NIGHT)
    assert drain(now=NIGHT) == {"quiet": 1, "sent": 3}
    here.refresh_from_db()
    assert here.due_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert drain(now=here.due_at) == {"sent": 1}


@pytest.mark.parametrize(
    ("hour", "ends"), [(2, datetime(2026, 11, 22, 13, tzinfo=UTC)), (13, None), (25, None), (26, "next")]
)
def test_quiet_hours_are_from_nine_to_eight(hour, ends):
    moment = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=hour)
    if ends == "next":
        ends = datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert streams.quiet_until("alerts", "America/New_York", moment) == ends
    assert streams.quiet_until("account", "America/New_York", moment) is None


def test_account_mail_goes_before_older_digests(sink):
    queue_several(30)
    code = raw()
    drain(now=NOW)
    assert Attempt.objects.order_by("pk").first().delivery == code


def test_a_busy_domain_is_spread_out_and_others_are_not_held_up(sink, settings):
    settings.PACE_PER_S = 100  # 10 a second for one domain, 5 at once
    settings.EMAIL_ALLOWED_DOMAINS = ["*"]
    queue_several(30)
    queue("other", to=recipient("x@other.example"))
    counts = drain(now=NOW)
    assert counts["sent"] >= 25
    assert counts["sent"] + counts["paced"] == 31
    paced = Delivery.objects.filter(state="queued")
    assert all(delivery.is_paced for delivery in paced)
    assert Delivery.objects.get(idem_key="other").state == "sent"


def test_a_slot_of_the_pace_is_taken_once(settings):
    settings.PACE_PER_S = 10  # one a second for a domain
    waits = [pace.wait_for_domain("example.org") for _ in range(9)]
    assert waits[:5] == [0, 0, 0, 0, 0]
    assert waits == sorted(waits)
    assert 2 < waits[-1] < 9


def test_a_domain_that_asks_for_less_gets_half(settings):
    settings.PACE_PER_S = 10
    pace.slow_down("example.org")
    first, *_, last = [pace.wait_for_domain("example.org") for _ in range(11)]
    plain = [pace.wait_for_domain("plain.example") for _ in range(11)][-1]
    assert first == 0
    assert last > plain * 1.5


def test_a_stream_with_many_refusals_is_paused_and_others_go_on(sink):
    queue_several(112)
    drain(now=NOW)
    for n in range(8):
        queue(f"bad {n}", to=recipient(f"bad{n}@example.org"))
    sink.answers["RCPT"] = ["550 no"] * 8
    assert drain(now=NOW)["failed"] < 8
    switch = OutboxSwitch.objects.get(stream="alerts")
    assert switch.paused
    assert switch.why.startswith("breaker: ")
    raw()
    assert drain(now=NOW) == {"sent": 1}


def test_a_few_refusals_among_few_messages_pause_nothing(sink):
    queue_several(10)
    sink.answers["RCPT"] = ["550 no"] * 5
    assert drain(now=NOW) == {"failed": 5, "sent": 5}
    assert not OutboxSwitch.objects.exists()


def test_a_sender_told_to_stop_gives_back_what_it_has_not_begun(sink):
    queue_several(5)
    sender = Sender(now=NOW)
    hand_over = sender.transport.hand_over
    sender.transport.hand_over = lambda outgoing: (sender.stop(), hand_over(outgoing))[1]
    assert sender.drain() == {"sent": 1, "put back": 4}
    assert Delivery.objects.filter(state="queued", attempts=0).count() == 4


def test_a_journal_that_cannot_be_written_does_not_stop_mail(sink, settings):
    settings.SENT_JOURNAL = settings.BASE_DIR / "manage.py" / "no-folder.log"
    queue()
    assert drain(now=NOW) == {"sent": 1}


def test_the_demo_keeps_mail_here_whatever_the_address(settings):
    settings.EMAIL_URL = "mailbox:"
    queue()
    assert drain(now=NOW) == {"sent": 1}
    assert not open_transport().is_paced
