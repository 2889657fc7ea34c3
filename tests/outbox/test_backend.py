"""Django's mail, through the ledger."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from kombu.exceptions import OperationalError

from careerportal.outbox import control, tasks
from careerportal.outbox.addresses import BadAddress
from careerportal.outbox.models import Delivery, Heartbeat
from careerportal.outbox.sender import drain
from tests.outbox.factories import NOW, queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_ledger(settings):
    settings.EMAIL_BACKEND = "careerportal.outbox.backend.OutboxBackend"


def send(to=("Ann@Example.org",), **fields):
    message = EmailMultiAlternatives("Your code", "It is 1234.\n", to=list(to), **fields)
    message.attach_alternative("<p>It is <b>1234</b>.</p>", "text/html")
    return message.send()


def test_django_mail_is_queued_as_account_mail_and_then_sent(sink):
    assert send() == 1
    delivery = Delivery.objects.get()
    assert (delivery.stream, delivery.kind, delivery.address) == ("account", "raw", "ann@example.org")
    assert delivery.not_after - delivery.due_at == timedelta(hours=24)

    assert drain() == {"sent": 1}
    content = sink.taken[0].content
    assert b"It is <b>1234</b>" in content
    assert b"List-Unsubscribe" not in content
    delivery.refresh_from_db()
    assert delivery.payload == {}


def test_a_code_keeps_for_fifteen_minutes_and_is_never_doubled(sink):
    send(headers={"X-Portal-Kind": "code"})
    delivery = Delivery.objects.get()
    assert delivery.not_after - delivery.due_at == timedelta(minutes=15)
    assert not delivery.resend_if_unsure
    drain()
    assert b"X-Portal-Kind" not in sink.taken[0].content


def test_each_recipient_gets_a_message_of_their_own(sink):
    assert send(to=["a@example.org", "b@example.org"]) == 1
    assert drain() == {"sent": 2}
    assert sorted(envelope.rcpt_tos[0] for envelope in sink.taken) == ["a@example.org", "b@example.org"]
    assert b"b@example.org" not in next(e.content for e in sink.taken if e.rcpt_tos == ["a@example.org"])


def test_the_same_text_twice_is_two_messages():
    send()
    send()
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    "fields", [{"cc": ["x@example.org"]}, {"bcc": ["x@example.org"]}, {"attachments": [("a", "b", "text/plain")]}]
)
def test_copies_and_attachments_are_refused(fields):
    with pytest.raises(ValueError, match="one recipient"):
        send(**fields)
    assert not Delivery.objects.exists()


def test_an_impossible_address_is_refused():
    with pytest.raises(BadAddress):
        send(to=["änn@example.org"])


def test_the_ordinary_function_works_too():
    mail.send_mail("Subject", "Text", None, ["ann@example.org"])
    assert Delivery.objects.get().payload["html"] == ""


def test_a_missing_redis_loses_nothing_and_raises_nothing(monkeypatch, django_capture_on_commit_callbacks):
    def away(**_options):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.drain_account, "apply_async", away)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        send()
    assert len(callbacks) == 1
    assert Delivery.objects.get().state == "queued"


def test_the_sweep_finds_what_no_worker_was_told_about(sink):
    send()
    tasks.sweep(from_a_later_version=True)
    assert len(sink.taken) == 1


def test_account_tasks_leave_other_streams_alone(sink):
    queue(not_after=NOW + timedelta(days=3650), ignore_quiet=True)
    send()
    tasks.drain_account()
    assert len(sink.taken) == 1
    tasks.drain()
    assert len(sink.taken) == 2


def test_the_heartbeat_is_seen():
    tasks.heartbeat()
    assert Heartbeat.objects.get().name == "worker"
    control.beat("worker", NOW)
    assert control.status(NOW + timedelta(seconds=40))["heartbeat_s"] == {"worker": 40.0}
