"""Pausing, the breaker, the hold after a restore, and what operators see."""

import logging
from datetime import UTC, datetime, timedelta

from django.core.mail import mail_admins
from django.db.models import Count, Min, Q
from django.db.models.functions import Now

from . import journal, ledger
from .models import Attempt, Delivery, Heartbeat, OutboxSwitch

log = logging.getLogger(__name__)

BREAKER_WINDOW, BREAKER_AT_LEAST, BREAKER_SHARE = 1000, 100, 0.05
RESTORE_WINDOW = timedelta(days=7)
RELEASED = "released"  # kept among the heartbeats: when sending was last released after a restore


def pause(stream="", *, why, until=None):
    """Send nothing of a stream (empty: nothing at all) until resumed, or until the aware datetime `until`."""
    OutboxSwitch.objects.update_or_create(
        stream=stream, defaults={"paused": True, "why": why[:200], "until": until, "changed_at": Now()}
    )


def resume(stream=""):
    """Let a stream (empty: the whole) flow again; False if it was not paused."""
    return (
        OutboxSwitch.objects.filter(stream=stream, paused=True).update(
            paused=False, why="", until=None, changed_at=Now()
        )
        > 0
    )


def paused():
    """Switches that stop something now."""
    return OutboxSwitch.objects.filter(Q(until=None) | Q(until__gt=Now()), paused=True).order_by("stream")


def replay_journal(path=None, *, chunk=1000):
    """Mark everything the sent journal knows as sent; return how many were not yet. Safe to repeat."""
    marked, entries = 0, []
    for entry in journal.read(path):
        entries.append(entry)
        if len(entries) >= chunk:
            marked += ledger.mark_sent(entries)
            entries = []
    return marked + ledger.mark_sent(entries)


def release():
    """End a hold after a restore: first learn from the sent journal what is out already, then switch on.

    The moment is kept: what the journal knew until then holds nothing again.
    """
    marked = replay_journal()
    Heartbeat.objects.update_or_create(name=RELEASED, defaults={"at": datetime.now(UTC)})
    resume("")
    return marked


def hold_if_restored():
    """Hold everything when the journal is ahead of the ledger, as after restoring an older backup; say whether it did.

    Ahead means: it names a delivery we do not have, or an epoch the row has not reached. Epochs only rise, so neither
    happens otherwise. Lines from before the last release hold nothing; but when a planner since made a delivery that
    they know, under the same key, it is out already and is marked as sent.
    """
    since = datetime.now(UTC) - RESTORE_WINDOW
    entries = [entry for entry in journal.read(tail_bytes=200_000) if entry.at > since]
    epochs = dict(Delivery.objects.filter(pk__in=[entry.delivery_id for entry in entries]).values_list("pk", "epoch"))
    ahead = [entry for entry in entries if entry.epoch > epochs.get(entry.delivery_id, -1)]
    if not ahead:
        return False
    released_at = Heartbeat.objects.filter(name=RELEASED).values_list("at", flat=True).first()
    news = [entry for entry in ahead if released_at is None or entry.at > released_at]
    if not news:
        ledger.mark_sent([entry for entry in ahead if entry.delivery_id in epochs])
        return False
    if not OutboxSwitch.objects.filter(stream="", paused=True).exists():
        pause("", why=f"restored backup? the sent journal is ahead by {len(news)}; see `manage.py outbox release`")
        log.error("The sent journal is ahead of the ledger by %d messages. Sending is on hold.", len(news))
    return True


def check_breaker(stream):
    """Pause a stream when more than 5 % of its last 1,000 tries were refused for good; say whether it did."""
    switch = OutboxSwitch.objects.filter(stream=stream).first()
    if switch and switch.paused:
        return False
    tries = Attempt.objects.filter(delivery__stream=stream, ended_at__isnull=False, data_at__isnull=False) | (
        Attempt.objects.filter(delivery__stream=stream, ended_at__isnull=False, reply__regex=r"^5\d\d ")
    )
    if switch:
        tries = tries.filter(ended_at__gt=switch.changed_at)
    outcomes = list(tries.order_by("-ended_at").values_list("outcome", flat=True)[:BREAKER_WINDOW])
    refused = outcomes.count(Attempt.Outcome.FAILED)
    if len(outcomes) < BREAKER_AT_LEAST or refused <= len(outcomes) * BREAKER_SHARE:
        return False
    why = f"breaker: {refused} of the last {len(outcomes)} were refused for good"
    pause(stream, why=why)
    log.error("Stream %s paused. %s", stream, why)
    mail_admins(
        f"Mail stream {stream} is paused", f"{why}.\n`manage.py outbox resume {stream}` switches it on again.\n"
    )
    return True


def beat(name, now):
    """Note that a part of the machinery is alive at the aware datetime `now`."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def status(now):
    """Counts by stream and state, age of the oldest due delivery in seconds, heartbeats, what is paused."""
    streams = {}
    for stream, state, count in (
        Delivery.objects.values_list("stream", "state").annotate(count=Count("pk")).order_by("stream", "state")
    ):
        streams.setdefault(stream, {})[state] = count
    due = Delivery.objects.filter(state=Delivery.State.QUEUED, due_at__lte=now).aggregate(
        count=Count("pk"), oldest=Min("due_at")
    )
    totals = {state: sum(counts.get(state, 0) for counts in streams.values()) for state in Delivery.State.values}
    return {
        "streams": streams,
        "states": totals,
        "due": due["count"],
        "oldest_due_s": _age_s(due["oldest"], now),
        "heartbeat_s": {
            beat.name: _age_s(beat.at, now) for beat in Heartbeat.objects.exclude(name=RELEASED).order_by("name")
        },
        "paused": {switch.stream or "all": switch.why for switch in paused()},
    }


def _age_s(moment, now):
    return None if moment is None else round((now - moment).total_seconds(), 1)
