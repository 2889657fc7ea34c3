"""What the opening is: its headline, our title for it, and the kind of work."""

import html
import re

from careers.decoder import OF_THE_FIELD, decode
from careers.decoder.known import by_slug, named_in
from careers.decoder.words import tokens_of
from careers.vocabulary import RoleMask, role_mask
from employers.pasting.plain import is_html

_LABEL = re.compile(
    r"\W{0,4}(?:job |position |working |civil service |posting )?(?:title|position|puesto|role|job)\s?:\s{0,3}(?P<title>[^\n|]{3,120})"
)
_CHROME = re.compile(
    r"^\W{0,4}(?:apply(?: now)?|save(?: job)?|share|job (?:description|details|id)|posted|req(?:uisition)?\b|back to|home\b|menu|sign in|easy apply)"
)
_SOUGHT = re.compile(
    r"\b(?:looking for|seeking|hiring|searching for|need|recruiting|busca(?:mos)?|opening for|position of|join (?:us|our team) as)(?: an?| our| the| experienced| full[- ]time| part[- ]time| \d| two| three| busy| compassionate)*\s(?=\w)"
)
LONGEST_HEADLINE = 120
FIRST_LINES = 6
MASKS = {"coordination": RoleMask.CC, "management": RoleMask.CM, "mixed": RoleMask.BOTH}
CLEAR = 0.6
_LEAD = re.compile(r"[^\w($]*")
_TAIL = re.compile(r"[^\w)!?%$]*")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ENDINGS = re.compile(r"(?<=[a-z])/(?:as?|os?|x|e)\b", re.IGNORECASE)  # Promotor/a
_CORE = re.compile(r"(?:(?! - | \(|, | \|).)*")
_VETERANS = re.compile(r"\b(?:department of veterans affairs|va (?:medical|health))")
_GENERAL = frozenset({"care-manager", "case-manager", "care-coordinator", "care-navigator", "patient-navigator"})
_JOB = re.compile(
    r"\b(?:coordinator|manager|navigator|worker|specialist|nurse|planner|coach|advocate|supervisor|director|liaison)s?\b"
)


def find(ad):
    """Return (guesses, notes) for headline, title and roles."""
    guesses = {}
    span = _headline(ad)
    if span:
        guesses["headline"] = _clean(ad, *span)
        span = (guesses["headline"].start, guesses["headline"].end)
    guesses |= _title(ad, span)
    return guesses, []


def _clean(ad, start, end):
    """A Guess of the headline: without marks of Markdown, its blanks made one."""
    guess = ad.guess("", start, end)
    words = ad.cased[guess.start : guess.end]
    start, end = guess.start + _LEAD.match(words).end(), guess.end - len(_TAIL.match(words[::-1])[0])
    words = ad.text[start:end]
    words = " ".join((html.unescape(_TAG.sub("", words)) if is_html(ad.text) else words).split())
    return ad.guess(words, start, end, 0.9)


def _headline(ad):
    """(start, end) of the words that name the opening, or None."""
    for start, end in ad.lines[:20]:
        label = _LABEL.match(ad.low, start, end)
        if label and _names_work(ad.cased[label.start("title") : label.end("title")]):
            return label.span("title")
    for start, end in ad.lines[:FIRST_LINES]:
        line = ad.cased[start:end].strip()
        if (
            len(line) > LONGEST_HEADLINE
            or _CHROME.match(line.lower())
            or (re.search(r"[.!?]$", line) and len(line.split()) > 9)
        ):
            continue
        if (
            len(line.split()) <= 16
            and _names_work(line)
            and not re.search(r"\b(?:we|our|you|your|are|is|will)\b", line.lower())
        ):
            return start, end
    return _in_prose(ad) or next((span for span in ad.lines[:2] if _is_a_job(ad, *span)), None)


def _is_a_job(ad, start, end):
    words = ad.low[start:end].split()
    return len(words) <= 8 and bool(_JOB.search(ad.low, start, end)) and not re.search(r"[.!?:]\s*$", ad.low[start:end])


def _names_work(words):
    """True when words name work of the field or close to it."""
    found = decode(" ".join(words.split()))
    return bool(found.title_slug) or (found.verdict in OF_THE_FIELD | {"related"} and found.confidence >= CLEAR)


def _in_prose(ad):
    """The title's own words within the first sentences."""
    for passage in ad.passages[:8]:
        start = passage.start
        if sought := _SOUGHT.search(ad.low, passage.start, passage.end):
            start = sought.end()
        elif passage.line and ad.passages[0] is not passage:
            continue
        tokens = tokens_of(ad.cased, start, min(passage.end, start + 200))
        if found := named_in(tokens):
            _known, first, last = found
            return first.start, last.end
    return None


def _decoded(words):
    """The Decoded of a headline. What stands before brackets, a comma or a dash counts when it names a special title."""
    words = _ENDINGS.sub("", words)
    whole = decode(words)
    core = decode(_CORE.match(words)[0])
    return core if core.title_slug and (core.title_slug not in _GENERAL or not whole.title_slug) else whole


def _title(ad, span):
    if span is None:
        return {}
    words = " ".join(ad.cased[slice(*span)].split())
    found = _decoded(words)
    if not found.title_slug and _VETERANS.search(ad.low):
        found = _decoded(f"VA {words}")
    certainty = min(0.95, max(0.5, found.confidence))
    guesses = {}
    if known := by_slug(found.title_slug):
        guesses["title"] = ad.guess(known.slug, *span, certainty)
        guesses["roles"] = ad.guess(role_mask(known.roles), *span, certainty)
    elif found.verdict in MASKS:
        guesses["roles"] = ad.guess(int(MASKS[found.verdict]), *span, certainty)
    return guesses
