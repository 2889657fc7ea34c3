"""What an ad asks of people: license, certificates, schooling, experience, languages, each with how firmly."""

import re

from django.utils.translation import gettext as _

from careers.vocabulary import EDUCATION_RANKS
from employers.pasting import stances
from employers.pasting.guesses import Note
from employers.pasting.passages import Family

_LICENCES = (
    ("rn", re.compile(r"\b(?:rns?|r\.n\.|registered nurses?|registered professional nurse)(?=\W|$)")),
    ("lpn", re.compile(r"\b(?:lpns?|l\.p\.n\.|licensed practical nurses?|lvn)(?=\W|$)")),
    ("sw", re.compile(
        r"\b(?:lmsw|lcsw(?:-r)?|lmsws|lcsws|lsw|licensed (?:master'?s?|clinical) social worker|licensed social worker|social work licen[sc]e)\b")),
    ("other", re.compile(
        r"\b(?:lmhc|lmft|lpc|lcat|lpcc|licensed mental health counselor|licensed marriage and family|licensed psychologist|nurse practitioner licen[sc]e)\b")),
)  # fmt: skip
_NO_LICENCE = re.compile(
    r"\b(?:no (?:clinical |professional |nursing |prior )?licen[sc]e(?: is)?(?: needed| required| necessary)?|no certification or licen[sc]e|(?<!driver's )(?<!drivers )licen[sc]e (?:is )?not (?:required|needed|necessary)"
    r"|licensure (?:is )?not required|non-licensed|not required: [^.\n]{0,30}licen[sc]e)\b"
)
_COLLEAGUE = re.compile(
    r"\b(?:with|by|alongside|toward|towards|to|from|our|other|of|under|the|supervis\w+|and our|for) (?:an? |the |our |your |their |hours? )?(?:staff |licensed |clinic |lead )?$"
)
_ASKS = re.compile(
    r"licen[sc]|registr|require|must|current|active|certif|prefer|possess|nys\b|need|seeking|looking for|hiring|we are adding"
)
_HOURS_TOWARD = re.compile(r"(?:hours|supervision|track|licensure|eligible|eligib\w+)\s(?:\w+ ){0,3}$")
_CREDENTIALS = (
    ("ccm", re.compile(r"\bccm\b(?! (?:services|program|billing|codes?))|\bcertified case manager\b")),
    ("acm", re.compile(r"\bacm(?:-rn|-sw)?\b|\baccredited case manager\b")),
    ("c-swcm", re.compile(r"\bc-swcm\b")),
    ("c-aswcm", re.compile(r"\bc-aswcm\b")),
    ("casac-t", re.compile(r"\bcasac[- ]?t(?:rainee)?\b")),
    ("casac", re.compile(r"\bcasac\b(?![- ]?t(?:rainee)?\b)|\bcredentialed alcoholism")),
    ("nycps", re.compile(r"\bnycps\b(?!-p)|\bcertified peer specialist\b")),
    ("nycps-p", re.compile(r"\bnycps-p\b")),
    ("crpa", re.compile(r"\bcrpa(?:-p)?\b|\bcertified recovery peer advocate\b")),
    ("fpa", re.compile(r"\bfpa\b|\bfamily peer advocate credential")),
    ("ypa", re.compile(r"\bypa\b|\byouth peer advocate credential")),
    ("cans-ny", re.compile(r"\bcans(?:-ny)? certif\w+|\bcans-ny\b")),
    ("chw-training", re.compile(r"\b(?:chw|community health worker) certif\w+")),
    ("medical-assistant", re.compile(r"\b(?:certified|registered) medical assistant|\bcma certification|\bmedical assistant certif\w+")),
    ("home-health-aide", re.compile(r"\bhha certif\w+|\bhome health aide certif\w+")),
    ("nurse-aide", re.compile(r"\bcertified (?:nurse|nursing) (?:aide|assistant)|\bcna certif\w+")),
    ("navigator-training", re.compile(r"\bpatient navigat(?:or|ion) certif\w+")),
)  # fmt: skip
_PROVIDED = re.compile(r"\b(?:we(?:'ll| will)? (?:pay|cover|help)|paid|pay for|provided|reimburs|toward|sponsor)\b")

