"""Reads an Indeed-style XML feed piece by piece, so that a long file needs little memory.

Format: root `source`, many `job`, sometimes inside `jobs`; values as text or CDATA.
https://docs.indeed.com/job-sync-api/xml-feed
"""

from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from employers.importing.formats.flat import FeedUnreadable

ROOT = "source"
HIGHEST_FIELD_CHARACTERS = 200_000  # ten times the longest description that is kept


@dataclass(frozen=True)
class Row:
    """One `job`: its number in the file, counted from 1, and its fields by lower-case name, trimmed."""

    number: int
    fields: dict[str, str]

    def __getitem__(self, name):
        return self.fields.get(name, "")


def rows(path):
    """Yield the Rows of the feed at `path` in their order. Raises FeedUnreadable, perhaps after some rows."""
    try:
        with open(path, "rb") as file:
            if not file.read(1):
                raise FeedUnreadable("The file is empty.")
            file.seek(0)
            yield from _jobs(file)
    except OSError as error:
        raise FeedUnreadable(f"The file cannot be read: {error.strerror}.") from error
    except ParseError as error:
        line, column = error.position
        raise FeedUnreadable(f"The file is not well-formed XML (line {line}, column {column}).") from error
    except DefusedXmlException as error:
        raise FeedUnreadable(
            "The file declares entities or a DTD. Feeds need neither, and we don't read them."
        ) from error
    except (ValueError, LookupError) as error:
        raise FeedUnreadable(f"The file's text cannot be decoded: {error}.") from error


def _jobs(file):
    path, number = [], 0
    for event, element in ElementTree.iterparse(file, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            if len(path) == 1 and element.tag != ROOT:
                raise FeedUnreadable(f"The file begins with <{element.tag[:40]}>, but a feed begins with <{ROOT}>.")
            continue
        path.pop()
        is_job = element.tag == "job" and len(path) in (1, 2)
        if is_job:
            number += 1
            yield Row(number, _fields(element))
        if is_job or len(path) == 1:
            element.clear()
            path[-1].remove(element)


def _fields(job):
    found = {}
    for child in job:
        text = "".join(child.itertext())[:HIGHEST_FIELD_CHARACTERS].replace("\0", "").strip()
        found.setdefault(child.tag.lower(), text)
    return found
