"""JSON in its shapes: one object, a list, a list inside an object, one object a line; and JobPosting data in a page."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from django.utils.translation import gettext as _

from employers.importing.formats.flat import FeedUnreadable

MOST_CHARACTERS = 30 * 1024 * 1024
MOST_PARTS = 1_000_000  # objects and lists, and values: far more than 10,000 openings need
MOST_DEEP = 5
LISTS = ("jobs", "postings", "positions", "openings", "offers", "results", "data", "items", "vacancies")


def load(path):
    """Return what a JSON file holds; one object a line becomes a list. Numbers stay text. Raises FeedUnreadable."""
    text = Path(path).read_text(encoding="utf-8")
    _refuse_bomb(text)
    try:
        return _parsed(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            if len(lines) > 1:
                return [_parsed(line) for line in lines]
        except ValueError:
            pass
        where = getattr(error, "lineno", 1)
        raise FeedUnreadable(_("The file is not well-formed JSON (line %(line)s).") % {"line": where}) from error


def _refuse_bomb(text):
    if len(text) > MOST_CHARACTERS:
        raise FeedUnreadable(_("A JSON file may be at most 30 MB when opened. Split it into two sources."))
    if text.count(",") > MOST_PARTS or text.count("{") + text.count("[") > MOST_PARTS:
        raise FeedUnreadable(_("The file holds far more parts than a list of openings."))


def _parsed(text):
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise FeedUnreadable(_("The file is nested too deeply to be a feed.")) from error


def postings(value, depth=0):
    """Yield every schema.org JobPosting within a value: alone, in a list, in @graph, in an ItemList."""
    if depth > MOST_DEEP:
        return
    if isinstance(value, list):
        for part in value:
            yield from postings(part, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", "")
        if "JobPosting" in [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]:
            yield value
            return
        for part in value.values():
            if isinstance(part, (dict, list)):
                yield from postings(part, depth + 1)


def objects(value):
    """The list of objects a file is about: itself, the one under a known name, or the longest inside."""
    if isinstance(value, list):
        return [part for part in value if isinstance(part, dict)]
    if not isinstance(value, dict):
        return []
    for name in LISTS:
        if isinstance(value.get(name), list) and any(isinstance(part, dict) for part in value[name]):
            return [part for part in value[name] if isinstance(part, dict)]
    found = max(_lists(value, 0), key=len, default=[])
    return found or [value]


def _lists(value, depth):
    if depth > MOST_DEEP or not isinstance(value, dict):
        return
    for part in value.values():
        if isinstance(part, list):
            objects_in = [each for each in part if isinstance(each, dict)]
            if objects_in:
                yield objects_in
        elif isinstance(part, dict):
            yield from _lists(part, depth + 1)


class _Scripts(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.texts, self._is_inside = [], False

    def handle_starttag(self, tag, attrs):
        kind = (dict(attrs).get("type") or "").lower()
        self._is_inside = tag == "script" and "ld+json" in kind
        if self._is_inside:
            self.texts.append("")

    def handle_endtag(self, tag):
        if tag == "script":
            self._is_inside = False

    def handle_data(self, data):
        if self._is_inside:
            self.texts[-1] += data


def in_page(path):
    """Return the JobPostings in the scripts of an HTML page, also when they were escaped. Raises FeedUnreadable."""
    text = Path(path).read_text(encoding="utf-8")
    _refuse_bomb(text)
    found = _in_markup(text)
    for _time in range(2):
        if found or ("&lt;script" not in text and "&amp;lt;" not in text and "&quot;" not in text):
            break
        text = html.unescape(text)
        found = _in_markup(text)
    if not found:
        raise FeedUnreadable(_("The page holds no JobPosting data. Look for another address, or send a file."))
    return found


def _in_markup(text):
    parser = _Scripts()
    parser.feed(text)
    found = []
    for script in parser.texts:
        found += postings(_loosely(script))
    return found


def _loosely(text):
    """JSON of a script: perhaps in a comment, with a semicolon at its end, escaped once or twice; None when it is none."""
    text = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text).strip().rstrip(";")
    )
    for _time in range(3):
        try:
            return _parsed(text)
        except ValueError:
            text = html.unescape(text)
    return None