_SCHOOLING = (
    ("none", re.compile(r"\bno (?:college )?(?:degree|diploma)(?: is)?(?: or diploma)?(?: needed| required| necessary| req'd)?|\bdegree (?:is )?not (?:needed|required|necessary)|\bnot required: [^.\n]{0,30}degree")),
    ("high-school", re.compile(r"\b(?:high[- ]school(?! (?:student|age|youth|girl|boy|principal|setting|level student))|h\.?s\.? diploma|ged\b|diploma de escuela secundaria|hs/ged|secundaria)")),
    ("associate", re.compile(r"\bassociate'?s?'?(?:[- ]level)? degree|\bassociate's\b|\bassociates? (?:in|of|or bachelor)\b|\ba\.?a\.?s\b\.?|\badn\b|\btwo[- ]year degree|\b2[- ]year degree")),
    ("bachelor", re.compile(r"\bbach?elor'?s?'?\b|\bb\.?s\.?n\b\.?|\bbsw\b|\bba/bs\b|\bbs/ba\b|\bb\.a\.|\bb\.s\.|\bfour[- ]year degree|\b4[- ]year (?:college )?degree|\bcollege degree|\bundergraduate degree")),
    ("master", re.compile(r"(?<!licensed )(?<!post-)(?<!post )\bmaster'?s?'?(?:[- ](?:level|degree|prepared)|\b(?! social worker))|\bm\.?s\.?w\b\.?|\bmph\b|\bgraduate degree|\bmsn\b")),
)  # fmt: skip
_EDUCATION_ASIDE = re.compile(r"\b(?:tuition|students?|interns?|pursuing|scholarship|toward)\b")
_OR_EXPERIENCE = re.compile(
    r"\bor (?:an? |the )?(?:(?:\w+|\d+)(?: \(\d\))? years?|equivalent|equal|comparable|experience|work experience|lived experience)|\bexperience(?: \w+){0,6}, or an? $"
)
_A_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "un": 1, "dos": 2, "tres": 3}  # fmt: skip
_NUMBERS = "|".join(_A_NUMBER)
_TIME = re.compile(
    rf"(?<![\d$.,#-])\b(?P<least>\d{{1,2}}|{_NUMBERS})(?:\s?\(\s?(?P<digits>\d{{1,2}})\s?\))?\s?(?:\+|plus\b|or more\b)?"
    rf"(?:\s?(?:-|to|or)\s?(?P<most>\d{{1,2}}|{_NUMBERS})(?:\s?\(\d{{1,2}}\))?)?\s?\+?\s?(?P<unit>years?|yrs?\b|months?\b|mos?\b|a\u00f1os?)'?"
)
_NOT_EXPERIENCE_BEFORE = re.compile(
    r"\b(?:for (?:more than|over|nearly|almost|the past|the last|about)?|than|over|nearly|past|last|next|within|every|in|first|ages?|aged|until|per|birth to|to age|since) ?$"
)
_NOT_EXPERIENCE_AFTER = re.compile(
    r" ?(?:of age\b|old\b|ago\b|of service|in business|contract|anniversar|after\b|from (?:hire|the date)|probation|term\b|degree|program|college|of college|commitment|assignment|grant|period)"
)
_EXPERIENCE = re.compile(
    r"\bexperience|\bexp\b|\bexperiencia|\bworking\b|\bbackground\b|\bnursing\b|\brole\b|\bin (?:case|care|home|social|human|acute|a (?:hospital|clinic|medical)|the field|nursing|health|community|utilization)"
)
_DOING = re.compile(
    r"'? ?(?:of |in |as |recent |related |relevant |clinical |progressive )?(?:case|care|nursing|social|acute|clinical|hospital|community|home|utilization|human|medical|managed|work|service|direct|related|relevant|specialized)"
)
_NONE_ASKED = re.compile(
    r"\b(?:no (?:prior |previous |work |related )?experience(?: is)?(?: needed| required| necessary)?|experience (?:is )?(?:\w+ but )?not (?:required|needed|necessary)|no se requiere experiencia)"
)

