"""The ledger: what is to be sent is written here first, and every step of sending is a single statement.

    enqueue -> claim -> begin -> (DATA) -> finish        sweep puts back what a dead sender held

Everything up to the recipient being accepted happens while a row is `leased`: nothing can have been delivered then, so
a sender that dies there costs no try. `begin` comes directly before DATA and is the moment `attempts` rises. That gives
"killed before DATA does not count" without a further commit (a separate mark would cost about 0.25 ms a message).
"""

import json
import logging
import random
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now

from . import journal, statements
from .addresses import address_hashes
from .models import Delivery, Item
from .prepared import Prepared
from .streams import STREAMS

log = logging.getLogger(__name__)

NAMESPACE = uuid.UUID("6f1d3c52-7a0e-5b0c-9c53-6a1f0f2f9a10")
MAX_ATTEMPTS = 8
RETRY_AFTER_S = (60, 300, 900, 3600, 10_800, 21_600)
JITTER = 0.5
RESTART_GRACE_S = 10  # after a restart of PostgreSQL senders report first
BATCH = 25

_BEGIN = Prepared(
    "outbox_begin", statements.BEGIN, id="uuid", epoch="int", now="timestamptz", lease="float8", hashes="text[]",
    commercial="boolean", with_data="boolean",
)  # fmt: skip
_FINISH = Prepared(
    "outbox_finish", statements.FINISH, id="uuid", epoch="int", outcome="text", reply="text", now="timestamptz",
    max_attempts="int", delay="float8",
)  # fmt: skip


class Told(NamedTuple):
    """One thing a delivery tells about, e.g. Told("opening", 4711, {"alerts": [12]})."""

    kind: str
    object_id: str | int
    reason: Mapping = {}


@dataclass(frozen=True, kw_only=True)
class NewDelivery:
    """A message to queue. `items` are Told (or tuples of kind, object id and reason); times are aware datetimes.

    Without due_at it is due at once; without not_after the stream says how long it keeps; without language it is the
    recipient's.
    """

    idem_key: str
    recipient_id: int
    stream: str
    kind: str
    payload: Mapping = field(default_factory=dict)
    items: Iterable = ()
    due_at: datetime | None = None
    not_after: datetime | None = None
    language: str | None = None
    resend_if_unsure: bool = True
    ignore_quiet: bool = False


def delivery_id(idem_key):
    """The id of the delivery with this key: the same key is the same message, whoever plans it."""
    return uuid.uuid5(NAMESPACE, idem_key)


def message_id(idem_key):
    """Message-ID for a key, the same on every retry (RFC 5322 3.6.4)."""
    return f"<{delivery_id(idem_key)}@{settings.MAIL_DOMAIN}>"


def enqueue_many(new: Iterable[NewDelivery], *, now: datetime) -> list[uuid.UUID]:
    """Queue deliveries in two statements; return the ids of those that are new.

    A key that exists already is left alone. An item its recipient was told about (or is about to be) is dropped; a
    delivery all of whose items are dropped is not made, and its key stays free. Erased recipients get nothing.
    """
    rows = {delivery_id(one.idem_key): one for one in new}
    if not rows:
        return []
    due = {key: one.due_at or now for key, one in rows.items()}
    params = {
        "now": now,
        "ids": list(rows),
        "idem_keys": [one.idem_key for one in rows.values()],
        "recipients": [one.recipient_id for one in rows.values()],
        "streams": [one.stream for one in rows.values()],
        "kinds": [one.kind for one in rows.values()],
        "payloads": [json.dumps(dict(one.payload)) for one in rows.values()],
        "languages": [one.language for one in rows.values()],
        "due_ats": [one.due_at for one in rows.values()],
        "not_afters": [one.not_after or due[key] + STREAMS[one.stream].keeps_for for key, one in rows.items()],
        "resends": [one.resend_if_unsure for one in rows.values()],
        "ignore_quiets": [one.ignore_quiet for one in rows.values()],
        "message_ids": [message_id(one.idem_key) for one in rows.values()],
    }
    with transaction.atomic():
        made = [key for (key,) in _rows(statements.ENQUEUE, params)]
        items = [(key, rows[key].recipient_id, *Told(*told)) for key in made for told in rows[key].items]
        if items:
            told = {
                "deliveries": [item[0] for item in items],
                "recipients": [item[1] for item in items],
                "kinds": [item[2] for item in items],
                "objects": [str(item[3]) for item in items],
                "reasons": [json.dumps(item[4]) for item in items],
            }
            with_items = {key for (key,) in _rows(statements.ENQUEUE_ITEMS, told)}
            empty = {item[0] for item in items} - with_items
            if empty:
                Delivery.objects.filter(pk__in=empty).delete()
                made = [key for key in made if key not in empty]
    return made


def enqueue(*, recipient, now: datetime, **fields) -> Delivery | None:
    """Queue one delivery (fields of NewDelivery); return it, or None when there is nothing new to send."""
    made = enqueue_many([NewDelivery(recipient_id=recipient.pk, **fields)], now=now)
    return Delivery.objects.get(pk=made[0]) if made else None


def told(kind: str, object_ids: Iterable, recipient_ids: Iterable) -> dict[int, set[int]]:
    """Which of these things each of these recipients was told of, or is about to be: recipient id -> object ids."""
    rows = Item.objects.filter(
        kind=kind, object_id__in=[str(one) for one in object_ids], recipient_id__in=list(recipient_ids)
    )
    found = {}
    for recipient_id, object_id in rows.values_list("recipient_id", "object_id"):
        found.setdefault(recipient_id, set()).add(int(object_id))
    return found


