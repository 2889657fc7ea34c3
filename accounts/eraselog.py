"""The erase log: which addresses were erased and when, as keyed hashes, in a table and in a file beside the database.

A backup holds people who were erased after it was made. The file (ERASE_JOURNAL, best on another disk) survives a
restore and says who they are: `manage.py replay_erasures` erases them again, before anybody is mailed. Neither the
table nor the file holds an address or a name. The file is written when the erasure is committed; what a crash kept from
it is in the table, and `catch_up` copies it.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from accounts.models import ErasedAddress
from careerportal.outbox.addresses import address_hash

_HASH = re.compile(r"[0-9a-f]{64}")


class Entry(NamedTuple):
    """One erased address."""

    address_hash: str
    erased_at: datetime


def note(addresses: Iterable[str], *, now: datetime) -> None:
    """Write into table and file that these normalized addresses were erased at `now` (aware); again changes nothing."""
    entries = [Entry(address_hash(address), now) for address in sorted(set(addresses))]
    _store(entries)
    transaction.on_commit(lambda: append(entries))


def append(entries: Iterable[Entry], path=None) -> None:
    """Add lines to the file and bring them to disk."""
    path = Path(path or settings.ERASE_JOURNAL)
    lines = "".join(f"{entry.address_hash} {entry.erased_at.isoformat()}\n" for entry in entries)
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, lines.encode("ascii"))
        os.fsync(file)
    finally:
        os.close(file)


def read(path=None) -> Iterator[Entry]:
    """Entries of the file, oldest first. Torn lines are skipped."""
    path = Path(path or settings.ERASE_JOURNAL)
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            entry = _parse(line)
            if entry:
                yield entry


def learn(path=None) -> tuple[set[Entry], int]:
    """Put into the table what only the file knows; return that, and how many entries the table holds by now.

    The table comes back with a backup, so what only the file knows was erased after the backup was made.
    """
    known = {Entry(*row) for row in ErasedAddress.objects.values_list("address_hash", "erased_at")}
    new = set(read(path)) - known
    _store(new)
    return new, len(known | new)


def catch_up() -> int:
    """Put into the file what only the table knows, as after a crash between the two; return how many."""
    written = set(read())
    known = ErasedAddress.objects.order_by("erased_at", "pk").values_list("address_hash", "erased_at")
    missing = [Entry(*row) for row in known if Entry(*row) not in written]
    append(missing)
    return len(missing)


def _store(entries):
    rows = [ErasedAddress(address_hash=one.address_hash, erased_at=one.erased_at) for one in entries]
    ErasedAddress.objects.bulk_create(rows, ignore_conflicts=True)


def _parse(line):
    try:
        digest, moment = line.split()
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return Entry(digest, at) if _HASH.fullmatch(digest) and at.tzinfo else None