CREDENTIALS, LICENCES, SCHOOLING = Family(_CREDENTIALS), Family(_LICENCES), Family(_SCHOOLING)
_LANGUAGES = (
    ("en", r"english|ingl[e\u00e9]s"), ("es", r"spanish|espa[n\u00f1]ol|bilingual \(sp\)"), ("zh", r"chinese|mandarin|cantonese|fujianese"),
    ("ru", r"russian"), ("bn", r"bengali|bangla"), ("ht", r"haitian(?:[- ]creole)?|(?:french )?creole|kreyol"), ("ko", r"korean"), ("yi", r"yiddish"),
    ("ar", r"arabic"), ("fr", r"french(?! creole)"), ("pl", r"polish"), ("it", r"italian"), ("ur", r"urdu"), ("hi", r"hindi"),
    ("pt", r"portuguese"), ("vi", r"vietnamese"), ("tl", r"tagalog|filipino"), ("asl", r"asl|american sign language"),
)  # fmt: skip
FEW_WORDS = 4
_LANGUAGE = re.compile("|".join(rf"(?P<{code}>\b(?:{words})\b)" for code, words in _LANGUAGES))
_LANGUAGE_CUE = re.compile(
    r"biling|biling\u00fc|fluen|\bspeak|spoken|language|preferred|\bplus\b|proficien|welcome|would be|helpful|desir|\bmust\b|habla|/english|english/|required"
)
_LANGUAGE_ASIDE = re.compile(
    r"\b(?:as a second|neighbou?rhood|harlem|restaurant|materials?|interpreters? (?:are|available)|available in)\b"
)


def find(ad):
    """Return (guesses, notes) for licences, credentials, education, experience_months, their stances, and languages."""
    guesses, notes = {}, []
    for part in (_licences, _credentials, _education, _experience):
        found, note = part(ad)
        guesses |= found
        notes += [note] if note else []
    if languages := _languages(ad):
        guesses["languages"] = languages
    return guesses, notes


# --- Ways in ------------------------------------------------------------------------------------
def _is_one_of_several_ways(ad, passage):
    """True when a sentence is one of several ways in ("...; OR"): a degree here, a license there."""
    said = ad.low[passage.start : passage.end].rstrip(" .;,")
    if re.search(r"(?:^|[;,.] ?)(?:\(?[a-d]\) )?or$|\bor$|^either\b|^\(?[a-e][).] ", said):
        return True
    before = ad.before(passage)
    return bool(before and re.search(r"\bor\s*[.;,]?$", ad.low[before.start : before.end].rstrip(" .;,")))


def _names_schooling(text):
    return any(pattern.search(text) for _level, pattern in _SCHOOLING[2:])


# --- License ------------------------------------------------------------------------------------
def _licences(ad):
    if none := next(
        (
            match
            for passage, match in ad.finditer(_NO_LICENCE)
            if "driver" not in ad.low[match.start() - 12 : match.start()]
        ),
        None,
    ):
        return {"licences": ad.guess(["none"], *none.span())}, None
    mentions, alternatives = [], []
    for passage in ad.passages:
        here = [one for one in ad.within(passage, LICENCES) if _is_asked(ad, passage, *one)]
        said = ad.low[passage.start : passage.end]
        if here and ((_names_schooling(said) and re.search(r"\bor\b", said)) or _is_one_of_several_ways(ad, passage)):
            joined = [one for one in here if _is_one_of_several_ways(ad, passage) or _or_degree(ad, passage, one)]
            alternatives += joined
            here = [one for one in here if one not in joined]
        for one in here:
            others = [other[1:] for other in here if other is not one]
            stance = "required" if not passage.line else stances.of(ad, passage, one[1], one[2], others=others)
            mentions.append((one, stance, passage))
    if not mentions:
        if alternatives:
            text = _("A license is one of several ways in here. Choose what applies.")
            return {}, Note("licences", text, tuple(ad.span(*one[1:]) for one in alternatives[:3]))
        return {}, None
    firm = [one for one in mentions if one[1] in ("required", "equivalent", "will-train")]
    in_words = [one for one in firm if one[2].line]
    if in_words and len({one[0][0] for one in in_words}) < len({one[0][0] for one in firm}):
        pass
    kept = firm or mentions
    stance = kept[0][1] if firm else "preferred"
    guess = ad.listed([one for one, _stance, _passage in kept], 0.95 if in_words or not firm else 0.75)
    return {"licences": guess, "licence_stance": _same(guess, stance)}, None


def _or_degree(ad, passage, one):
    """True when "or" stands between a license and a degree in one sentence."""
    for _level, pattern in _SCHOOLING[2:]:
        for match in pattern.finditer(ad.low, passage.start, passage.end):
            between = ad.low[min(match.end(), one[2]) : max(match.start(), one[1])]
            if re.search(r"\bor\b", between) and len(between) < 60:
                return True
    return False


