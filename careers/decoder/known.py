"""The titles of careers/content/titles.yaml: which of them a line names, or comes nearest to."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from careers.decoder.words import tokens_of

TITLES = Path(__file__).resolve().parent.parent / "content" / "titles.yaml"  # no Django is needed to decode
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COUNTS_FOR_NOTHING = frozenset({"/", "of", "or", "de", "for", "and", "the", "level"})


@dataclass(frozen=True)
class Known:
    """One title of the guide: `roles` is a set of "CC" and "CM", empty for a close relative."""

    slug: str
    name: str
    roles: frozenset
    track: str
    rank: int


@lru_cache(maxsize=1)
def _vocabulary():
    """Every name and synonym as its words in order -> Known. Read once from the shipped file, never from a database."""
    with TITLES.open(encoding="utf-8") as file:
        rows = yaml.load(file, Loader=_Loader)["titles"]  # noqa: S506 (both loaders are safe ones)
    found = {}
    for rank, row in enumerate(rows):
        known = Known(row["slug"], row["title"], frozenset(row["roles"]), row["track"], rank)
        for name in (row["title"], *row.get("synonyms", ()), *row.get("former_titles", ())):
            found.setdefault(words_of(tokens_of(name)), known)
    return found


@lru_cache(maxsize=1)
def _by_word():
    """A word -> the names that hold it, so that a line looks at few of them."""
    found = {}
    for words, known in _vocabulary().items():
        rarest = max(words, key=lambda word: (word not in _FREQUENT, len(word), word))
        found.setdefault(rarest, []).append((frozenset(words), words, known))
    return found


_FREQUENT = frozenset(
    {"care", "case", "manager", "coordinator", "nurse", "health", "rn", "social", "worker", "service"}
)


def words_of(tokens):
    """The words of tokens that count when names are compared."""
    return tuple(token.lemma for token in tokens if token.lemma not in _COUNTS_FOR_NOTHING)


def named_in(tokens):
    """Return (Known, first token, last token) of the longest name that stands in `tokens` word for word, else None."""
    counted = [token for token in tokens if token.lemma not in _COUNTS_FOR_NOTHING]
    words = tuple(token.lemma for token in counted)
    vocabulary = _vocabulary()
    for length in range(min(len(words), 9), 1, -1):
        for at in range(len(words) - length, -1, -1):
            if known := vocabulary.get(words[at : at + length]):
                return known, counted[at], counted[at + length - 1]
    if len(words) == 1 and (known := vocabulary.get(words)):
        return known, counted[0], counted[0]
    return None


def nearest(tokens, cores):
    """The slug of the most telling name whose words all stand in `tokens`, in any order, and which names one of `cores`.

    `cores` are pairs such as ("care", "manager"); with none, None. Of names with as many words the earlier row counts.
    """
    words = set(words_of(tokens))
    best = None
    for word in words:
        for members, ordered, known in _by_word().get(word, ()):
            if members <= words and any(set(core) <= members for core in cores):
                score = (len(ordered), -known.rank)
                if best is None or score > best[0]:
                    best = (score, known.slug)
    return best and best[1]


def by_slug(slug):
    """The Known of a slug; None when the guide has no such title."""
    return _by_slug().get(slug)


@lru_cache(maxsize=1)
def _by_slug():
    return {known.slug: known for known in _vocabulary().values()}
