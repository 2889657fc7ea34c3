"""Titles in which care and case meet no head: relatives, programs, other fields, too little."""

from careers.decoder import lexicon, occupations, relatives
from careers.decoder.cores import LICENSED, LINKS, spot
from careers.decoder.decoded import Reading
from careers.decoder.known import named_in
from careers.decoder.lexicon import word_set

_MAY_STAND_BEFORE = occupations.EMPTY | lexicon.HEALTH | lexicon.SOCIAL | LICENSED | {"/"}


def without_core(tokens, words, text):
    """The reading of a line in which care and case meet no head: relatives, programs, other fields, too little."""
    plain = [place for place, word in enumerate(words) if word != "/"]
    spelled = [words[place] for place in plain]
    return (
        _counted(tokens, plain, spelled) or _service_coordinator(tokens, plain, spelled) or _caseworker(tokens, words)
        or _relative(tokens, plain, spelled) or _at_the_door(tokens, plain, spelled)
        or _by_name(tokens, words) or outside(tokens, words, text)
    )  # fmt: skip


def _places(spelled, sequence):
    """Where `sequence` stands in `spelled`, or None."""
    length = len(sequence)
    for at in range(len(spelled) - length + 1):
        if tuple(spelled[at : at + length]) == sequence:
            return at
    return None


def _counted(tokens, plain, spelled):
    if set(spelled) & relatives.NOT_A_RELATIVE or (
        "recovery" in spelled and set(spelled) & {"disaster", "asset", "it", "debt"}
    ):
        return None
    for sequence, kind, says, confidence in relatives.COUNTED:
        at = _places(spelled, sequence)
        if at is None:
            continue
        mark = spot(tokens, plain[at], plain[at + len(sequence) - 1], says)
        has_license = set(spelled) & LICENSED
        if kind == "TOC":
            kind = (
                "CM"
                if has_license or "manager" in spelled
                else "BOTH"
                if "coordinator" in spelled and "coach" not in spelled
                else "CC"
            )
        verdict = {"CC": "coordination", "CM": "management", "BOTH": "mixed"}[kind]
        known = named_in(tokens)
        return Reading(verdict, confidence, [mark], known[0].slug if known else None)
    return None


def _service_coordinator(tokens, plain, spelled):
    at = _places(spelled, ("service", "coordinator"))
    is_support = at is None
    if is_support:
        at = _places(spelled, ("support", "coordinator"))
    if at is None:
        return None
    present = set(spelled)
    mark = plain[at], plain[at + 1]
    if at and spelled[at - 1] == "social" and present & relatives.FACILITIES:
        says = "In a nursing home this is its social services department: a close relative"
        return Reading("related", 0.66, [spot(tokens, mark[0] - 1, mark[1], says)])
    if other := present & relatives.OTHER_SERVICES:
        place = plain[spelled.index(next(word for word in spelled if word in other))]
        says = "A service of another kind, not care"
        return Reading("not_this_field", 0.86, [spot(tokens, place, place, says)])
    program = [place for place, word in enumerate(spelled) if word in relatives.SERVICE_PROGRAMS]
    before = spelled[at - 1] if at else ""
    if is_support:
        stands_first = before in occupations.EMPTY or not before
        if not stands_first and before not in relatives.SERVICE_PROGRAMS - {"community", "family"}:
            return None
        says = "Supports coordinators plan and follow up services for people with disabilities"
        known = named_in(tokens)
        return Reading(
            "coordination", 0.72, [spot(tokens, *mark, says)], known[0].slug if known else "support-coordinator"
        )
    if before in ("patient", "resident") or (before == "client"):
        return None
    if program:
        place = plain[program[0]]
        says = ("Coordinates services for people", "The program this serves is one of care")
        marks = [spot(tokens, *mark, says[0]), spot(tokens, place, place, says[1])]
        known = named_in(tokens)
        return Reading("coordination", 0.76, marks, known[0].slug if known else "service-coordinator")
    says = "This title means different work in each program: add the program or the duties"
    return Reading("not_enough", 0.8, [spot(tokens, *mark, says)], "service-coordinator")


def _at_the_door(tokens, plain, spelled):
    """Intake and authorization at a health service are relatives; alone, or at a law firm, they are not known to be."""
    doors = relatives.DOORS
    at = next(
        (at for at, word in enumerate(spelled[:-1]) if word in doors and spelled[at + 1] in relatives.AT_THE_DOOR), None
    )
    if at is None or set(spelled) & (relatives.OTHER_SERVICES | relatives.NOT_A_RELATIVE | set(lexicon.OTHER_FIELD)):
        return None
    if not set(spelled) & (lexicon.HEALTH | {"care"}):
        return None
    return Reading("related", 0.7, [spot(tokens, plain[at], plain[at + 1], doors[spelled[at]])])


def _caseworker(tokens, words):
    if "caseworker" not in words:
        return None
    at = words.index("caseworker")
    social = set(words) & relatives.SOCIAL_CASEWORK
    if "director" in words or "unit" in words:
        return Reading("related", 0.55, [spot(tokens, at, at, "Casework is a close relative of care management")])
    if social:
        says = "Casework in public programs is a close relative of care management"
        return Reading("related", 0.66, [spot(tokens, at, at, says)])
    says = "Caseworker is often another word for case manager"
    return Reading("management", 0.6, [spot(tokens, at, at, says)], "case-manager")


