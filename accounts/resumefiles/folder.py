"""The folder of resumes, settings.RESUMES_DIR: outside what any web server serves, names random, files for us alone."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from careerportal.core import privatefiles

_NAME = re.compile(r"[0-9a-f]{32}\.(pdf|docx)")


def _folder():
    return Path(settings.RESUMES_DIR)


def put(content: bytes, kind: str) -> str:
    """Store the bytes under a random name and return that name."""
    return privatefiles.put(_folder(), content, f".{kind}")


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
