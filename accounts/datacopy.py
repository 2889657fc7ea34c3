"""A copy of everything the portal keeps about a person: asked for, packed by a worker, fetched once.

The file is a ZIP: data.json holds it all for machines, one CSV for each kind is for people with a spreadsheet, files/
holds what they uploaded, README.txt says so. It lies in EXPORTS_DIR until it is fetched, at most EXPORT_HOURS.
"""

import csv
import hashlib
import io
import json
import re
import secrets
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts import personal
from accounts.models import DataExport
from accounts.retention import EXPORT_HOURS
from careerportal.core import privatefiles
from careerportal.core.admin import plain_cell

SCHEMA_VERSION = 1
STUCK = timedelta(minutes=2)  # a copy takes seconds; after this time one may ask again
_FILE = re.compile(r"[0-9a-f]{32}\.zip")
_NAME = re.compile(r"[a-z0-9-]+")
_PATH = re.compile(r"files/[A-Za-z0-9._-]+")


class CopyRefused(Exception):
    """There is nothing to fetch; str(error) is fit to show."""


@dataclass(frozen=True)
class Asked:
    """What `ask` did: the row, and the token that fetches it."""

    export: DataExport
    token: str


def register() -> None:
    """Register copies of data as personal data: they go with the account, and are not copied into copies."""
    personal.register("copies-of-data", erase=erase, merge=lambda kept, gone, now: erase(gone, now))


@transaction.atomic
def ask(*, user, now: datetime) -> Asked:
    """Begin a copy for `user`; an older one is thrown away. The caller wakes a worker with the id of the row."""
    user = get_user_model().objects.select_for_update().get(pk=user.pk)
    token = secrets.token_urlsafe(32)
    old = DataExport.objects.filter(user=user).first()
    if old:
        _drop_file(old)
        old.delete()
    return Asked(DataExport.objects.create(user=user, asked_at=now, token_hash=_hash(token)), token)


@transaction.atomic
def build(*, export_id: int, now: datetime) -> bool:
    """Pack a copy that waits; False when there is none (made already, or asked for anew)."""
    export = DataExport.objects.select_for_update(of=("self",)).select_related("user").filter(pk=export_id).first()
    if export is None or export.ready_at is not None:
        return False
    name = privatefiles.put(settings.EXPORTS_DIR, pack(export.user, now=now), ".zip")
    export.file_name, export.ready_at = name, now
    export.expires_at = now + timedelta(hours=EXPORT_HOURS)
    export.save(update_fields=["file_name", "ready_at", "expires_at"])
    return True


@transaction.atomic
def fetch(*, user, token: str, now: datetime) -> bytes:
    """Hand out a copy, once. Raises CopyRefused when it is not this person's, was fetched, is too old or not ready."""
    export = DataExport.objects.select_for_update().filter(user=user).first()
    if export is None or not is_token_of(export, token):
        raise CopyRefused(_("This link is not one of yours, or you made a newer copy."))
    if export.fetched_at:
        raise CopyRefused(_("You have downloaded this copy. Each works once; make a new one."))
    if not export.ready_at:
        raise CopyRefused(_("The copy is not ready yet. Wait a moment."))
    path = _path(export.file_name)
    if export.expires_at <= now or not path.exists():
        raise CopyRefused(_("This copy is too old. Make a new one."))
    content = path.read_bytes()
    _drop_file(export)
    export.fetched_at, export.file_name = now, ""
    export.save(update_fields=["fetched_at", "file_name"])
    return content


def is_token_of(export: DataExport, token: str) -> bool:
    """Whether a token fetches this copy."""
    return constant_time_compare(export.token_hash, _hash(token))


def erase(user, now: datetime) -> None:
    """Throw away the copy of a user."""
    for export in DataExport.objects.filter(user=user):
        _drop_file(export)
        export.delete()


def waiting():
    """Ids of copies that no worker has packed yet."""
    return list(DataExport.objects.filter(ready_at=None).order_by("asked_at", "pk").values_list("pk", flat=True))


def clear(now: datetime) -> int:
    """Throw away copies that are over, and files nobody knows; return how many."""
    over = list(DataExport.objects.filter(expires_at__lte=now).exclude(fetched_at__isnull=False))
    for export in over:
        with transaction.atomic():
            _drop_file(export)
            export.delete()
    known = {export.file_name for export in over} | set(DataExport.objects.values_list("file_name", flat=True))
    folder = Path(settings.EXPORTS_DIR)
    lost = [one for one in folder.glob("*.zip") if one.name not in known] if folder.exists() else []
    an_hour_ago = now.timestamp() - 3600  # one that is being written this moment has no row yet
    lost = [one for one in lost if one.stat().st_mtime < an_hour_ago]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(over) + len(lost)


# --- What is in it ------------------------------------------------------------------------------
def pack(user, *, now: datetime) -> bytes:
    """Everything registered in accounts.personal about `user`, as the bytes of a ZIP."""
    tables, files = {}, {}
    for name, content in personal.export(user):
        if isinstance(content, bytes):
            files[_checked(_PATH, name)] = content
        else:
            tables[_checked(_NAME, name)] = [dict(row) for row in content]
    whole = {
        "schema": "careerportal-personal-data",
        "schema_version": SCHEMA_VERSION,
        "made_at": now,
        "portal": settings.PORTAL_NAME,
        "data": tables,
        "files": sorted(files),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(tables, files, now))
        archive.writestr("data.json", json.dumps(whole, default=_plain, ensure_ascii=False, indent=1))
        for name, rows in sorted(tables.items()):
            if rows:
                archive.writestr(f"csv/{name}.csv", _csv(rows))
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
    return out.getvalue()


def _checked(pattern, name):
    if not pattern.fullmatch(name):
        raise ValueError(f"not a name for a part of a copy: {name!r}")
    return name


def _readme(tables, files, now):
    lines = [
        _("Everything %(portal)s keeps about you, made on %(day)s.")
        % {"portal": settings.PORTAL_NAME, "day": now.date().isoformat()},
        "",
        _("data.json holds all of it, for programs. csv/ holds the same as tables, for a spreadsheet."),
        _("Times are in UTC."),
        "",
        *(f"csv/{name}.csv: {len(rows)}" for name, rows in sorted(tables.items()) if rows),
        *sorted(files),
    ]
    return "\r\n".join(lines) + "\r\n"


def _csv(rows):
    """Rows as CSV for spreadsheets: a byte order mark, every cell safe."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([plain_cell(name) for name in names])
    for row in rows:
        writer.writerow([plain_cell(_cell(row.get(name))) for name in names])
    return "\ufeff" + out.getvalue()


def _cell(value):
    if isinstance(value, list | tuple | set):
        return ", ".join(str(_cell(one)) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _plain(value):
    """A value for JSON."""
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if hasattr(value, "__str__") and type(value).__module__.startswith("django.utils"):
        return str(value)  # words that are translated when they are printed
    raise TypeError(f"{type(value).__name__} does not fit into a copy of data")


# --- Files --------------------------------------------------------------------------------------
def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _path(name):
    if not _FILE.fullmatch(name):
        raise CopyRefused(_("This copy is too old. Make a new one."))
    return Path(settings.EXPORTS_DIR) / name


def _drop_file(export):
    """Delete the file of a copy once this transaction is committed."""
    if export.file_name:
        path = _path(export.file_name)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
