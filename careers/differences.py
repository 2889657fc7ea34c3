"""What changed between two plain values, word by word, for people."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

MOST_WORDS = 3000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def text_of(value):
    """A plain value as text: lists a line each, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    return str(value)


def marked_up(old, new):
    """The change from `old` to `new` as HTML: what went in <del>, what came in <ins>, the rest as it is."""
    before, after = _WORDS.findall(text_of(old)), _WORDS.findall(text_of(new))
    if len(before) + len(after) > MOST_WORDS:
        return format_html("<del>{}</del> <ins>{}</ins>", text_of(old), text_of(new))
    parts = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            parts.append(format_html("{}", "".join(before[a:b])))
            continue
        if a < b:
            parts.append(format_html("<del>{}</del>", "".join(before[a:b])))
        if c < d:
            parts.append(format_html("<ins>{}</ins>", "".join(after[c:d])))
    return format_html_join("", "{}", ((part,) for part in parts)) if parts else mark_safe("")


def between(kind, before, after):
    """[{name, label, before, after, html}] for the fields that differ; `before` may lack a field (a new object)."""
    rows = []
    for name, value in after.items():
        if before.get(name) == value:
            continue
        label = str(kind._meta.get_field(name).verbose_name)
        rows.append(
            {
                "name": name,
                "label": label[:1].upper() + label[1:],
                "before": text_of(before.get(name)),
                "after": text_of(value),
                "html": marked_up(before.get(name), value),
            }
        )
    return rows
