"""Which of our titles a feed's title means."""

import re
from dataclasses import dataclass

from careers.decoder import decode
from careers.models import JobTitle
from careers.vocabulary import RoleMask

OTHER_SLUG = "other-related"
OTHER_NAME = "Other related work"
# The role mask of each verdict, for words that name no title of our list.
ROLES = {"coordination": RoleMask.CC, "management": RoleMask.CM, "mixed": RoleMask.BOTH}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _words(text):
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))


def other():
    """Return the title for openings whose own title is not on our list; made when first needed."""
    title, _is_new = JobTitle.objects.get_or_create(
        slug=OTHER_SLUG,
        defaults={
            "name": OTHER_NAME,
            "roles": RoleMask.RELATED,
            "note_for_editors": "For openings from feeds whose title is not on our list. It widens no search.",
        },
    )
    return title


@dataclass(frozen=True)
class Match:
    """What a feed's title means: our title or None, the role mask, and a remark for people when it reads as another field."""

    title: JobTitle | None
    roles: int
    remark: str = ""


class TitleMatcher:
    """Finds titles for the words of a feed. Reads the list once, so make one per run."""

    def __init__(self):
        self._by_words, self._by_slug = {}, {}
        for title in JobTitle.objects.exclude(slug=OTHER_SLUG).order_by("pk"):
            self._by_slug[title.slug] = title
            for name in (title.name, *title.synonyms, *title.former_names):
                self._by_words.setdefault(_words(name), title)
        self._by_words.pop((), None)
        self._longest = max(map(len, self._by_words), default=0)

    def match(self, text):
        """Return the Match of `text`.

        A title of our list in so many words is that title. Else the title decoder says what the words mean and which
        title comes nearest; should our list lack that one, the longest title that stands in the words is taken.
        """
        if title := self._by_words.get(_words(text)):
            return Match(title, title.roles)
        found = decode(text)
        if found.verdict == "not_this_field":
            words = ", ".join(f"\u201c{phrase.phrase[:40]}\u201d" for phrase in found.evidence[:2])
            return Match(
                None, RoleMask.RELATED, f"title: reads as another field because of {words}; shown as related work"
            )
        if title := self._by_slug.get(found.title_slug) or self._part(text):
            return Match(title, title.roles)
        return Match(None, ROLES.get(found.verdict, RoleMask.RELATED))

    def _part(self, text):
        """The longest of our titles within `text`; of one length the last, since English titles end in what they are."""
        for spelling in (text, _BRACKETS.sub(" ", text)):
            words = _words(spelling)
            for length in range(min(len(words), self._longest), 1, -1):
                for start in range(len(words) - length, -1, -1):
                    if title := self._by_words.get(words[start : start + length]):
                        return title
        return self._by_words.get(_words(_BRACKETS.sub(" ", text)))
