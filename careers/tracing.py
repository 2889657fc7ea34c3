"""Which rows' words stand on a page: while it is made, the words of each row carry a number nobody sees.

The numbers are written with characters that no text uses (Unicode's private area), and only in memory.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import TextField

#: Short texts that are words for readers. Long ones always are; other short ones may be keys.
SHORT = (
    "aspect",
    "claim",
    "heading",
    "label",
    "name",
    "occupation",
    "organization",
    "question",
    "summary",
    "term",
    "title",
)
_MARK = re.compile("\ue000([0-9]+)\ue001")
_numbers = ContextVar("careers_tracing", default=None)


@contextmanager
def tracing():
    """Within this, rows that are read are marked. Gives a list: its n-th item is the (model name, id) of number n."""
    token = _numbers.set([])
    try:
        yield _numbers.get()
    finally:
        _numbers.reset(token)


def mark(row):
    """Mark the words of a row that was just read, if tracing goes on."""
    rows = _numbers.get()
    if rows is None:
        return
    sign = f"\ue000{len(rows)}\ue001"
    rows.append((type(row).__name__, row.pk))
    for spec in row._meta.concrete_fields:
        if spec.attname not in row.__dict__ or spec.name == "note_for_editors":
            continue
        value = row.__dict__[spec.attname]
        if isinstance(spec, TextField) or spec.name in SHORT:
            if isinstance(value, str) and value:
                row.__dict__[spec.attname] = value + sign
        elif isinstance(spec, ArrayField) and value and isinstance(value[0], str) and not spec.base_field.choices:
            row.__dict__[spec.attname] = [item + sign for item in value]


def marked(text, rows):
    """The (model name, id) pairs whose words stand in `text`."""
    return {rows[int(number)] for number in _MARK.findall(text)}


def unmarked(text):
    """The text without marks."""
    return _MARK.sub("", text)
