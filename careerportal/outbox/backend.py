"""Django's door to the ledger: EMAIL_BACKEND. Sign-in codes, resets and notices come this way."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from . import ledger
from .models import Recipient
from .streams import CODE_LIFETIME, RAW
from .tasks import wake

KIND_HEADER = "X-Portal-Kind"  # set by the allauth adapter; "code" is a one-time code; never sent
CODE = "code"


class OutboxBackend(BaseEmailBackend):
    """Queues every message as account mail, one delivery per recipient, in the transaction it was written in.

    Codes keep for 15 minutes and are rather lost than doubled; all else keeps for 24 hours. Raises ValueError for
    copies, blind copies and attachments, BadAddress for an address we cannot mail to.
    """

    def send_messages(self, messages):
        """Queue messages; return how many."""
        for message in messages:
            self._queue(message)
        if messages:
            wake("account")
        return len(messages)

    def _queue(self, message):
        if message.cc or message.bcc or message.attachments:
            raise ValueError("Mail through the ledger has one recipient, no copies and no attachments.")
        now = timezone.now()
        headers = {name: str(value) for name, value in message.extra_headers.items()}
        is_code = headers.pop(KIND_HEADER, "") == CODE
        html = [content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"]
        for address in message.to:
            ledger.enqueue(
                idem_key=f"account:{CODE if is_code else RAW}:{uuid.uuid4()}",
                recipient=Recipient.objects.for_address(address),
                stream="account",
                kind=RAW,
                payload={
                    "subject": str(message.subject),
                    "text": message.body,
                    "html": html[0] if html else "",
                    "from_email": message.from_email,
                    "headers": headers,
                },
                not_after=now + CODE_LIFETIME if is_code else None,
                resend_if_unsure=not is_code,
                language=(translation.get_language() or "en")[:10],
                now=now,
            )
