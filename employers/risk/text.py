"""Finds the phrases that crooks use. A rule needs what stands beside it in the sentence, and lets honest ones off."""

import re
from dataclasses import dataclass

from employers.risk.codes import Risk
from employers.risk.folding import Folded
from employers.risk.rules import DENIED, DENIED_BEFORE, FREE_HOSTS, NEAR, RULES

LONGEST = 20_000  # characters that are read; an opening's description may have no more


@dataclass(frozen=True)
class Finding:
    """A phrase of the text that shows a risk: text[start:end] is the phrase."""

    code: str
    phrase: str
    start: int
    end: int


_SENTENCE = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|no|e\.g|i\.e)\.|[^.!?\n]|\.(?=[a-z0-9@/]))+[.!?\n]*")

_AT = r"\s*(?:@|\(at\)|\[at\]|\s+at\s+)\s*"
_DOT = r"\s*(?:\.|\(dot\)|\[dot\]|\s+dot\s+)\s*"
_FREE_ADDRESS = re.compile(
    rf"\b[a-z0-9][a-z0-9._+-]*{_AT}{FREE_HOSTS}{_DOT}(?:com|net|org|me|de|co|us|ru)\b", re.IGNORECASE
)


def in_text(text: str, *, own_addresses=()) -> tuple[Finding, ...]:
    """Return what is risky in a text, in its order, each code with each of its phrases once.

    `own_addresses` are the employer's confirmed addresses: a small agency may truly use a free mail host.
    """
    folded = Folded(text[:LONGEST])
    found = []
    for sentence in _SENTENCE.finditer(folded.text):
        words = sentence.group()
        denied = DENIED.search(words)
        for rule in RULES:
            if (rule.denied and denied) or (rule.let_off and rule.let_off.search(words)):
                continue
            match = rule.show.search(words)
            if match is None or (rule.beside is not None and not rule.beside.search(words)):
                continue
            if not (rule.denied and DENIED_BEFORE.search(words, max(0, match.start() - NEAR), match.end())):
                found.append(
                    _finding(folded, rule.code, sentence.start() + match.start(), sentence.start() + match.end())
                )
    allowed = {address.lower() for address in own_addresses}
    addresses = [match for match in _FREE_ADDRESS.finditer(folded.text) if match.group() not in allowed]
    found += [_finding(folded, Risk.FREE_MAIL, match.start(), match.end()) for match in addresses]
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end, one.code)))


def _finding(folded, code, start, end):
    while folded.text[start].isspace() and start < end - 1:
        start += 1
    while folded.text[end - 1].isspace() and end > start + 1:
        end -= 1
    first, last = folded.span(start, end)
    return Finding(code.value, folded.original[first:last], first, last)
