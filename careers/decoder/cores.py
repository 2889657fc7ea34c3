"""Where care or case meets a head in a title, and what makes it the care or case of something else."""

from dataclasses import dataclass

from careers.decoder import lexicon, occupations
from careers.decoder.lexicon import word_set

PERSON = {"coordinator": "CC", "navigator": "CC", "manager": "CM"}
ACTIVITY = {"coordination": "CC", "navigation": "CC", "management": "CM"}
LINKS = frozenset({"/", "and", "or", "&"})
LICENSED = frozenset({"rn", "nurse", "lpn", "np", "bsn", "msn", "lmhc", "lpc"})
_BETWEEN = word_set("transition service support program access continuum pathway episode")
_CLINICAL = LICENSED | word_set("clinical clinician medical hospital hospice health patient oncology social inpatient")
# Beside "case manager" these settle another field, though each is harmless beside "care coordinator".
_CASES_ELSEWHERE = word_set(
    "insurance technical tech value business executive conduct ix platform product crm order warranty vendor settlement"
    " compliance demand monitoring salesforce investigator investigation security workday service-desk"
)
# Right before "case manager" these are things: a test case, a meat case.
_OBJECTS = word_set("test use cold meat show display book phone jewelry brief bakery")
# A head with only these before it still waits for its word: "Sr. RN Manager - Case".
_RANKS = occupations.EMPTY | LICENSED | LINKS | {"assistant", "associate", "nursing", "care", "case"}
_DESKS = frozenset({"secretary", "clerk", "receptionist"})


@dataclass(frozen=True)
class Core:
    """ "Care coordinator" and its like: tokens first to last, the kind it names, whether it names a person."""

    first: int
    last: int
    word: str
    head: str
    kind: str
    is_person: bool
    sharing: "Core | None" = None  # the core whose "care" or "case" this head shares: Care Manager/Coordinator


def spot(tokens, first, last, says):
    return tokens[max(first, 0)].start, tokens[last].end, says


def cores_in(tokens, words):
    """The places where care or case meets a head: forward, "coordinator of care", or turned round at a comma."""
    found, at = [], 0
    while at < len(words):
        core = _forward(tokens, words, at) or _backward(tokens, words, at) or _navigator(tokens, words, at)
        if core:
            found.append(core)
            if shared := _sharing(tokens, words, core):
                found.append(shared)
            at = found[-1].last + 1
        else:
            at += 1
    return found


def _forward(tokens, words, at):
    """Care/case, perhaps "/case" or a word between, then a head: Case/Care Manager, Care Transitions Coordinator."""
    word = words[at]
    if word not in ("care", "case"):
        return None
    to, part = at + 1, tokens[at].part
    while to + 1 < len(words) and words[to] in LINKS and words[to + 1] in ("care", "case", "disease", "utilization"):
        to += 2
    while to < len(words) and words[to] in _BETWEEN and word == "care" and to - at < 3:
        to += 1
    if to >= len(words) or (tokens[to].part != part and tokens[to].start - tokens[to - 1].end > 1):
        return None
    head = words[to]
    if head in ACTIVITY:
        return Core(at, to, word, head, ACTIVITY[head], is_person=False)
    if head in PERSON and not (head == "manager" and to - at > 1 and words[to - 1] in _BETWEEN - {"transition"}):
        kind = "CC" if head != "manager" else "CM"
        return Core(at, to, word, head, kind, is_person=True)
    if head == "advocate" and word == "care":
        return Core(at, to, word, head, "CC", is_person=True)
    return None


def _sharing(tokens, words, core):
    """The second head of "Care Manager/Coordinator": it carries the word of the first, unless words of its own follow."""
    at = core.last + 2
    if not core.is_person or core.word not in ("care", "case") or at >= len(words) or words[at - 1] not in LINKS:
        return None
    follows = words[at + 1] if at + 1 < len(words) and tokens[at + 1].part == tokens[at].part else ""
    is_alone = not follows or follows in (occupations.EMPTY - {"of"}) | LICENSED | LINKS or follows.isdigit()
    if words[at] not in ("coordinator", "manager") or words[at] == core.head or not is_alone:
        return None
    if tokens[at].part != tokens[core.last].part:
        return None
    return Core(at, at, core.word, words[at], PERSON[words[at]], is_person=True, sharing=core)


