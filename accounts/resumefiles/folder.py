"""The folder of resumes, settings.RESUMES_DIR: outside what any web server serves, names random, files for us alone."""

import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{32}\.(pdf|docx)")


def _folder():
    return Path(settings.RESUMES_DIR)


def put(content: bytes, kind: str) -> str:
    """Store the bytes under a random name and return that name."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.{kind}"
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return name


def read(name: str) -> bytes:
    """The bytes stored under `name`. Raises FileNotFoundError for a name that we did not give or that is gone."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return (_folder() / name).read_bytes()


def forget(name: str) -> None:
    """Delete a file; one that is gone already is fine."""
    if _NAME.fullmatch(name):
        (_folder() / name).unlink(missing_ok=True)


def stored(*, before: datetime) -> list[str]:
    """The names of files stored before `before` (aware)."""
    if not _folder().is_dir():
        return []
    return [
        entry.name
        for entry in os.scandir(_folder())
        if _NAME.fullmatch(entry.name) and datetime.fromtimestamp(entry.stat().st_mtime, UTC) < before
    ]
