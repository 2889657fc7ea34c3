"""Titles by what someone knows of them: a word, letters such as RNCM, an older name, a role, a setting, a license.

The list is small (about a hundred rows), so it is read once and narrowed here, and each find can say which of its
names was meant.
"""

import re
from dataclasses import dataclass

from careers.vocabulary import ROLE_SLUGS, RoleMask

_NOT_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class TitleCriteria:
    """What is asked; an empty field narrows nothing. `role`: cc, cm or related; `setting`: a slug; `licence`: a Frequency."""

    words: str = ""
    role: str = ""
    setting: str = ""
    licence: str = ""

    @property
    def is_empty(self):
        """True when nothing is asked, so that every title fits."""
        return self == TitleCriteria()


@dataclass(frozen=True)
class FoundTitle:
    """A title that fits. `known_as`: the other name by which it was found, "" when its own name has the words."""

    title: object
    known_as: str = ""

    @property
    def letter(self):
        """The capital it stands under in an A to Z."""
        return self.title.name[:1].upper()


def narrowed(titles, criteria):
    """Return a FoundTitle for each of `titles` that fits, in the order given. Needs `settings` loaded."""
    found = []
    for title in titles:
        if criteria.role and not _means(title, criteria.role):
            continue
        if criteria.setting and criteria.setting not in {setting.slug for setting in title.settings.all()}:
            continue
        if criteria.licence and title.license_typical != criteria.licence:
            continue
        name = name_with(title, criteria.words) if criteria.words else title.name
        if name is not None:
            found.append(FoundTitle(title, "" if name == title.name else name))
    return found


def name_with(title, words):
    """Return the name of `title` that `words` name: its own, a synonym, letters or an older name; None when none does.

    Each word must begin a word of that name, so "navig" finds navigators; letters such as RNCM must be all of them.
    """
    asked = _words(words)
    if not asked:
        return None
    if all(any(part.startswith(word) for part in _words(title.name)) for word in asked):
        return title.name
    for letters in title.abbreviations:
        if _words(letters) == asked or "".join(_words(letters)) == "".join(asked):
            return letters
    for name in [*title.synonyms, *title.former_names]:
        if all(any(part.startswith(word) for part in _words(name)) for word in asked):
            return name
    return None


def _means(title, role):
    mask = ROLE_SLUGS[role]
    return title.roles == RoleMask.RELATED if mask == RoleMask.RELATED else bool(title.roles & mask)


def _words(text):
    """Lower-case words without signs; a plural of three letters or more finds the singular."""
    words = _NOT_LETTERS.sub(" ", text.casefold()).split()
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]