def _backward(tokens, words, at):
    """A head first: "Coordinator of Patient Care", "Manager - Case", "Coordinator, Care"."""
    head = words[at]
    if head not in ("coordinator", "manager", "coordination", "management") or at + 1 >= len(words):
        return None
    to = at + 1
    has_of = words[to] in ("of", "de")
    if has_of:
        to += 1
    elif tokens[to].part == tokens[at].part or _is_whole(tokens, words, at):
        return None
    first_of_part = to
    while to < len(words) and to - first_of_part < 2 and words[to] in lexicon.HEALTH | lexicon.SOCIAL - {"care"}:
        to += 1
    if to >= len(words) or words[to] not in ("care", "case"):
        return None
    follows = words[to + 1] if to + 1 < len(words) and tokens[to + 1].part == tokens[to].part else ""
    if follows and follows not in LINKS | {"in", "for", "at"} | LICENSED:
        return None
    if head in ("manager", "management") and words[to] == "care" and to > first_of_part:
        return None  # "Manager, Home Care" runs a service
    kind = "CC" if head.startswith("coordinat") else "CM"
    return Core(at, to, words[to], head, kind, is_person=head in PERSON)


def _is_whole(tokens, words, at):
    """True when the head at `at` has a word of its own before it ("Intake Coordinator - Home Care"): nothing is turned round."""
    own = (word for place, word in enumerate(words[:at]) if tokens[place].part == tokens[at].part)
    return any(word not in _RANKS and not word.isdigit() for word in own)


def _navigator(tokens, words, at):
    """A navigator of patients, members or a health program, or the navigation of patients."""
    if words[at] not in ("navigator", "navigation"):
        return None
    if set(words) & lexicon.NOT_NAVIGATED:
        return None
    part = [words[place] for place in range(len(words)) if tokens[place].part == tokens[at].part and place != at]
    if words[at] == "navigation":
        around = set(words[max(0, at - 1) : at])
        guided = around & {"patient", "care", "nurse", "health", "oncology", "cancer", "member"}
    else:
        guided = set(part) & lexicon.NAVIGATED or set(words) & (lexicon.HEALTH | {"care"})
    if not guided:
        return None
    first = (
        at - 1
        if at and words[at - 1] in lexicon.NAVIGATED | {"care"} and tokens[at - 1].part == tokens[at].part
        else at
    )
    return Core(first, at, "navigator", words[at], "CC", is_person=words[at] == "navigator")


def is_negated(words, first):
    """True when "not", "not a", "no", "non" stands right before the phrase."""
    before = words[max(0, first - 2) : first]
    if not before:
        return False
    return before[-1] in ("not", "no", "non", "isnt", "without") or (
        before[-1] in ("a", "an", "the") and before[0] in ("not", "isnt", "no")
    )


