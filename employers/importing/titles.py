"""Which of our titles a feed's title means."""

import re

from careers.models import JobTitle
from careers.vocabulary import RoleMask

OTHER_SLUG = "other-related"
OTHER_NAME = "Other related work"
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


class TitleMatcher:
    """Finds titles by name. Reads the list once, so make one per run."""

    def __init__(self):
        self._by_words = {}
        for title in JobTitle.objects.exclude(slug=OTHER_SLUG).order_by("pk"):
            for name in (title.name, *title.synonyms, *title.former_names):
                self._by_words.setdefault(_words(name), title)
        self._by_words.pop((), None)
        self._longest = max(map(len, self._by_words), default=0)

    def match(self, text):
        """Return the JobTitle that `text` names, whole or as its longest part, else None.

        "RN Case Manager (Nights)" is RN Case Manager; of parts of one length the last counts, since English titles
        end in what they are. Parts of one word do not count.
        """
        for spelling in (text, _BRACKETS.sub(" ", text)):
            words = _words(spelling)
            for length in range(min(len(words), self._longest), 1, -1):
                for start in range(len(words) - length, -1, -1):
                    if title := self._by_words.get(words[start : start + length]):
                        return title
        return self._by_words.get(_words(_BRACKETS.sub(" ", text)))
