"""What tests of pages share: a reader of HTML that knows just enough."""

import re
from html.parser import HTMLParser

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.labels_for, self.controls, self.described = [], [], set(), [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "label" and "for" in attrs:
            self.labels_for.add(attrs["for"])
        if tag in ("input", "select", "textarea") and attrs.get("type") not in ("hidden", "submit"):
            self.controls.append(attrs)
        self.described += attrs.get("aria-describedby", "").split()


def read(html):
    """Parse a page; answer a reader with tags, ids, labels_for, controls and described."""
    reader = _Reader()
    reader.feed(html)
    return reader


def faults(html):
    """What is wrong with a page by the house's rules, as sentences; empty when nothing is."""
    reader = read(html)
    found = [f"id {id_!r} appears twice" for id_ in set(reader.ids) if reader.ids.count(id_) > 1]
    found += [f"style attribute on <{tag}>" for tag, attrs in reader.tags if "style" in attrs]
    found += [
        f"event attribute on <{tag}>" for tag, attrs in reader.tags if any(name.startswith("on") for name in attrs)
    ]
    found += [f"no label for {control}" for control in reader.controls if control.get("id") not in reader.labels_for]
    found += [
        f"aria-describedby names {id_!r}, which is not there" for id_ in reader.described if id_ not in reader.ids
    ]
    found += [f"{count} h1" for count in [sum(tag == "h1" for tag, _ in reader.tags)] if count != 1]
    found += [
        f"empty {name} on <{tag}>" for tag, attrs in reader.tags for name in ("href", "src") if attrs.get(name) == ""
    ]
    found += ["inline script"] * bool(INLINE_SCRIPT.search(html))
    found += [
        f"file from elsewhere: {attrs['src']}"
        for tag, attrs in reader.tags
        if tag in ("script", "img", "iframe") and "//" in attrs.get("src", "")
    ]
    return found
