"""Reading a whole ad: its title line, what the duties add, and what is left aside."""

import re
from itertools import islice

from careers.decoder import duties, titles
from careers.decoder.beside import BARE_NURSE, NURSING_ONLY
from careers.decoder.decoded import OF_THE_FIELD
from careers.decoder.titles import Reading
from careers.decoder.words import tokens_of

LONGEST_TITLE = 120  # characters; a longer line is prose
SHOWN_DUTIES = 8
SETTLED_IN_PROSE = 0.8  # confidence from which words inside a sentence are taken for a title of another field

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE = re.compile(r"[^.!?;•]+")
_LABEL = re.compile(r"\s*(?:job title|title|position title|position|job|role)\s*[:\-–]\s*", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"[a-z)][.!?] +(?:You|We|The|Our|This|In|As|Must|Provide|Work|Help) ")
_SEEKING = re.compile(
    r"\b(?:seeking|seeks|hiring|looking for|in search of|recruiting|need|needs|join us as|join our team as|position of"
    r"|role of|opening for|as our|as an?)\s+(?:(?:an?|the|our|two|several|experienced|compassionate|dedicated|full[- ]time"
    r"|part[- ]time|motivated|organized|skilled|caring|new)\s+){0,4}",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(r"[.,;:!?\n]|\s(?:to|who|that|which|for|with|at|in|on|will|is)\s", re.IGNORECASE)
_SENTENCE_WORDS = frozenset({"is", "are", "was", "we", "you", "will", "has", "have"})
_HEADING_WORDS = 7
_DUTY_HEADINGS = ("dut", "responsib", "what you will do", "what you'll do", "you will", "the role", "about the role", "job desc",
                  "position summary", "summary", "overview", "day to day", "a typical day", "essential function", "the job",
                  "about the job", "about the position", "requirement", "qualification", "what you need", "you bring", "skills",
                  "who you are", "must have")  # fmt: skip
_ASIDE_HEADINGS = ("benefit", "about us", "who we are", "our company", "our mission", "why join", "why work", "what we offer",
                   "we offer", "perks", "equal opportunity", "eeo", "compensation", "salary", "pay", "how to apply",
                   "about the company", "our values", "disclaimer", "additional information", "legal notice")  # fmt: skip
# A sentence that holds one of these speaks of the employer, the law or a colleague, not of this job's work.
_ASIDE = (
    "equal opportunity", "without regard to", "reasonable accommodation", "401(k)", "401k", "paid time off", "dental",
    "our mission", "we are a leading", "is a leading", "leading provider", "founded in", "report to", "reports to",
    "reporting to", "answer to", "supervised by", "works closely with case", "works closely with care", "talk with care",
    "alongside care", "alongside case", "partner with care managers", "used by care", "refer to case management",
    "background check", "health insurance", "e-verify", "drug screen", "care of the lawn",
)  # fmt: skip


def is_ad(text):
    """True for a text that is more than one title: several lines, or more than a line's worth of prose."""
    stripped = text.strip()
    is_long = len(stripped) > LONGEST_TITLE + 40
    return is_long or len(_LINE.findall(stripped)) > 1 or bool(_NEW_SENTENCE.search(stripped))


def read(text, end):
    """Return the Reading of the ad text[:end]."""
    sentences = list(_sentences(text, end))
    title = _title(text, end)
    found, tokens = {}, []
    for start, stop in sentences:
        words = tokens_of(text, start, stop, repair=False)
        tokens += words
        for key, duty in duties.found_in(words).items():
            found.setdefault(key, duty)
    elsewhere, health = duties.other_fields_in(tokens)
    return _weigh(title, found, elsewhere, health, tokens, text)


def _lines(text, end):
    for match in _LINE.finditer(text, 0, end):
        if match.group().strip():
            yield match.start(), match.end()


def _sentences(text, end):
    """Spans of the sentences that speak of this job: without sections and sentences about the employer or the law."""
    is_aside = False
    for number, (start, stop) in enumerate(_lines(text, end)):
        line = text[start:stop].strip(" \t-*•#:").lower().replace("’", "'")
        if len(line.split()) <= _HEADING_WORDS and not line.endswith("."):
            if number and any(line.startswith(word) or f" {word}" in line for word in _ASIDE_HEADINGS):
                is_aside = True
                continue
            if any(word in line for word in _DUTY_HEADINGS):
                is_aside = False
                continue
        if number and line.startswith(_ASIDE_HEADINGS) and ":" in line[:40]:
            continue
        if is_aside:
            continue
        for match in _SENTENCE.finditer(text, start, stop):
            spoken = match.group().lower()
            if not any(aside in spoken for aside in _ASIDE):
                yield match.start(), match.end()


def _title(text, end):
    """The Reading of the line or words that name the job, or None when nothing does. "Job title: ..." counts before all."""
    lines = list(islice(_lines(text, end), 13))
    labels = [label for start, stop in lines if (label := _LABEL.match(text, start, stop)) and label.end() < stop]
    for label in labels:
        reading = titles.read(tokens_of(text, label.end(), label.endpos), text)
        if reading.marks and label.endpos - label.end() <= LONGEST_TITLE:
            return reading
    fallback = None
    for number, (start, stop) in enumerate(lines[:5]):
        line = text[start:stop].strip()
        if (
            not number
            and (len(line) > LONGEST_TITLE or _is_prose(line))
            and (first := _SENTENCE.match(text, start, stop))
        ):
            stop = first.end()
            line = text[start:stop].strip()
        if not line or len(line) > LONGEST_TITLE or line[0] in "-*•·" or _is_prose(line):
            continue
        reading = titles.read(tokens_of(text, start, stop), text)
        is_clear = reading.verdict == "not_this_field" and reading.confidence >= (0.9 if number else 0.85)
        if is_clear or reading.slug or reading.verdict in OF_THE_FIELD | {"related"}:
            return reading
        fallback = fallback or (reading if reading.marks else None)
    return _sought(text, min(end, 1500)) or fallback


_NO_TITLE = (*_DUTY_HEADINGS, *_ASIDE_HEADINGS, "the ideal", "ideal candidate", "the successful")


def _is_prose(line):
    """True for a heading or a sentence, which name no job by themselves."""
    words = line.lower().split()
    if line.lower().strip(" :").startswith(_NO_TITLE):
        return True
    if (line.endswith(".") and len(words) > 4) or len(words) > 14:
        return True
    return len(words) > 4 and bool(_SENTENCE_WORDS & set(words[:3]))


def _sought(text, end):
    """The job in a sentence such as "is hiring an RN Case Manager for ..."."""
    best = None
    for match in list(_SEEKING.finditer(text, 0, end))[:6]:
        ends = _TITLE_ENDS.search(text, match.end(), end)
        stop = min(ends.start() if ends else end, match.end() + LONGEST_TITLE)
        reading = titles.read(tokens_of(text, match.end(), stop), text)
        if reading.verdict == "not_this_field" and reading.confidence < SETTLED_IN_PROSE:
            continue  # a word that merely ends as jobs do: "motivated team players"
        if reading.verdict in OF_THE_FIELD | {"related"}:
            return reading
        if reading.marks and (best is None or reading.verdict == "not_this_field" != best.verdict):
            best = reading
    return best


def _weigh(title, found, elsewhere, health, tokens, text):
    """Bring title and duties together."""
    coordination = [key for key, duty in found.items() if duty[0] == "CC"]
    management = [key for key, duty in found.items() if duty[0] == "CM"]
    strong = [key for key in management if key in duties.STRONG]
    field_name, words = max(elsewhere.items(), key=lambda item: len(item[1]), default=("", {}))
    is_elsewhere = len(words) >= 3 and len(words) > health
    verdict = title.verdict if title else None
    if verdict == "not_enough" and any(says == BARE_NURSE for _start, _end, says in title.marks):
        title = _bare_nurse(title, found, tokens)
        verdict = title.verdict
    if verdict == "not_this_field" and title.confidence >= 0.7:
        return _outside_title(title, found, management, strong)
    if is_elsewhere and not (verdict in OF_THE_FIELD and title.confidence >= 0.95):
        says = f"A word of {field_name}"
        marks = [(start, end, says) for start, end in sorted(words.values())[:5]]
        return Reading("not_this_field", 0.85, marks)
    if verdict == "related":
        return title
    if verdict in OF_THE_FIELD:
        return _titled(title, found, coordination, management)
    return _untitled(title, found, coordination, management, words, field_name, health, tokens, text)


def _marks(found, keys):
    return [found[key][1:] for key in sorted(keys, key=lambda key: found[key][1])[:SHOWN_DUTIES]]


def _bare_nurse(title, found, tokens):
    """A nurse's title that says no more keeps open what the work is only when a caseload, assessments and plans are in it."""
    bedside = duties.bedside_in(tokens)
    carries = {"caseload", "carrying"} & set(found) or any(token.lemma == "panel" for token in tokens)
    if carries and "assessing" in found and {"planning", "care-plan"} & set(found) and not bedside:
        return title
    if not found and not bedside:
        return title
    marks = [(start, end, NURSING_ONLY) for start, end, _says in title.marks]
    if bedside:
        marks.append((*bedside, "Bedside care or treatment, a nurse's work outside this field"))
    return Reading("not_this_field", 0.85 if bedside else 0.7, marks)


def _outside_title(title, found, management, strong):
    """A title of another field keeps its verdict, unless it is a nurse's and the work is case management throughout."""
    is_nurse = any(says == NURSING_ONLY for _start, _end, says in title.marks)
    if is_nurse and len(strong) >= 3 and "named-cm" in strong:
        return Reading("management", 0.7, _marks(found, management), "nurse-care-manager")
    return title


def _titled(title, found, coordination, management):
    """A title of the field, with what the duties add to it or set against it."""
    verdict, confidence = title.verdict, title.confidence
    if verdict == "coordination" and len(management) >= 3 and len(management) >= len(coordination):
        verdict, confidence = "mixed", 0.78
    elif verdict == "management" and len(coordination) >= 3 and len(coordination) > 2 * len(management):
        verdict, confidence = "mixed", 0.72
    else:
        supporting = {"coordination": coordination, "management": management}.get(verdict, coordination + management)
        confidence = min(0.98, confidence + 0.02 * min(4, len(supporting)))
    return Reading(verdict, confidence, title.marks + _marks(found, coordination + management), title.slug)


def _untitled(title, found, coordination, management, words, field_name, health, tokens, text):
    """No title that tells: the duties decide, when there are enough of them."""
    marks = list(title.marks) if title else []
    slug = title.slug if title else None
    enough = 2 if slug else 3 if title is None or title.verdict == "not_enough" else 6
    kind = "coordination" if len(coordination) > len(management) else "management"
    anchors = duties.ANCHORS["CC" if kind == "coordination" else "CM"]
    if len(coordination) + len(management) >= enough and anchors & set(found) and (slug or health >= 2):
        fewer, more = sorted((len(coordination), len(management)))
        if fewer >= 3 and fewer * 2 > more:
            kind = "mixed"
        confidence = min(0.85, 0.55 + 0.06 * (more - fewer) + 0.02 * fewer)
        return Reading(kind, confidence, marks + _marks(found, coordination + management), slug)
    if len(words) >= 2 and len(words) > len(coordination) + len(management):
        says = f"A word of {field_name}"
        return Reading("not_this_field", 0.7, [(start, end, says) for start, end in sorted(words.values())[:5]])
    if title and title.verdict == "not_this_field":
        return title
    first = titles.read(tokens[:25], text)
    if title is None and not found and first.verdict == "not_this_field" and first.confidence >= 0.9:
        return Reading("not_this_field", 0.6, first.marks)
    return Reading("not_enough", 0.7, marks + _marks(found, coordination + management), slug)