def _relative(tokens, plain, spelled):
    if set(spelled) & relatives.NOT_A_RELATIVE:
        return None
    for sequence, says, confidence in relatives.SEQUENCES:
        at = _places(spelled, sequence)
        if at is not None:
            mark = spot(tokens, plain[at], plain[at + len(sequence) - 1], says)
            known = named_in(tokens)
            return Reading("related", confidence, [mark], known[0].slug if known else None)
    return None


def _by_name(tokens, words):
    """A title of the guide in so many words, where no rule above knew it."""
    found = named_in(tokens)
    if not found or set(words) & relatives.NOT_A_RELATIVE:
        return None
    known, first, last = found
    named = tokens[tokens.index(first) : tokens.index(last) + 1]
    before = tokens[tokens.index(first) - 1] if first is not tokens[0] else None
    is_qualified = before and before.part == first.part and before.lemma not in _MAY_STAND_BEFORE
    if is_qualified or any(token.lemma in LINKS for token in named):
        return None  # "Grief Support Coordinator" is no support coordinator
    if len(known.roles) == 2:
        verdict = "mixed"
    else:
        verdict = {frozenset({"CC"}): "coordination", frozenset({"CM"}): "management"}.get(known.roles, "related")
    mark = first.start, last.end, f"The guide has this title: {known.name}"
    return Reading(verdict, 0.7, [mark], known.slug)


NURSING_ONLY = "A nursing title that names no case or care management"
BARE_NURSE = "A nursing license alone does not tell the work: nurses give care at the bedside, review it or manage it"
_BARE = (occupations.EMPTY | word_set("rn nurse lpn bsn / license compact multistate")) - word_set(
    "staff head chief lead"
)


def _bare_nurse(tokens, words, text):
    """Where a line names the license of a nurse and nothing else but how, when or where, or None."""
    if not all(word in _BARE or word.isdigit() for word in words):
        return None
    for place, word in enumerate(words):
        is_between = 0 < place < len(words) - 1 and {words[place - 1], words[place + 1]} <= LICENSED
        if word == "or" and text[tokens[place].start : tokens[place].end] == "OR" and not is_between:
            return None  # the operating room
    return next((place for place, word in enumerate(words) if word in ("rn", "nurse", "lpn")), None)


def _is_head(tokens, words, place):
    """True when no word of its own part that names something follows: "Prior" in "Prior Authorization" is no head.

    What ends in -ist is always a person, wherever it stands.
    """
    if words[place].endswith("ist"):
        return True
    for after in range(place + 1, len(words)):
        if tokens[after].part != tokens[place].part or words[after] in ("of", "for", "in", "at", "to", "with", "/"):
            return True
        if words[after] not in occupations.EMPTY and not words[after].isdigit():
            return False
    return True


def outside(tokens, words, text):
    """Another field when a word says so; too little when none does."""
    for place in range(len(words) - 1):
        if (words[place], words[place + 1]) in occupations.OUTSIDE_PAIRS:
            return Reading("not_this_field", 0.86, [spot(tokens, place, place + 1, "A job of another kind")])
    for place, word in enumerate(words):
        is_joined = word == "care" and place and tokens[place - 1].part == tokens[place].part
        if is_joined and (what := lexicon.OTHER_CARE.get(words[place - 1])):
            says = f"This is {what}, not the coordination of people's health care"
            return Reading("not_this_field", 0.88, [spot(tokens, place - 1, place, says)])
    if (place := _bare_nurse(tokens, words, text)) is not None:
        return Reading("not_enough", 0.75, [spot(tokens, place, place, BARE_NURSE)])
    for place, word in enumerate(words):
        is_known = word in occupations.OUTSIDE_JOBS
        if is_known or (occupations.is_job_by_its_ending(word) and _is_head(tokens, words, place)):
            says = NURSING_ONLY if word in LICENSED else "A job of another field"
            return Reading("not_this_field", 0.9 if is_known else 0.72, [spot(tokens, place, place, says)])
    health = set(words) & (lexicon.HEALTH | lexicon.SOCIAL | {"care", "case"})
    for place, word in enumerate(words):
        is_it = word != "it" or text[tokens[place].start : tokens[place].end] == "IT"
        if (word in occupations.OUTSIDE_DOMAINS or word in lexicon.OTHER_FIELD) and is_it:
            says = "This points to another field"
            return Reading("not_this_field", 0.7 if health else 0.86, [spot(tokens, place, place, says)])
    for place, word in enumerate(words):
        if word in occupations.GENERIC and place and tokens[place - 1].part == tokens[place].part:
            before = words[place - 1]
            known = before in occupations.EMPTY or before in occupations.GENERIC or before in LINKS
            if not known and before not in lexicon.HEALTH | lexicon.SOCIAL and occupations.is_readable(before):
                mark = spot(tokens, place - 1, place, "This is not a title of this field as far as the words tell")
                return Reading("not_this_field", 0.6, [mark])
    letters = [token for token in tokens if token.lemma in ("cm", "cc", "ccm", "pcc", "tcm", "sc", "ccc")]
    if letters:
        says = "These letters stand for several jobs: write the title out"
        return Reading("not_enough", 0.85, [(letters[0].start, letters[0].end, says)])
    for place, word in enumerate(words):
        if word in occupations.GENERIC:
            says = "This word alone says how the job is built, not what it is about"
            return Reading("not_enough", 0.8, [spot(tokens, place, place, says)])
    return Reading("not_enough", 0.7)
