"""Stopping a stream, suppressing an address, erasing a recipient."""

from datetime import datetime

from django.db import transaction

from . import ledger
from .addresses import address_hash, address_hashes, normalize_address
from .models import Attempt, Delivery, DeliveryEvent, Recipient, StreamStop, Suppression

REPLY_ERASED = "the address in this answer was erased"


def stop_stream(recipient_id: int, stream: str, now: datetime, source: str) -> bool:
    """Stop a stream for a recipient from now on and cancel what waits; False if it was stopped already.

    `source` says where it was asked: header, page, staff. What a sender holds already is refused by begin.
    """
    with transaction.atomic():
        _, new = StreamStop.objects.get_or_create(
            recipient_id=recipient_id, stream=stream, defaults={"at": now, "source": source}
        )
        if new:
            ledger.cancel_waiting(recipient_id, stream=stream, reply="the recipient stopped this stream")
    return new


def resume_stream(recipient_id: int, stream: str) -> bool:
    """Take a stop back because the person asked for the stream again; False if there was none."""
    return StreamStop.objects.filter(recipient_id=recipient_id, stream=stream).delete()[0] > 0


def is_stopped(recipient_id: int, stream: str) -> bool:
    """Whether a recipient stopped a stream."""
    return StreamStop.objects.filter(recipient_id=recipient_id, stream=stream).exists()


def suppress(address: str, *, reason: str, scope: str = Suppression.Scope.ALL) -> bool:
    """Send nothing (or nothing commercial) to an address any more; False if that is so already. Raises BadAddress."""
    address = normalize_address(address)
    if Suppression.objects.filter(address_hash__in=address_hashes(address), scope=scope).exists():
        return False
    return Suppression.objects.get_or_create(
        address_hash=address_hash(address), scope=scope, defaults={"address": address, "reason": reason}
    )[1]


@transaction.atomic
def erase(recipient: Recipient, *, now: datetime) -> Recipient:
    """Forget an address: the recipient keeps its rows and a keyed hash. Cancels what waits; repeats change nothing.

    A delivery a sender holds this moment keeps its address until it ends; `forget_addresses` takes it later.
    """
    recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if recipient.erased_at is None:
        ledger.cancel_waiting(recipient.pk, reply="the recipient was erased")
        Suppression.objects.filter(address=recipient.address).update(address=None)
        _forget_replies(recipient)
        recipient.address_hash, recipient.address = address_hash(recipient.address), None
        recipient.erased_at, recipient.user = now, None
        recipient.save(update_fields=["address", "address_hash", "erased_at", "user"])
    forget_addresses()
    return recipient


def _forget_replies(recipient):
    """Mail servers quote the address in their answers, and providers in their reports."""
    theirs = Delivery.objects.filter(recipient=recipient)
    theirs.filter(reply__icontains=recipient.address).update(reply=REPLY_ERASED)
    Attempt.objects.filter(delivery__in=theirs, reply__icontains=recipient.address).update(reply=REPLY_ERASED)
    DeliveryEvent.objects.filter(delivery__in=theirs).update(raw={})


def forget_addresses() -> int:
    """Take the address out of ended deliveries of erased recipients; return how many."""
    return Delivery.objects.filter(
        recipient__address=None, address__isnull=False, state__in=Delivery.FINAL
    ).update(address=None)  # fmt: skip
