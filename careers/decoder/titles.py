"""Reading one line as a title: what is named, and which kind of work that is."""

from careers.decoder import lexicon, occupations
from careers.decoder.beside import outside, without_core
from careers.decoder.cores import LICENSED, LINKS, cores_in, elsewhere, is_negated, spot
from careers.decoder.decoded import Reading
from careers.decoder.known import nearest
from careers.decoder.lexicon import word_set

# Before "care coordinator" these make the title one that postings use for both kinds of work.
_BOTH = {
    "clinical": "the word often points to a license",
    "behavioral": "used for both kinds of work",
    "transitional": "used for both kinds of work",
    "veteran": "used for both kinds of work",
    "va": "used for both kinds of work",
    "hospice": "usually a nurse of the hospice team",
    "palliative": "usually a nurse of the team",
}
_SUPPORT = frozenset({"assistant", "associate", "aide"})
# After "care coordination" or "case management" these make it the name of a place, not of the person's work.
_PLACES = word_set("organization agency department team program unit company center office")


def read(tokens, text):
    """Return the Reading of `tokens`, the words of one title line in `text`."""
    words = [token.lemma for token in tokens]
    if not any(word != "/" for word in words):
        return Reading("not_enough", 0.95)
    cores, marks, against = cores_in(tokens, words), [], []
    kept = []
    for core in cores:
        if is_negated(words, (core.sharing or core).first):
            marks.append(spot(tokens, core.first - 1, core.last, "Here the text says what the work is not"))
        elif why := elsewhere(tokens, words, core, text):
            against.append(why)
        else:
            kept.append(core)
    if kept:
        return _of_the_field(tokens, words, kept, against, text)
    if marks and not against:
        reading = outside(tokens, words, text)
        return Reading(reading.verdict, min(reading.confidence, 0.8), [*marks, *reading.marks])
    if against and against[0][0] == "open":
        return Reading("not_enough", 0.6, [mark for _kind, mark in against], _slug(tokens, cores))
    if against and against[0][0] == "related":
        return Reading("related", 0.62, [mark for _kind, mark in against], _slug(tokens, cores))
    if against:
        return Reading("not_this_field", 0.92, [mark for _kind, mark in against])
    return without_core(tokens, words, text)


_SAYS = {
    ("care", "coordinator"): "Names care coordination",
    ("care", "coordination"): "Names care coordination",
    ("case", "coordinator"): "Coordinates cases: arranging and following up services",
    ("case", "coordination"): "Coordinates cases: arranging and following up services",
    ("care", "manager"): "Names care management",
    ("care", "management"): "Names care management",
    ("case", "manager"): "Names case management, which is care management by another word",
    ("case", "management"): "Names case management, which is care management by another word",
    ("care", "navigator"): "A care navigator guides people through care, which is coordination",
    ("care", "navigation"): "Care navigation guides people through care, which is coordination",
    ("care", "advocate"): "A care advocate helps people get the care they need, a piece of coordination",
    ("navigator", "navigator"): "A navigator guides people through care, which is coordination",
    ("navigator", "navigation"): "Navigation guides people through care, which is coordination",
}
_CLARITY = {
    "coordinator": 0.9,
    "coordination": 0.88,
    "manager": 0.9,
    "management": 0.88,
    "navigator": 0.8,
    "navigation": 0.74,
}


def _of_the_field(tokens, words, cores, against, text):
    """The reading of a line with at least one core that stands."""
    named = [core for core in cores if core.is_person or _after(words, core) not in _PLACES]
    kinds = {core.kind for core in named or cores}
    marks = [spot(tokens, core.first, core.last, _SAYS[core.word, core.head]) for core in cores]
    confidence = max(_confidence(core, words) for core in cores)
    persons = [core for core in cores if core.is_person]
    if kinds == {"CC"}:
        kinds |= _also_management(tokens, words, cores, marks)
    if kinds == {"CM"}:
        kinds |= _also_coordination(tokens, words, cores, marks)
    if len(kinds) == 2:
        both = persons and {core.kind for core in persons} == {"CC", "CM"}
        verdict, confidence = "mixed", 0.9 if both else min(confidence, 0.8)
    else:
        verdict = "coordination" if kinds == {"CC"} else "management"
        if verdict == "management" and (place := _license(words)) is not None:
            marks.append(spot(tokens, place, place, "A clinical license fits management"))
    if against:
        marks += [mark for _kind, mark in against]
        confidence -= 0.15
    return Reading(verdict, confidence, marks, _slug(tokens, cores), _pairs(cores))


