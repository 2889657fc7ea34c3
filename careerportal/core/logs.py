"""What log lines hold: when, how bad, which request, who says it, what. Ids, never addresses, names, tokens or searches.

The first guard is not to log such things. This is the second: Django's own lines about requests name the address that
was asked for, and errors of PostgreSQL quote values, so every line is cleaned before it leaves.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from celery import current_task

request_id: ContextVar[str] = ContextVar("request_id", default="")

NOBODY = "-"
_CLEANINGS = (
    (re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
    (re.compile(r"(?<=[\w/])\?[\w%.-]+=[^\s\"'<>]*"), "?[search]"),
    (re.compile(r"(/(?:alerts|accounts|hiring|u)/(?:[\w-]+/)*?)(?=[^/\s\"']{16,})(?![0-9a-f-]{36}\b)[^/\s\"']+"), r"\1[token]"),
    (re.compile(r"(DETAIL:\s*).*"), r"\1[values]"),  # PostgreSQL: Key (email)=(...) already exists
    (re.compile(r"(\b\w+://)[^/\s:@]*:[^@\s/]+@"), r"\1[password]@"),
)  # fmt: skip


def clean(text):
    """The text without addresses of people, tokens in addresses of pages, searches, and values quoted by PostgreSQL."""
    for pattern, instead in _CLEANINGS:
        text = pattern.sub(instead, text)
    return text


def current_id():
    """Id of the request, or of the task, that is being worked on; "-" outside of both."""
    found = request_id.get()
    if not found and current_task:
        found = current_task.request.id or ""
    return found or NOBODY


class RequestIdFilter(logging.Filter):
    """Puts the current id on each record, and the name of a page in the place of its address."""

    def filter(self, record):
        if not hasattr(record, "request_id"):
            record.request_id = current_id()
        if record.name.startswith("django.request") and hasattr(record, "status_code"):
            record.msg, record.args = (
                "answered %s for %s",
                (record.status_code, route(getattr(record, "request", None))),
            )
        return True


class PlainFormatter(logging.Formatter):
    """One line: time level id logger message."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {request_id} {name} {message}", style="{")

    def formatTime(self, record, datefmt=None):  # noqa: N802 - logging's name
        return _time(record)

    def format(self, record):
        return clean(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines that collect logs."""

    def format(self, record):
        line = {
            "time": _time(record),
            "level": record.levelname,
            "request_id": getattr(record, "request_id", NOBODY),
            "logger": record.name,
            "message": clean(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = clean(self.formatException(record.exc_info))
        return json.dumps(line)


def route(request):
    """Name of the page that was asked for, never its address: addresses hold tokens and searches."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or "unnamed") if match else "no page"


def _time(record):
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
