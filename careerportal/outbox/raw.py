"""Mail that was rendered before it was queued, such as a sign-in code. Its text leaves the row once it is final."""

from django.core.mail import EmailMultiAlternatives


class RawHandler:
    """Sends what the payload holds: subject, text, html (may be empty), headers, from_email."""

    def still_wanted(self, delivery, items, *, now):
        return True

    def build(self, delivery, items, *, now):
        payload = delivery.payload
        message = EmailMultiAlternatives(
            payload["subject"], payload["text"], payload.get("from_email") or None, headers=payload.get("headers") or {}
        )
        if payload.get("html"):
            message.attach_alternative(payload["html"], "text/html")
        return message
