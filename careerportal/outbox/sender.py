"""The sender: takes due deliveries from the ledger, has them rendered, and hands them to a transport."""

import logging
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import prefetch_related_objects

from . import control, ledger, pace, stops, streams
from .addresses import domain_of
from .headers import finish_message
from .journal import Journal
from .models import Suppression
from .transport import Away, Refused, open_transport, refusal_of

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 2.0  # a slot of the pace nearer than this is waited for; others are put back until it comes
AWAY_S = 60
ACCOUNT_FIRST = ("account",)


class Sender:
    """One sender. `now` (aware) fixes what is due and what is too late, as tests need; leases run in real time."""

    def __init__(self, *, transport=None, now=None):
        self.transport = transport or open_transport()
        self.journal = Journal()
        self.now = now
        self.counts = Counter()
        self.stopping = False
        self._until = None

    def stop(self, *_signal):
        """Finish the message in hand, put the others back, and end."""
        self.stopping = True

    def drain(self, *, streams=None, seconds=None):
        """Send until nothing is due (or for about `seconds`); return counts by what became of them.

        Account mail goes before everything else, batch by batch.
        """
        self._until = time.monotonic() + seconds if seconds else None
        try:
            while not self._is_over():
                held = self._claim(streams)
                if not held:
                    break
                self._send_batch(held)
        finally:
            self.transport.close()
            self.journal.close()
        return self.counts

    def _claim(self, only):
        if only:
            return ledger.claim(streams=only, now=self.now)
        return ledger.claim(streams=ACCOUNT_FIRST, now=self.now) or ledger.claim(now=self.now)

    def _is_over(self):
        return self.stopping or (self._until is not None and time.monotonic() > self._until)

    def _send_batch(self, held):
        prefetch_related_objects(held, "items", "recipient")
        while held:
            delivery = held.pop(0)
            try:
                self.counts[self._send(delivery)] += 1
            except Away as away:
                self._give_up_for_now(delivery, held, str(away))
                break
            finally:
                if self._is_over():
                    self._put_back(held)
        self.journal.flush()

    def _send(self, delivery):
        """Send one; return the state it was left in. Raises Away when no server can be reached."""
        outgoing = self._ready(delivery)
        if isinstance(outgoing, str):
            return outgoing
        wait_s = self._pace(delivery)
        if wait_s:
            due_at = self._time() + timedelta(seconds=wait_s)
            return "paced" if ledger.put_back(delivery, due_at=due_at, is_paced=True) else ""
        try:
            self.transport.offer(outgoing)
        except Refused as refusal:
            return self._refused(delivery, refusal)
        if not ledger.begin(delivery, now=self.now):
            self.transport.abandon()
            return ledger.refuse(delivery, now=self.now)
        return self._hand_over(delivery, outgoing)

    def _ready(self, delivery):
        """The finished message, or the state of a delivery that will not be sent now."""
        quiet_until = streams.quiet_until(delivery.stream, delivery.recipient.zone, self._time())
        if quiet_until and not delivery.ignore_quiet:
            return "quiet" if ledger.put_back(delivery, due_at=quiet_until, reply="quiet hours") else ""
        items = list(delivery.items.all())
        try:
            handler = streams.handler_for(delivery.kind)
            if not handler.still_wanted(delivery, items, now=self._time()):
                return self._cancelled(delivery, "no longer wanted")
            message = handler.build(delivery, items, now=self._time())
            if message is None:
                return self._cancelled(delivery, "nothing left to tell")
            outgoing = finish_message(delivery, message, now=self._time())
        except streams.NothingLeft as nothing:
            return self._cancelled(delivery, str(nothing), keep=nothing.keep)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # whatever is wrong with one message must not stop the others
            log.exception("delivery %s could not be built", delivery.pk)
            return self._ended(delivery, "retry", f"could not be built: {type(error).__name__}")
        forbidden = refusal_of(delivery.address, self.transport)
        return self._ended(delivery, "failed", forbidden) if forbidden else outgoing

    def _cancelled(self, delivery, why, *, keep=()):
        return "cancelled" if ledger.cancel(delivery, why, keep=keep) else ""

    def _pace(self, delivery):
        """Wait for this message's turn; return the seconds to wait when that is too long to sit out."""
        if not self.transport.is_paced or settings.PACE_PER_S <= 0:
            return 0
        if not delivery.is_paced:
            wait_s = pace.wait_for_domain(domain_of(delivery.address))
            if wait_s > LONGEST_WAIT_S and delivery.stream != "account":
                return wait_s
            time.sleep(0 if delivery.stream == "account" else wait_s)
        wait_s = pace.wait_for_all()
        time.sleep(min(wait_s, LONGEST_WAIT_S))
        return 0

    def _hand_over(self, delivery, outgoing):
        try:
            reply = self.transport.hand_over(outgoing)
        except Refused as refusal:
            return self._answered(delivery, refusal)
        except Away as away:
            outcome = "retry" if delivery.resend_if_unsure else "failed"
            return ledger.finish(delivery, outcome, f"no answer to {away}", now=self.now)
        try:
            self.journal.write(delivery)
        except OSError:
            log.exception("the sent journal cannot be written; delivery %s is only in the ledger", delivery.pk)
        return ledger.finish(delivery, "sent", reply, now=self.now)

    def _refused(self, delivery, refusal):
        """A no before DATA: recorded as a try, then answered."""
        if refusal.stage == "connect":
            raise Away(f"connect: {refusal.reply}") from refusal
        if not ledger.begin(delivery, with_data=False, now=self.now):
            return ledger.refuse(delivery, now=self.now)
        return self._answered(delivery, refusal)

    def _answered(self, delivery, refusal):
        if refusal.says_slow_down:
            pace.slow_down(domain_of(delivery.address))
        if refusal.says_no_such_address:
            stops.suppress(delivery.address, reason=Suppression.Reason.HARD_BOUNCE)
        outcome = "failed" if refusal.is_permanent else "retry"
        left = ledger.finish(delivery, outcome, refusal.reply, now=self.now)
        if refusal.is_permanent:
            control.check_breaker(delivery.stream)
        return left

    def _ended(self, delivery, outcome, reply):
        """Record a try that ended before any server was asked."""
        if not ledger.begin(delivery, with_data=False, now=self.now):
            return ledger.refuse(delivery, now=self.now)
        return ledger.finish(delivery, outcome, reply, now=self.now)

    def _give_up_for_now(self, delivery, held, why):
        """No server: one try is recorded, so that it shows; the others wait a minute and count nothing."""
        log.warning("no mail server: %s", why)
        self.counts[self._ended(delivery, "retry", f"no answer: {why}")] += 1
        self._put_back(held, due_at=self._time() + timedelta(seconds=AWAY_S), reply=f"no answer: {why}")
        self.stopping = True

    def _put_back(self, held, **fields):
        for delivery in held:
            ledger.put_back(delivery, **fields)
        self.counts["put back"] += len(held)
        held.clear()

    def _time(self):
        return self.now or datetime.now(UTC)


def drain(*, streams=None, now=None, seconds=None, transport=None):
    """Send what is due with a sender of our own; return counts by what became of the deliveries."""
    if settings.PRODUCTION:
        control.hold_if_restored()
    return Sender(transport=transport, now=now).drain(streams=streams, seconds=seconds)
