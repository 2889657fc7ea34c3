"""Which format a readable file is in, and its rows in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from employers.importing import known
from employers.importing.formats import jsonfeed, rss, table, xmlfeed
from employers.importing.formats.flat import FeedUnreadable, flat
from employers.importing.template import COLUMNS

_HEAD = 4096


@dataclass(frozen=True)
class Found:
    """The format of a file (a value of ImportSource.Format) and an iterator over its rows, each a dict of fields."""

    format: str
    rows: Iterator[dict]


def detect(path):
    """Return what the readable file at `path` holds. Raises FeedUnreadable; reading the rows may raise it too."""
    found = _detected(path)
    return Found(found.format, (known.aligned(found.format, row) for row in found.rows))


def _detected(path):
    with open(path, encoding="utf-8") as file:
        head = file.read(_HEAD).lstrip()
    if not head:
        raise FeedUnreadable(_("The file is empty."))
    if head[0] in "{[" and not re.match(r"\[[^\]{\[\"]*\][,;]", head):
        return _json(jsonfeed.load(path))
    start = head.lower()
    if re.match(r"<!doctype\s+html|<html|<head|<body|<script", start) or _is_escaped_page(start):
        return Found("jobposting", map(flat, jsonfeed.in_page(path)))
    if head[0] == "<":
        return _xml(path, head)
    return _table(path)


def _is_escaped_page(start):
    return start.startswith(("&lt;", "&amp;lt;", "{&quot;", "[{&quot;", "{&amp;quot;")) or (
        start.startswith("<!--") and "<html" in start
    )


def _json(value):
    if found := list(jsonfeed.postings(value)):
        return Found("jobposting", map(flat, found))
    found = jsonfeed.objects(value)
    if not found or (found == [value] and len(value) < 3):
        raise FeedUnreadable(_("We found no openings in the file: no list of objects."))
    first = found[0]
    kind = "json"
    if "absolute_url" in first and "title" in first:
        kind = "greenhouse"
    elif "text" in first and ("hostedUrl" in first or "categories" in first):
        kind = "lever"
    return Found(kind, map(flat, found))


def _xml(path, head):
    if not xmlfeed.is_well_formed(path):
        xmlfeed.mend(path)
    root = xmlfeed.root_of(head)
    rows = xmlfeed.rows(path)
    if root in ("rss", "rdf"):
        return Found("rss", map(rss.with_parts, rows))
    first = next(rows, None)
    if first is None:
        raise FeedUnreadable(_("The feed holds no opening."))
    names = {name.lower() for name in first}
    kind = "xml"
    if root == "source":
        kind = "linkedin" if names & {"partnerjobid", "applyurl"} else "indeed"
    elif root == "jobs" and "reference" in names:
        return Found("recruitee", map(_with_workplace, _again(first, rows)))
    return Found(kind, _again(first, rows))


def _with_workplace(fields):
    """Recruitee says where the work is done in three fields of yes and no."""
    said = [name for name in ("remote", "hybrid", "on_site") if fields.get(name, "").lower() in ("true", "1", "yes")]
    return {**fields, "workplace": said[0].replace("_", "-") if said else ""}


def _table(path):
    rows = table.rows(path)
    first = next(rows, None)
    if first is None:
        raise FeedUnreadable(_("The table has a header and no line under it."))
    names = {name.lower() for name in first}
    return Found("csv" if names <= set(COLUMNS) and {"reference", "title"} <= names else "table", _again(first, rows))


def _again(first, rows):
    yield first
    yield from rows
