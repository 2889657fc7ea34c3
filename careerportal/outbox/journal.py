"""The sent journal: one line `id epoch message_id time` for each message a server took.

It is written before the ledger says so, and lives outside the database (SENT_JOURNAL, best on another disk): after a
restored backup, or a sender killed between the server's yes and its own commit, we still know what went out. Each line
is one write() to a file opened with O_APPEND, so lines of several senders never mix and survive kill -9. The file is
flushed to disk once per batch and not per line: a line is only lost with the machine, and then PostgreSQL knows.
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

TAIL_BYTES = 16 * 1024 * 1024  # about 120,000 messages


class Entry(NamedTuple):
    """One line."""

    delivery_id: uuid.UUID
    epoch: int
    message_id: str
    at: datetime


class Journal:
    """Appends to the journal; one per sender process. The file is opened at the first line."""

    def __init__(self, path=None):
        self.path = Path(path or settings.SENT_JOURNAL)
        self._file = None

    def write(self, delivery):
        """Record that the server took this delivery now."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        at = datetime.now(UTC).isoformat()
        os.write(self._file, f"{delivery.pk} {delivery.epoch} {delivery.message_id} {at}\n".encode("ascii"))

    def flush(self):
        """Bring written lines to disk."""
        if self._file is not None:
            os.fdatasync(self._file)

    def close(self):
        if self._file is not None:
            os.close(self._file)
            self._file = None


def read(path=None, *, tail_bytes=None) -> Iterator[Entry]:
    """Entries of the journal, oldest first; only those in the last `tail_bytes` when given. Torn lines are skipped."""
    path = Path(path or settings.SENT_JOURNAL)
    if not path.exists():
        return
    with path.open("rb") as file:
        if tail_bytes and path.stat().st_size > tail_bytes:
            file.seek(-tail_bytes, os.SEEK_END)
            file.readline()
        for line in file:
            entry = _parse(line)
            if entry:
                yield entry


def find(ids: Iterable[uuid.UUID], path=None) -> list[Entry]:
    """Entries about these deliveries in the newest part of the journal."""
    wanted = set(ids)
    return [entry for entry in read(path, tail_bytes=TAIL_BYTES) if entry.delivery_id in wanted]


def _parse(line):
    try:
        key, epoch, message_id, at = line.decode("ascii").split()
        return Entry(uuid.UUID(key), int(epoch), message_id, datetime.fromisoformat(at))
    except ValueError:
        return None
