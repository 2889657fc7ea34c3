"""Where each piece of content is shown: every page is made once with marked words, and read for the marks.

So it is true of any page, however it is made. Kept in the cache until content changes.
"""

import logging
import re
from html import unescape

from django.core.cache import cache
from django.db import transaction
from django.http import Http404

from careerportal.core import stamps
from careers import addresses, reader, tracing

log = logging.getLogger("portal.careers")

KEPT_AT, KEPT_S = "careers:uses", 60 * 60 * 24 * 7
MOST_RELATED = 20
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)


def pages_of(row):
    """Return [(address, title)] of the pages that show words of this row, the page of its own first.

    From what `trace_all` kept; before it has run, from the pages that are most likely: lists, the row's own page and
    those of its nearest relations.
    """
    kept = cache.get(KEPT_AT) or trace(nearest(row))
    own, key = addresses.address_of(row).partition("#")[0], f"{type(row).__name__} {row.pk}"
    found = set(kept["uses"].get(key, []))
    if own and own not in found and key not in kept["uses"]:  # newer than what was kept
        fresh = trace([own])
        found |= set(fresh["uses"].get(key, []))
        kept = {**kept, "titles": {**kept["titles"], **fresh["titles"]}}
    return [(address, kept["titles"][address]) for address in sorted(found, key=lambda one: (one != own, one))]


def trace_all():
    """Trace every page, unless nothing changed since the last time; return how many pages were made (seconds)."""
    stamp = cache.get(stamps.key(stamps.CONTENT)) or stamps.renewed(stamps.CONTENT)
    kept = cache.get(KEPT_AT)
    if kept and kept["stamp"] == stamp:
        return 0
    made = {"stamp": stamp, **trace(addresses.all_addresses())}
    cache.set(KEPT_AT, made, KEPT_S)
    return len(made["titles"])


def nearest(row):
    """Addresses of the lists, of the row's own page, and of what points to it or it points to."""
    found = [addresses.address_of(row), addresses.HOME, *addresses.fixed_addresses()]
    for field in row._meta.get_fields():
        if field.is_relation and field.related_model and addresses.has_page(field.related_model):
            name = field.get_accessor_name() if field.auto_created else field.name
            if not name or name.endswith("+") or not hasattr(type(row), name):
                continue
            value = getattr(row, name, None)
            related = value.all()[:MOST_RELATED] if hasattr(value, "all") else [value] if value else []
            found += [addresses.address_of(one) for one in related]
    return list(dict.fromkeys(address.partition("#")[0] for address in found if address))


def trace(pages):
    """Make each of these pages with marked words and say what stands where. A page that cannot be made is left out."""
    uses, titles = {}, {}
    for address in pages:
        try:
            with tracing.tracing() as rows, transaction.atomic():
                response = reader.page_at(address)
        except Http404:
            continue
        except Exception:
            log.exception("The page %s cannot be traced", address)
            continue
        if response.status_code != 200:
            continue
        text = response.content.decode()
        titles[address] = title_of(tracing.unmarked(text))
        for kind, pk in tracing.marked(text, rows):
            uses.setdefault(f"{kind} {pk}", []).append(address)
    return {"uses": uses, "titles": titles}


def title_of(text):
    """The title of a page, without the portal's name."""
    found = _TITLE.search(text)
    return unescape(found[1]).rpartition(" | ")[0].strip() if found else ""
