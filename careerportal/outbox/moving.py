"""A person's address changes, or two recipients turn out to be one person.

What was told stays told, what was stopped stays stopped, and what keeps us from mailing an address stays with that
address. Links in old mail go on working: they name the old recipient, which says who took over (`current`).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from . import ledger
from .addresses import address_hash, normalize_address
from .models import Delivery, Item, Recipient, StreamStop

CODES = "account"  # what is addressed to one address on purpose stays with it


class AddressTaken(Exception):
    """The address has a recipient of its own; merge the two."""


def lock(*recipients):
    """Lock recipients in one order, so that two changes at once wait for each other; return them as asked."""
    held = {
        one.pk: one
        for one in Recipient.objects.select_for_update().filter(pk__in=[r.pk for r in recipients]).order_by("pk")
    }
    return [held[one.pk] for one in recipients]


@transaction.atomic
def change_address(recipient: Recipient, address: str) -> Recipient:
    """Mail this recipient at another address from now on, what waits too. Raises BadAddress and AddressTaken."""
    address = normalize_address(address)
    (found,) = lock(recipient)
    if found.address == address:
        return found
    if Recipient.objects.filter(address=address).exists():
        raise AddressTaken
    found.address = address
    found.save(update_fields=["address"])
    waiting = Delivery.objects.filter(recipient=found, state__in=["queued", "leased"]).exclude(stream=CODES)
    waiting.update(address=address)
    return found


@transaction.atomic
def merge(kept: Recipient, gone: Recipient, *, now: datetime) -> Recipient:
    """Let `kept` take over what `gone` was told, sent and has stopped; `gone` loses its address, and its links lead on.

    Mail that waits for `gone` is cancelled and its items are freed: the next plan tells `kept`. What hangs on recipients
    elsewhere (alerts, news) the caller moves before. Repeats change nothing.
    """
    kept, gone = lock(kept, gone)
    if kept.pk == gone.pk or gone.merged_into_id == kept.pk:
        return kept
    for stream in Delivery.objects.filter(recipient=gone, state="queued").values_list("stream", flat=True).distinct():
        if stream != CODES:
            ledger.cancel_waiting(gone.pk, stream=stream, reply="the recipient was merged into another")
    told = Item.objects.filter(recipient=kept, kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    Item.objects.filter(Exists(told), recipient=gone).delete()
    Item.objects.filter(recipient=gone).update(recipient=kept)
    Delivery.objects.filter(recipient=gone).update(recipient=kept)
    stopped = set(StreamStop.objects.filter(recipient=kept).values_list("stream", flat=True))
    StreamStop.objects.filter(recipient=gone).exclude(stream__in=stopped).update(recipient=kept)
    StreamStop.objects.filter(recipient=gone).delete()
    if gone.is_discreet and not kept.is_discreet:
        kept.is_discreet = True
        kept.save(update_fields=["is_discreet"])
    if gone.address is not None:
        gone.address_hash, gone.address, gone.erased_at = address_hash(gone.address), None, now
    gone.user, gone.merged_into = None, kept
    gone.save(update_fields=["address", "address_hash", "erased_at", "user", "merged_into"])
    Recipient.objects.filter(merged_into=gone).update(merged_into=kept)
    return kept


def current(recipient_id: int) -> int:
    """The id of who stands for this recipient today: itself, or the one that took over."""
    into = Recipient.objects.filter(pk=recipient_id).values_list("merged_into", flat=True).first()
    return into or recipient_id
