"""An opening as people type it: for each field of its form a list of texts, fit for JSON. Right or wrong, all is kept."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal

from employers import drafts

LONGEST = 60_000  # characters of one text; the longest field takes 20,000
MOST_PICKED = 200  # texts of one field
BOXES = ("is_always_hiring",)
LINES = ("remote_states",)  # a list that is typed into one line
_NO_TEXT = dict.fromkeys([0, *range(0xD800, 0xE000)])  # PostgreSQL keeps neither NUL nor half a character


def cleaned(texts):
    """Return what a browser sent for one field as texts that can be kept: without NUL, lines ended alike, not endless."""
    return [text.translate(_NO_TEXT).replace("\r\n", "\n")[:LONGEST] for text in texts[:MOST_PICKED]]


def of_content(content):
    """Return `content` (of drafts, any part of it; rows or their slugs) as it would be typed."""
    return {name: of_value(name, value) for name, value in content.items()}


def of_value(name, value):
    """Return what is typed into the field `name` for one `value`."""
    if name == "counties":
        return ["; ".join(f"{code[3:]}, {code[:2]}" for code in value)] if value else []
    if name in LINES:
        return [", ".join(value)] if value else []
    if name in BOXES:
        return ["on"] if value else []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if value is None or value == "":
        return []
    if hasattr(value, "all"):
        value = value.all()
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return [_text(name, one) for one in value]
    return [_text(name, value)]


def _text(name, value):
    if isinstance(value, Decimal):
        return f"{value:f}".removesuffix(".00").removesuffix(".0")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if hasattr(value, "pk"):
        return str(value.pk) if name == "sites" else value.slug
    return str(value)


def of_listing(listing):
    """Return an opening as it would be typed; every field is there."""
    return of_content({name: getattr(listing, name) for name in (*drafts.FIELDS, *drafts.LISTS)})


def to_begin_with(employer):
    """Return what an empty form of this employer already says: its only site, its care setting, one position."""
    sites = [str(pk) for pk in employer.sites.order_by("pk").values_list("pk", flat=True)[:2]]
    setting = employer.care_setting
    return {
        "sites": sites if len(sites) == 1 else [],
        "care_settings": [setting.slug] if setting else [],
        "positions": ["1"],
    }


def same(some, others):
    """True when two fields say the same: picks in any order."""
    return sorted(some or []) == sorted(others or [])


def mark(values, names):
    """Return a short mark of what the fields `names` say: who saves tells with it what they had before their eyes."""
    said = {name: sorted(values.get(name) or []) for name in names}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def caught_up(values, *, base, now_says):
    """Join one's own change with what others changed meanwhile; return (values, names both changed differently).

    `base` is the opening when one's change was begun, `now_says` as it is at this moment, all as typed. What only the
    others changed is theirs, what only oneself changed stays; where both did, one's own stays, and is named.
    """
    joined, clashes = dict(values), []
    for name, theirs in now_says.items():
        mine, before = values.get(name), base.get(name)
        if same(theirs, before) or same(mine, theirs):
            continue
        if same(mine, before):
            joined[name] = theirs
        else:
            clashes.append(name)
    return joined, clashes