def _license(words):
    """Where the line asks for a clinical license, or None."""
    places = (place for place, word in enumerate(words) if word in LICENSED)
    return next((place for place in places if not place or words[place - 1] not in ("non", "not", "no")), None)


def _is_unheard_of(word):
    """True for a word before "care" that the rules know nothing of: it may be the care of anything."""
    known = occupations.EMPTY | occupations.GENERIC | lexicon.HEALTH | lexicon.SOCIAL | LICENSED | LINKS
    return bool(word) and word not in known and not word.isdigit()


def _after(words, core):
    return words[core.last + 1] if core.last + 1 < len(words) else ""


def _confidence(core, words):
    clear = _CLARITY.get(core.head, 0.64)
    if core.word == "case":
        clear -= 0.03 if core.head in ("manager", "management") else 0.15
    around = set(words) & (lexicon.HEALTH | LICENSED)
    before = words[core.first - 1] if core.first else ""
    if core.word == "care" and core.head == "manager" and before in ("patient", "resident"):
        return 0.62  # often the nurse who runs a unit
    if core.word == "care" and core.is_person and _is_unheard_of(before):
        return 0.66
    if set(words) & {"employment", "vocational", "eligibility", "probation"}:
        return 0.62
    return min(0.97, clear + (0.06 if around else 0))


def _also_management(tokens, words, cores, marks):
    """ "CM" when a coordinator's title asks for a license or uses a word that postings use for both kinds."""
    spots = [core for core in cores if core.word == "care" and core.head in ("coordinator", "coordination")]
    if not spots:
        return set()
    for place, word in enumerate(words):
        licensed = word in LICENSED or (word == "social" and words[place + 1 : place + 2] in (["worker"], ["work"]))
        if licensed and (not place or words[place - 1] not in ("non", "not", "no")):
            last = place + (word == "social")
            says = "A license beside coordination: such posts often assess and plan too, which is management"
            marks.append(spot(tokens, place, last, says))
            return {"CM"}
        near = any(0 < core.first - place <= 3 and tokens[place].part == tokens[core.first].part for core in spots)
        if near and word in _BOTH and (word != "clinical" or words[place - 1 : place] != ["non"]):
            marks.append(spot(tokens, place, place, f"Before \u201ccare coordinator\u201d: {_BOTH[word]}"))
            return {"CM"}
    return set()


def _also_coordination(tokens, words, cores, marks):
    """ "CC" when the department is care management and the person an assistant or coordinator there."""
    if any(core.is_person for core in cores):
        return set()
    for place, word in enumerate(words):
        if word in _SUPPORT and not set(words) & {"director", "vp"}:
            says = "Supports licensed care managers: arranging and following up, which is coordination"
            marks.append(spot(tokens, place, place, says))
            return {"CC"}
        if word == "coordinator":
            marks.append(spot(tokens, place, place, "Coordinates in a management team"))
            return {"CC"}
    return set()


def _pairs(cores):
    heads = {"coordination": "coordinator", "management": "manager", "navigation": "navigator"}
    pairs = []
    for core in sorted(cores, key=lambda core: not core.is_person):
        head = heads.get(core.head, core.head)
        if core.word == "navigator":
            pairs.append(("navigator",))
        else:
            pairs += [(core.word, core.head), (core.word, head)]
    return tuple(dict.fromkeys(pairs))


def _slug(tokens, cores):
    if not cores:
        return None
    if found := nearest(tokens, _pairs(cores)):
        return found
    core = cores[0]
    plain = {
        "CM": {"case": "case-manager", "care": "care-manager"},
        "CC": {"care": "care-coordinator", "case": "care-coordinator"},
    }
    if core.word == "navigator":
        is_enroller = core.last and tokens[core.last - 1].lemma in lexicon.ENROLLED
        return "social-care-navigator" if is_enroller else "patient-navigator"
    return plain[core.kind].get(core.word)
