"""From text to tokens: words in one plain spelling, each with its place in the text as it was given."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from careers.decoder.lexicon import ALIASES, EXPANSIONS, KNOWN_WORDS, REPAIRED

# Marks that may stand inside a word without being seen: zero-width characters, soft hyphen, combining accents.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = rf"[^\W_](?:[^\W_]|[{_INVISIBLE}\u0300-\u036f]|['’](?=[^\W\d_]))*"
_TOKEN = re.compile(rf"(?:[A-Za-z]\.){{2,4}}|{_WORD}|\n+|[^\w\s]")
_BREAKS = frozenset(",;:|()[]{}<>.!?•*·–—‐\n") - {"‐"}
_JOINERS = frozenset("/&+")
LONGEST_WORD = 40
_PERIOD = r"(?:hrs?|hours?|hourly|yrs?|years?|annum|annually|wks?|weeks?|weekly|days?|months?|shifts?|visits?)\b"
_AMOUNT = r"\d[\d,.]{0,12}\s?k?\b\+?"
# What is paid and how many hours are worked: "$25 - $30/hr", "40 hrs/wk", "/hr". It names no work, and divides like a comma.
_PAY = re.compile(
    rf"(?:\$\s?{_AMOUNT}(?:\s?(?:-|–|—|to)\s?\$?\s?{_AMOUNT})?|\b\d[\d.]{{0,5}}\s?(?=(?:hrs?|hours?)\b)|(?:/|\bper)\s?(?={_PERIOD}))"
    rf"(?:\s?(?:/|\bper\b|\ban?\b)?\s?{_PERIOD}){{0,2}}",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """One word: its plain spelling, where it stands in the text, and the number of its part of the line."""

    lemma: str
    start: int
    end: int
    part: int


def tokens_of(text, start=0, end=None, *, repair=True):
    """Return the words of text[start:end] as Tokens; `repair` mends typing errors in the words that carry the meaning.

    Parts are what commas, brackets, dashes and the like divide. "/", "&" and "and" join, so they divide nothing.
    """
    found, part = [], 0
    end = len(text) if end is None else end
    paid, reached = _PAY.finditer(text, start, end), start
    pay = next(paid, None)
    for match in _TOKEN.finditer(text, start, end):
        word, at, to = match.group(), match.start(), match.end()
        while pay and pay.end() <= at:
            pay = next(paid, None)
        if pay and pay.start() <= at:
            part += at >= reached
            reached = pay.end()
        elif word[0].isalnum():
            found += [Token(lemma, at, to, part) for lemma in lemmas(word, repair)]
        elif word in _JOINERS:
            found.append(Token("/", at, to, part))
        elif word[0] in _BREAKS or (word in "-‐‑−" and _stands_apart(text, at, to, start, end)):
            part += 1
    return _joined(found)


def _stands_apart(text, at, to, start, end):
    """True for a dash with a space on a side: "Manager - Case", "Coordinator- RN"; not for "Co-ordinator"."""
    return at == start or to == end or text[at - 1].isspace() or text[to].isspace()


def _joined(tokens):
    """Put together what a hyphen or a space split: co-ordinator, wrap-around, re-entry, child-care as two words."""
    found = []
    for token in tokens:
        if found and (whole := _HALVES.get((found[-1].lemma, token.lemma))) and token.start - found[-1].end <= 1:
            found[-1] = Token(whole, found[-1].start, token.end, found[-1].part)
        else:
            found.append(token)
    return found


_HALVES = {
    ("co", "ordinator"): "coordinator",
    ("co", "ordination"): "coordination",
    ("co", "ordinate"): "coordinate",
    ("wrap", "around"): "wraparound",
    ("re", "entry"): "reentry",
    ("case", "worker"): "caseworker",
    ("case", "work"): "caseworker",
    ("pre", "authorization"): "preauthorization",
}


@lru_cache(maxsize=20_000)
def lemmas(word, repair=True):
    """The plain spelling of one word, as a tuple: several for what is written in one ("RNCM", "healthcare")."""
    word = word[:LONGEST_WORD]
    plain = plain_spelling(word)
    if not plain:
        return ()
    if plain in EXPANSIONS:
        return EXPANSIONS[plain]
    if plain in ALIASES:
        return (ALIASES[plain],)
    single = _singular(plain)
    single = ALIASES.get(single, single)
    if repair and len(single) > 6 and single.isalpha() and single not in KNOWN_WORDS:
        single = _repaired(single)
    return (single,)


def plain_spelling(word):
    """Lower case, without accents, dots, possessive and invisible marks."""
    if word.isascii():
        plain = word.lower()
    else:
        spread = unicodedata.normalize("NFKD", word).casefold()
        plain = "".join(sign for sign in spread if sign.isalnum() or sign in "'’")
    plain = plain.replace("’", "'").replace(".", "")
    return plain.removesuffix("'s").replace("'", "")


def _singular(word):
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _repaired(word):
    """The meaning-bearing word this one is a typing error of: one letter wrong, missing, doubled or swapped."""
    for right in REPAIRED:
        if right[0] == word[0] and abs(len(right) - len(word)) <= 2:
            allowed = 2 if len(right) >= 10 else 1
            if _distance(word, right, allowed) <= allowed:
                return right
    return word


def _distance(one, other, most):
    """Edits between two words, swaps of neighbors counted once; stops counting beyond `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for at, sign in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, wanted in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (sign != wanted))
            if at > 1 and place > 1 and sign == other[place - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