def claim(*, limit=BATCH, streams=None, now=None) -> list[Delivery]:
    """Lease up to `limit` due deliveries for OUTBOX_LEASE_S seconds, oldest first; only of `streams` when given.

    Rows another sender is taking are skipped, paused streams are left alone.
    """
    sql = statements.CLAIM.replace("{stream}", "AND d.stream = ANY(%(streams)s)" if streams else "")
    params = {"now": now, "lease": settings.OUTBOX_LEASE_S, "limit": limit, "streams": list(streams or ())}
    return sorted(Delivery.objects.raw(sql, params), key=lambda delivery: delivery.due_at)


def begin(delivery, *, with_data=True, now=None) -> bool:
    """Mark a leased delivery as being sent and record the attempt; only then may DATA be sent.

    False when it is not ours any more, or must not go out: suppressed, stopped, paused, too late (see refuse).
    `with_data=False` records a try that ended before DATA.
    """
    return bool(_BEGIN.rows({**_permission(delivery, now), "with_data": with_data}))


def refuse(delivery, *, now=None) -> str:
    """Write down why begin said no; return the state left: queued, suppressed, cancelled, expired; "" if not ours."""
    found = _rows(statements.REFUSE, _permission(delivery, now))
    return found[0][0] if found else ""


def finish(delivery, outcome, reply="", *, now=None, wait=True, chance=random.random) -> str:
    """Record how a try ended: outcome sent, retry or failed. Return the state it left, or "" if it was not ours.

    While PostgreSQL is away this waits and tries again (`wait`): the answer of the mail server is known only here, and
    giving up would send the message twice.
    """
    params = {
        "id": delivery.pk,
        "epoch": delivery.epoch,
        "outcome": outcome,
        "reply": reply[:2000],
        "now": now,
        "max_attempts": MAX_ATTEMPTS,
        "delay": retry_delay_s(delivery.attempts + 1, chance=chance),
    }
    pause_s = 0.1
    while True:
        try:
            found = _FINISH.rows(params)
        except (OperationalError, InterfaceError):
            if not wait or connection.in_atomic_block:
                raise
            log.warning("PostgreSQL is away; delivery %s waits to be recorded as %s", delivery.pk, outcome)
            connection.close()
            time.sleep(pause_s)
            pause_s = min(2.0, pause_s * 2)
        else:
            return found[0][0] if found else ""


def retry_delay_s(attempts, *, chance=random.random):
    """Seconds until the next try after `attempts` tries: 1, 5, 15, 60 min, 3, 6 h, each up to half more or less."""
    base = RETRY_AFTER_S[min(max(attempts, 1), len(RETRY_AFTER_S)) - 1]
    return base * (1 - JITTER + 2 * JITTER * chance())


def put_back(delivery, *, due_at=None, reply=None, is_paced=False):
    """Give a leased delivery back unsent, with no try counted; due later when `due_at` is given."""
    params = {"id": delivery.pk, "epoch": delivery.epoch, "due_at": due_at, "reply": reply, "is_paced": is_paced}
    return bool(_rows(statements.PUT_BACK, params))


def cancel(delivery, reply, *, keep=()):
    """End a leased delivery nobody wants any more and release its items, except the keys in `keep` ("opening:4711")."""
    params = {"id": delivery.pk, "epoch": delivery.epoch, "reply": reply[:2000], "keep": [str(key) for key in keep]}
    return bool(_rows(statements.CANCEL, params))


def cancel_waiting(recipient_id, *, stream=None, reply):
    """Cancel what waits for a recipient, in one stream or in all; return how many."""
    return _rows(statements.CANCEL_WAITING, {"recipient": recipient_id, "stream": stream, "reply": reply})[0][0]


def mark_sent(entries):
    """Mark deliveries the sent journal knows as sent; `entries` are journal.Entry. Return how many were not yet."""
    entries = list({entry.delivery_id: entry for entry in entries}.values())
    params = {"ids": [entry.delivery_id for entry in entries], "times": [entry.at for entry in entries]}
    return _rows(statements.MARK_SENT, params)[0][0] if entries else 0


def sweep(*, now=None, limit=500, grace_s=None) -> dict:
    """Put back what dead senders held, expire what is too late; return counts by the state they left.

    What was being sent is first looked up in the sent journal: a sender that died after the server's yes and before its
    own commit has left a line there, and needs no second copy. `grace_s` defaults to RESTART_GRACE_S.
    """
    counts = {}
    unsure = Delivery.objects.filter(state=Delivery.State.SENDING, lease_until__lt=Now())
    ids = list(unsure.values_list("pk", flat=True)[:limit])
    known = journal.find(ids) if ids else []
    if known:
        counts["sent"] = mark_sent(known)
    params = {
        "now": now,
        "limit": limit,
        "max_attempts": MAX_ATTEMPTS,
        "grace": RESTART_GRACE_S if grace_s is None else grace_s,
    }
    for state, found in _rows(statements.SWEEP, params):
        counts[state] = counts.get(state, 0) + found
    expired = _rows(statements.EXPIRE, params)[0][0]
    return {**counts, "expired": expired} if expired else counts


def _permission(delivery, now):
    return {
        "id": delivery.pk,
        "epoch": delivery.epoch,
        "now": now,
        "lease": settings.OUTBOX_LEASE_S,
        "hashes": address_hashes(delivery.address) if delivery.address else [],
        "commercial": STREAMS[delivery.stream].commercial,
    }


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
