"""What the portal keeps about a person, by kind: how it is taken along, erased, and moved when two accounts become one.

Every module that stores something of a person registers it when the app starts (accounts/apps.py, ready):

    personal.register("saved", export=export, erase=erase, merge=merge)

- `export(user)` yields pairs: ("saved-openings", rows) with rows as dicts of plain values and aware times, or
  ("files/resume-12.pdf", bytes) for a file. Names are lower case with hyphens; each name is one table of the export.
- `erase(user, now)` deletes it for good. It runs inside the transaction that deletes the user, before the user and the
  addresses go. What lies outside the database goes in transaction.on_commit.
- `merge(kept, gone, now)` moves what `gone` has to `kept`, without doubles and without loss. It runs inside the
  transaction that deletes `gone`, with both users locked; whatever still belongs to `gone` afterwards is lost.
- `merge_mail(kept, gone, now)` is the same for what hangs on a Recipient and not on a user. It also runs when a person
  changes to an address that has a Recipient of its own.

A part that a kind does not need is left out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q

from careerportal.outbox.models import Recipient, normalize_address


@dataclass(frozen=True)
class Kind:
    """One kind of personal data and what can be done with it."""

    name: str
    export: Callable[..., Iterable] | None = None
    erase: Callable[..., None] | None = None
    merge: Callable[..., None] | None = None
    merge_mail: Callable[..., None] | None = None


_kinds: dict[str, Kind] = {}


def register(name: str, *, export=None, erase=None, merge=None, merge_mail=None) -> None:
    """Let the portal export, erase and merge the kind `name`; the last one wins."""
    _kinds[name] = Kind(name, export, erase, merge, merge_mail)


def kinds() -> list[Kind]:
    """All kinds, by name: the order in which they are exported, erased and merged."""
    return [_kinds[name] for name in sorted(_kinds)]


def export(user) -> Iterator[tuple[str, object]]:
    """Everything kept about a user: pairs of a name and rows, or of a path and bytes."""
    for kind in kinds():
        if kind.export:
            yield from kind.export(user)


def erase(user, now: datetime) -> None:
    """Erase every kind of a user; the caller holds the transaction and the user's lock."""
    for kind in kinds():
        if kind.erase:
            kind.erase(user, now)


def merge(kept, gone, now: datetime) -> None:
    """Move every kind from the user `gone` to `kept`; the caller holds the transaction and both locks."""
    for kind in kinds():
        if kind.merge:
            kind.merge(kept, gone, now)


def merge_mail(kept: Recipient, gone: Recipient, now: datetime) -> None:
    """Move what hangs on the recipient `gone` to `kept`; the caller holds the transaction and both locks."""
    for kind in kinds():
        if kind.merge_mail:
            kind.merge_mail(kept, gone, now)


def recipients_of(user):
    """Everyone we mail who is this person: the recipient that names them, and those of their confirmed addresses."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addresses = [normalize_address(address) for address in confirmed]
    return Recipient.objects.filter(Q(address__in=addresses) | Q(user=user)).order_by("pk")
