"""Celery's entrances. Redis only carries "there is work"; PostgreSQL knows which."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from . import control, ledger, sender

log = logging.getLogger(__name__)

DRAIN_S = 20  # then the worker is free for other work; the next sweep goes on


@shared_task(name="outbox.sweep", ignore_result=True, acks_late=True)
def sweep(**_future):
    """Take back what dead senders held, expire what is too late, send what is due."""
    ledger.sweep()
    sender.drain(seconds=DRAIN_S)


@shared_task(name="outbox.heartbeat", ignore_result=True)
def heartbeat(**_future):
    """Show that beat, Redis, a worker and PostgreSQL work together."""
    control.beat("worker", timezone.now())


@shared_task(name="outbox.drain", ignore_result=True, acks_late=True)
def drain(**_future):
    """Send what is due."""
    sender.drain(seconds=DRAIN_S)


@shared_task(name="outbox.drain_account", ignore_result=True, acks_late=True)
def drain_account(**_future):
    """Send account mail, on a queue of its own: a code does not wait behind digests."""
    sender.drain(streams=["account"], seconds=DRAIN_S)


def wake(stream="alerts"):
    """Wake a worker after this transaction. When Redis is away the sweep finds the work ten seconds later."""
    transaction.on_commit(lambda: _send_message(drain_account if stream == "account" else drain))


def _send_message(task):
    try:
        task.apply_async(expires=60, retry=False, ignore_result=True)
    except OperationalError:
        log.warning("Redis is away; %s waits for the next sweep", task.name)