def elsewhere(tokens, words, core, text):
    """Why a core is not of this field: (kind, mark), kind "out", "open" or "related"; None when nothing says so."""
    core = core.sharing or core
    is_enroller = core.word == "navigator" and core.last and words[core.last - 1] in lexicon.ENROLLED
    if is_enroller and not set(words) & lexicon.TREATING:
        says = "Navigators of housing, benefits or coverage help with one piece of what people need: a close relative"
        return "related", spot(tokens, core.first, core.last, says)
    if core.word == "care" and (why := _other_care(tokens, words, core, text)):
        return why
    present, has_license = set(words), bool(set(words) & LICENSED)
    if not core.is_person and (why := _other_head(tokens, words, core)):
        return why
    for place, word in enumerate(words):
        if core.first <= place <= core.last:
            continue
        field_of = lexicon.OTHER_FIELD.get(word)
        if core.word == "case":
            is_personal_injury = word == "injury" and place and words[place - 1] == "personal"
            is_it = word == "it" and text[tokens[place].start : tokens[place].end] == "IT"
            is_elsewhere = word in _CASES_ELSEWHERE or (word in _OBJECTS and place == core.first - 1)
            is_disability = word == "disability" and place and words[place - 1] == "term"
            if (field_of or is_elsewhere or is_personal_injury or is_it or is_disability) and not has_license:
                if word in ("court", "leave", "retail", "collection", "immigration") or (
                    word == "insurance" and present & _CLINICAL
                ):
                    return "open", spot(
                        tokens, place, place, "This may be another kind of case: ask what the duties are"
                    )
                what = field_of or ("legal work" if is_personal_injury else "another kind of case")
                return "out", spot(
                    tokens, min(place, place - is_personal_injury), place, f"This points to {what}, not health"
                )
        elif core.word == "care" and field_of and word not in lexicon.WEAK_BESIDE_CARE:
            if not has_license or word in ("software", "engineer", "attorney"):
                return "out", spot(tokens, place, place, f"This points to {field_of}, not the care of people's health")
        elif core.word == "navigator" and field_of and word not in lexicon.WEAK_BESIDE_CARE and not has_license:
            return "out", spot(tokens, place, place, f"This points to {field_of}, not health")
    if core.word == "care" and core.head == "coordinator":
        for place, word in enumerate(words):
            is_desk = word in ("front",) and words[place + 1 : place + 2] == ["desk"]
            if word in lexicon.FRONT_DESK or is_desk:
                says = "With this word the title often means the front desk: ask what the duties are"
                return "open", spot(tokens, place, place + is_desk, says)
    return None


def _other_care(tokens, words, core, text):
    """The kind of care that is not this field: skin care, child care, point of care, critical care ..."""
    if core.first == 0 or words[core.first] != "care":
        return None
    before = words[core.first - 1]
    if tokens[core.first - 1].part != tokens[core.first].part:
        return None
    earlier = words[core.first - 2] if core.first > 1 else ""
    span = max(core.first - 1, 0)
    if before == "of" and earlier in ("point", "place"):
        return "out", spot(tokens, core.first - 2, core.last, "Point-of-care work is about tests at the bedside")
    spelled = text[tokens[span].start : tokens[span].end].lower()
    if before == "child" and spelled.startswith("child") and not spelled.startswith("children") and earlier != "foster":
        return "out", spot(tokens, span, core.last, "Child care is looking after children, another field")
    if before == "school" and earlier in ("after", "before"):
        return "out", spot(tokens, span - 1, core.last, "This is looking after children, another field")
    if what := lexicon.OTHER_CARE.get(before):
        if before == "critical" and core.head == "coordinator":
            return "open", spot(tokens, span, core.last, "Critical care is bedside work, but the title does not tell")
        return "out", spot(tokens, span, core.last, f"This is {what}, not the coordination of people's health care")
    if before in ("unit", "nursing") and core.head == "coordinator":
        return "related", spot(
            tokens, span, core.last, "In a nursing unit this title runs the floor: a relative at most"
        )
    if core.head == "manager" and core.is_person and (what := lexicon.OTHER_CARE_MANAGED.get(before)):
        if before == "health" and earlier in lexicon.HEALTH | lexicon.SOCIAL | {"public"}:
            return None
        kind = "open" if before == "health" else "out"
        return kind, spot(tokens, span, core.last, f"This reads as {what}, not as care management")
    return None


def _other_head(tokens, words, core):
    """What the person is, when care or case management only names the department or the product."""
    present = set(words)
    for place, word in enumerate(words):
        if core.first <= place <= core.last:
            continue
        if (what := lexicon.OTHER_HEADS.get(word)) and not present & LICENSED:
            return "out", spot(tokens, place, place, f"The person's own field is {what}")
        if word == "director" and place and words[place - 1] == "medical":
            return "out", spot(tokens, place - 1, place, "A medical director is a physician")
        if word in _DESKS or (word == "assistant" and place and words[place - 1] in ("executive", "administrative")):
            return "related", spot(tokens, place, place, "Office work in a team of this field: a relative")
        if word == "manager" and place and words[place - 1] in ("project", "product"):
            kind = "open" if words[place - 1] == "project" else "out"
            return kind, spot(tokens, place - 1, place, "A project or product manager may work in any field")
        if word == "control" or (word == "admin" and "customer" in present):
            return "out", spot(tokens, place, place, "This points to office work in another field")
    return None
