"""Structured data for search engines: JSON-LD in a data block, which browsers never run (so the CSP has no say)."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def block(data):
    """Return a script element of the type application/ld+json with `data`; nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def breadcrumb_list(trail, here, path):
    """The way to a page as schema.org/BreadcrumbList: `trail` is [{"label", "url"}], `here` and `path` the page itself."""
    steps = [*((step["label"], step["url"]) for step in trail), (here, path)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(label), "item": f"{settings.PORTAL_URL}{url}"}
            for number, (label, url) in enumerate(steps, start=1)
        ],
    }
