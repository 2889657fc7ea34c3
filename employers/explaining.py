"""The words an ad uses for its work, each with one line about it and the page that says more."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

SHORT_CHARACTERS = 160
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class Explained:
    """A word of an ad: what kind of word it is, its name, one line about it (or ""), and the page about it."""

    kind: str
    name: str
    text: str
    url: str


def explained(listing) -> list:
    """Return an Explained for an opening's job title and for each of its settings. Needs care_settings loaded."""
    title = listing.title
    words = [Explained(_("Job title"), title.name, in_short(title.notes), title.get_absolute_url())]
    settings = sorted(listing.care_settings.all(), key=lambda one: (one.name, one.pk))
    return words + [
        Explained(_("Where you would work"), one.name, in_short(one.summary), one.get_absolute_url())
        for one in settings
    ]


def in_short(text):
    """The first sentences of a text of our own, as many as stand in one or two lines beside a link, at least one."""
    first, *others = _END_OF_SENTENCE.split(" ".join(text.split()))
    for sentence in others:
        if len(first) + 1 + len(sentence) > SHORT_CHARACTERS:
            break
        first = f"{first} {sentence}"
    return first