def _is_asked(ad, passage, kind, start, end):
    """True when a sentence asks for a license, rather than naming a colleague who has one."""
    if passage.section in ("about", "offered"):
        return False
    before = ad.low[max(passage.start, start - 40) : start]
    if not passage.line:
        return bool(kind != "other" and not re.search(r"with an? $|for $", before))
    if _COLLEAGUE.search(before) or _HOURS_TOWARD.search(before):
        return bool(re.search(r"licen[sc]\w*(?: \w+){0,2} as (?:an? )?$", before)) or bool(
            re.search(r"(?:looking for|hiring|seeking|openings? for|need) (?:an? |the |our |your )?(?:\w+ )?$", before)
        )
    said = ad.low[passage.start : passage.end]
    if re.match(
        r"[- ](?:care|case|navigator|coordinator|manager|discharge|patient)", ad.low[end : end + 12]
    ) and not _ASKS.search(said):
        return False
    return passage.section == "asked" or bool(_ASKS.search(said)) or len(said.split()) <= 4


def _same(guess, value):
    """A Guess of another field by the same phrase."""
    return type(guess)(value, guess.phrase, guess.start, guess.end, guess.certainty, guess.more)


# --- Certificates -------------------------------------------------------------------------------
def _credentials(ad):
    mentions = []
    for passage in ad.passages:
        if passage.section in ("about", "offered"):
            continue
        here = [one for one in ad.within(passage, CREDENTIALS) if not _PROVIDED.search(ad.low, passage.start, one[1])]
        for one in here:
            others = [other[1:] for other in here if other is not one]
            mentions.append((one, stances.of(ad, passage, one[1], one[2], others=others)))
    if not mentions:
        return {}, None
    firm = [one for one in mentions if one[1] != "preferred"]
    kept = firm or mentions
    guess = ad.listed([one for one, _stance in kept])
    return {"credentials": guess, "credential_stance": _same(guess, kept[0][1])}, None


# --- Schooling ----------------------------------------------------------------------------------
def _education(ad):
    mentions = []
    for passage in ad.passages:
        if passage.section == "about" or _EDUCATION_ASIDE.search(ad.low, passage.start, passage.end):
            continue
        here = ad.within(passage, SCHOOLING)
        for one in here:
            others = [other[1:] for other in here if other[1] > one[2]]
            mentions.append((one, _schooling_stance(ad, passage, one, others)))
    if not mentions:
        return {}, None
    if none := next((one for one, _stance in mentions if one[0] == "none"), None):
        return {"education": ad.guess("none", none[1], none[2])}, None
    firm = [one for one in mentions if one[1] != "preferred"]
    kept = firm or mentions
    (level, start, end), stance = min(kept, key=lambda one: (EDUCATION_RANKS[one[0][0]], one[0][1]))
    guess = ad.guess(level, start, end)
    return {"education": guess, "education_stance": _same(guess, stance)}, None


def _schooling_stance(ad, passage, one, others):
    level, start, end = one
    found = stances.of(ad, passage, start, end, others=others)
    if level == "high-school":
        return "required" if found == "equivalent" else found
    if found == "required" and not others:
        after = ad.low[end : min(passage.end, end + 90)]
        before = ad.low[max(passage.start, start - 90) : start]
        if re.search(
            r"\bor (?:an? |the )?(?:equivalent|equal|comparable|experience|lived experience)", after
        ) or re.search(r"experience(?: \w+){0,8}, or an? $", before):
            return "equivalent"
        if _next_way_is_experience(ad, passage):
            return "equivalent"
    return found


def _next_way_is_experience(ad, passage):
    """True when the sentence ends in "or" and the next way in is experience without a degree."""
    if not re.match(r"[ .;,\n]*or\b|[\s\S]{0,90}?\bor\s*\n", ad.low[passage.end - 4 : passage.end + 90]):
        return False
    behind = ad.after(passage)
    after = next((one for one in behind if ad.low[one.start : one.end].strip(" .;,") != "or"), None)
    if after is None:
        return False
    said = ad.low[after.start : after.end]
    return "experience" in said and not _names_schooling(said) and not any(p.search(said) for _k, p in _LICENCES)


