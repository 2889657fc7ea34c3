"""An ad cut into lines and sentences, each with the section it stands in: what is asked, what is offered, who we are."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from employers.pasting import plain
from employers.pasting.guesses import Guess, Span

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?;](?=[\s*)\"'])|[.!?;]$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:st|dr|mr|ms|mrs|jr|sr|vs|approx|dept|yrs?|hrs?|mos?|min|inc|no|ave|incl|pref|req|exp|u\.s|e\.g|i\.e|a\.m|p\.m|\d))\.$"
)
_MARKS = " \t-*#>_=|~+"
MOST_HEADING_WORDS = 9
FEW_WORDS = 2
LONGEST_SENTENCE = 600  # characters; people write shorter ones

ASKED, OFFERED, ABOUT, DUTIES = "asked", "offered", "about", "duties"
# The words that a heading, or a label at the start of a line, begins with -> (section, stance of what stands below).
_HEADINGS = (
    (r"(?:preferred|desired|nice[- ]to[- ]haves?|bonus points|pluses|a plus|ideal (?:candidate|qualif)|it would be great|also helpful)", ASKED, "preferred"),
    (r"(?:required|must[- ]haves?|you must|minimum|what you (?:must|need)|you need|you have|requirements?|qualifications?"
     r"|requisitos|education|experience|licen[sc]e|skills|who you are|what you(?:'ll| will)? bring|you bring|what we(?:'re| are)? look"
     r"|about you|special requirement|acceptable|basic qual|eligibility)", ASKED, ""),
    (r"(?:benefits|perks|what we offer|we offer|you get|what you(?:'ll| will)? get|offered|compensation|salary|pay\b|total rewards"
     r"|why (?:join|work|you)|rate\b|our benefits|what it pays)", OFFERED, ""),
    (r"(?:about us|about (?:the )?(?:company|agency|organization|employer|hospital|our)|who we are|our (?:mission|story|company|values)"
     r"|company (?:overview|description|profile)|equal (?:employment )?opportunity|eeo|disclaimer|legal)", ABOUT, ""),
    (r"(?:dut(?:y|ies)|responsibilit|what you(?:'ll| will)? do|you will|the (?:role|work|job|details|position)|(?:full )?job (?:summary"
     r"|description|duties)|position summary|summary|about the (?:job|role|position)|essential|a (?:typical|usual) day|day to day"
     r"|distinguishing|primary|key |terms|schedule|where|hours|location|who we serve|caseload|both)", DUTIES, ""),
)  # fmt: skip
_HEADING = re.compile("|".join(rf"(?P<h{number}>{words})" for number, (words, _s, _t) in enumerate(_HEADINGS)))
# A sentence that says this speaks of the law and of everybody: it says nothing of this opening.
_LEGAL = re.compile(
    r"equal (?:employment )?opportunity|discriminat|without regard|regardless of|protected (?:class|status|veteran|by)|\beoe\b"
    r"|sexual orientation|national origin|reasonable accommodation|e-verify|genetic information|affirmative action"
)


@dataclass(frozen=True)
class Passage:
    """A sentence (or line) of the ad: where it stands, its section, and the stance its heading gives, "" for none."""

    start: int
    end: int
    section: str
    stance: str
    line: int


class Family:
    """Patterns of one kind, tried together at the start of each word: an ad is walked once instead of once for each."""

    def __init__(self, rows):
        self.names = [name for name, _pattern in rows]
        self.patterns = dict(rows)
        tried = "|".join(f"(?P<n{number}>{pattern.pattern})" for number, (_name, pattern) in enumerate(rows))
        self.pattern = re.compile(f"(?<![a-z0-9])(?:{tried})")

    def name_of(self, match):
        """The name of the pattern that made a match."""
        return self.names[int(match.lastgroup[1:])]


class Ad:
    """A pasted ad: the text as given, in plain spelling, and its passages. Places count characters of the text."""

    def __init__(self, text):
        self.text = text
        self.cased = plain.cased(text)
        self.low = plain.small(self.cased)
        self.lines = [match.span() for match in _LINE.finditer(self.low) if match[0].strip(_MARKS)]

    @cached_property
    def passages(self):
        """All sentences that speak of this opening or its employer; those on law and discrimination are left out."""
        found, section, stance = [], "", ""
        for number, (start, end) in enumerate(self.lines):
            first = start + len(self.low[start:end]) - len(self.low[start:end].lstrip(_MARKS))
            line = self.low[first:end].strip()
            here, here_stance = section, stance
            if (heading := _HEADING.match(line)) and number:
                kind, firm = _kind(heading)
                label, colon, rest = line.partition(":")
                is_short = len(line.rstrip(":").split()) <= MOST_HEADING_WORDS
                if colon and not rest.strip(_MARKS) and len(label.split()) <= MOST_HEADING_WORDS:
                    section = here = kind
                    stance = here_stance = firm
                elif colon and len(label) <= 60:
                    here, here_stance = kind, firm
                elif (is_short and len(line.split()) <= FEW_WORDS) or (
                    is_short
                    and not line.endswith((".", "!", ","))
                    and not re.search(r"\d|\$", line)
                    and _stands_alone(line)
                ):
                    section = here = kind
                    stance = here_stance = firm
            for sentence_start, sentence_end in _sentences(self.low, first, end):
                if not _LEGAL.search(self.low, sentence_start, sentence_end):
                    found.append(Passage(sentence_start, sentence_end, here, here_stance, number))
        return found

    def said(self, passage):
        """The words of a passage in plain spelling."""
        return self.low[passage.start : passage.end]

    def named(self, family):
        """Each (name, passage, match) of a Family."""
        for passage, match in self.finditer(family.pattern):
            yield family.name_of(match), passage, match

    def within(self, passage, family):
        """Each (name, start, end) of a Family within one passage."""
        found = family.pattern.finditer(self.low, passage.start, passage.end)
        return [(family.name_of(match), *match.span()) for match in found]

    def finditer(self, pattern, *hints):
        """Each (passage, match) of a compiled pattern, each match within one sentence.

        `hints`: words one of which must stand in the text for the pattern to match; looking for them costs next to nothing.
        """
        if hints and not any(hint in self.low for hint in hints):
            return
        reached = -1
        for match in pattern.finditer(self.low):
            at = bisect_right(self._starts, match.start()) - 1
            passage = self.passages[at] if at >= 0 else None
            if passage is None or match.start() >= passage.end:
                continue
            if match.end() <= passage.end:
                yield passage, match
            elif at != reached:  # it ran into the next sentence: ask the sentence alone
                reached = at
                for whole in pattern.finditer(self.low, match.start(), passage.end):
                    yield passage, whole

    def before(self, passage):
        """The passage before this one, or None."""
        at = bisect_right(self._starts, passage.start) - 2
        return self.passages[at] if at >= 0 else None

    def after(self, passage):
        """The passages behind this one, in their order."""
        at = bisect_right(self._starts, passage.start)
        return self.passages[at : at + 2]

    @cached_property
    def _starts(self):
        return [passage.start for passage in self.passages]

    def span(self, start, end):
        """The Span of the text from start to end, without blanks and marks around it."""
        part = self.low[start:end]
        start += len(part) - len(part.lstrip(" \n*|"))
        end -= len(part) - len(part.rstrip(" \n*|,;"))
        return Span(self.text[start:end], start, max(start, end))

    def guess(self, value, start, end, certainty=0.9, more=()):
        """A Guess of `value` by text[start:end]."""
        span = self.span(start, end)
        return Guess(value, span.phrase, span.start, span.end, certainty, tuple(more))

    def listed(self, found, certainty=0.9):
        """A Guess of a sorted list, from (value, start, end) each; None when there are none."""
        if not found:
            return None
        first = {}
        for value, start, end in sorted(found, key=lambda one: one[1]):
            first.setdefault(value, self.span(start, end))
        main, *more = sorted(set(first.values()), key=lambda span: span.start)
        return Guess(sorted(first), main.phrase, main.start, main.end, certainty, tuple(more))


def _kind(heading):
    number = int(heading.lastgroup[1:])
    return _HEADINGS[number][1:]


_ALONE = re.compile(r"(?:[\w'&/+ ,-]{1,40})(?:\?|:)?$")
_SENTENCE_WORDS = re.compile(
    r"\b(?:degree|diploma|license|required|preferred|years?|rn|lmsw|of the|in a|in the|hours?|with a|must|is)\b"
)


def _stands_alone(line):
    """True for a line that is a heading by its looks: few plain words that make no sentence and ask nothing."""
    return bool(_ALONE.match(line)) and not _SENTENCE_WORDS.search(line)


def _sentences(low, start, end):
    """(start, end) of each sentence of a line."""
    at = start
    for stop in _END.finditer(low, start, end):
        if stop[0] == "." and _ABBREVIATED.search(low, max(at, stop.end() - 9), stop.end()):
            continue
        yield from _pieces(low, at, stop.end())
        at = stop.end()
    if low[at:end].strip(_MARKS):
        yield from _pieces(low, at, end)


def _pieces(low, start, end):
    """A sentence as it is, or in pieces of at most LONGEST_SENTENCE characters, so that no rule looks far."""
    while end - start > LONGEST_SENTENCE:
        blank = low.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        stop = blank if blank > 0 else start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end
