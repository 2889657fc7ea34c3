"""Asking an address to confirm: how often at most, and the mail that asks. Shared by alerts and career news."""

from datetime import datetime, timedelta

from careerportal.outbox import ledger

LIFETIME = timedelta(days=7)
A_DAY = 3  # confirmation mails to one address, for each kind of thing it may ask for
BETWEEN = timedelta(minutes=10)


def ask(*, recent, kind: str, recipient, now: datetime, **about):
    """Queue a confirmation mail of `kind` unless the address had enough today; return the confirmation or None.

    `recent` is the queryset of confirmations that count together, `about` the field of its model that names the thing.
    The caller holds the recipient's lock.
    """
    dues = recent.filter(due_at__gt=now - timedelta(days=1)).order_by("-due_at", "-pk").values_list("due_at", flat=True)
    dues = list(dues[:A_DAY])
    if len(dues) >= A_DAY:
        return None
    due_at = max(now, dues[0] + BETWEEN) if dues else now
    confirmation = recent.model.objects.create(asked_at=now, due_at=due_at, expires_at=due_at + LIFETIME, **about)
    ledger.enqueue(
        idem_key=f"account:{kind.replace('_', '-')}:{confirmation.pk}",
        recipient=recipient,
        stream="account",
        kind=kind,
        payload={"confirmation": confirmation.pk},
        due_at=due_at,
        now=now,
    )
    return confirmation