# --- Experience ---------------------------------------------------------------------------------
def _experience(ad):
    mentions, by_schooling = [], []
    for passage in ad.passages:
        if passage.section in ("about", "offered"):
            continue
        said = ad.low[passage.start : passage.end]
        for match in _TIME.finditer(ad.low, passage.start, passage.end):
            months = _months(match)
            if months is None or not _is_experience(ad, passage, match, said):
                continue
            if _is_one_of_several_ways(ad, passage) or _tied_to_schooling(said):
                by_schooling.append((months, match))
                continue
            stance = stances.of(ad, passage, match.start(), match.end())
            mentions.append((months, match, stance))
    for passage, match in ad.finditer(_NONE_ASKED):
        if passage.section != "about" and not mentions and not by_schooling:
            return {"experience_months": ad.guess(0, *match.span())}, None
    if not mentions or by_schooling:
        equal = _experience_or_degree(ad)
        if equal and not mentions and len(by_schooling) <= 1:
            return equal, None
        if by_schooling:
            text = _("How much experience is asked depends on schooling here. Choose the way in with the least.")
            return {}, Note("experience_months", text, tuple(ad.span(*match.span()) for _m, match in by_schooling[:4]))
        return {}, None
    firm = [one for one in mentions if one[2] != "preferred"]
    months, match, stance = max(firm or mentions, key=lambda one: (one[0], -one[1].start()))
    if stance == "equivalent":
        stance = "required"
    guess = ad.guess(months, *match.span())
    return {"experience_months": guess, "experience_stance": _same(guess, stance)}, None


def _experience_or_degree(ad):
    """Experience that may stand in for a degree: "one year of experience, or a master's degree"."""
    for passage in ad.passages:
        said = ad.low[passage.start : passage.end]
        if passage.section in ("about", "offered") or not re.search(
            r"experience(?: \w+){0,8},? or an? (?:bachelor|master|associate)", said
        ):
            continue
        found = [match for match in _TIME.finditer(ad.low, passage.start, passage.end) if _months(match)]
        if len(found) == 1:
            guess = ad.guess(_months(found[0]), *found[0].span(), 0.75)
            return {"experience_months": guess, "experience_stance": _same(guess, "equivalent")}
    return {}


def _months(match):
    number = match["digits"] or match["least"]
    number = int(_A_NUMBER.get(number, number))
    months = number * 12 if match["unit"][0] in "ya" else number
    return months if 1 <= months <= 180 else None


def _is_experience(ad, passage, match, said):
    before = ad.low[max(passage.start, match.start() - 16) : match.start()]
    if _NOT_EXPERIENCE_BEFORE.search(before) or _NOT_EXPERIENCE_AFTER.match(ad.low, match.end()):
        return False
    if match["unit"].startswith("mo") and not _EXPERIENCE.search(said):
        return False
    if passage.section == "asked" and not match["unit"].startswith("mo"):
        return True
    behind = ad.low[match.end() : min(passage.end, match.end() + 110)]
    return bool(
        _EXPERIENCE.search(behind)
        or _DOING.match(behind)
        or re.search(
            r"experiencia?\W{0,12}(?:\w+ ){0,6}$", ad.low[max(passage.start, match.start() - 60) : match.start()]
        )
    )


def _tied_to_schooling(said):
    """True for "a bachelor's and two years or a master's and one year": schooling decides how much is asked."""
    times = len(_TIME.findall(said))
    levels = sum(bool(pattern.search(said)) for _level, pattern in _SCHOOLING[1:])
    if not re.search(r"\bor\b", said) or not levels:
        return False
    if times and levels >= 2:
        return True
    return times >= 2 or bool(
        re.search(
            r"experience(?: \w+){0,8},? or an? (?:bachelor|master|associate)|years?[\w\s]{0,40}, or an? (?:bachelor|master)",
            said,
        )
    )


# --- Languages ----------------------------------------------------------------------------------
def _languages(ad):
    found = []
    for passage in ad.passages:
        said = ad.low[passage.start : passage.end]
        is_item = passage.section == "asked" and len(said.split()) <= FEW_WORDS
        if not (is_item or _LANGUAGE_CUE.search(said)) or _LANGUAGE_ASIDE.search(said):
            continue
        found += [(match.lastgroup, *match.span()) for match in _LANGUAGE.finditer(ad.low, passage.start, passage.end)]
    return ad.listed(found)
