"""Recipients and deliveries for tests, and a handler that renders them."""

from datetime import UTC, datetime

from django.core.mail import EmailMultiAlternatives

from careerportal.outbox import ledger, streams
from careerportal.outbox.models import Recipient

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # noon in New York
KIND = "test_digest"


class PlainHandler:
    """Renders the item keys of a delivery, one a line."""

    def still_wanted(self, delivery, items, *, now):
        return not delivery.payload.get("unwanted")

    def build(self, delivery, items, *, now):
        if delivery.payload.get("empty"):
            return None
        keys = [f"{item.kind}:{item.object_id}" for item in items]
        text = "New openings:\n" + "\n".join(keys) + "\n"
        message = EmailMultiAlternatives(delivery.payload.get("subject", "New openings for you"), text)
        message.attach_alternative(f"<html lang='en'><body><p>{', '.join(keys)}</p></body></html>", "text/html")
        return message


streams.register(KIND, PlainHandler())


def recipient(address="ann@example.org", **fields):
    return Recipient.objects.for_address(address, **fields)


def queue(key="alerts:1:2026-11-22", *, to=None, **fields):
    """Queue one delivery due now; fields as NewDelivery."""
    fields = {"stream": "alerts", "kind": KIND, "payload": {}, **fields}
    return ledger.enqueue(idem_key=key, recipient=to or recipient(), now=fields.pop("now", NOW), **fields)


def raw(key="account:1", **fields):
    """Queue one account mail, rendered already; fields as NewDelivery."""
    payload = {"subject": "Your code", "text": "It is 1234.\n", "html": "", "headers": {}}
    return queue(key, stream="account", kind=streams.RAW, payload=payload, **fields)
