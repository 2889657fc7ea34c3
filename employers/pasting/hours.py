"""When one works: employment, hours a week, schedule, on-call time."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from employers.pasting.guesses import Note
from employers.pasting.passages import Family

_NOT_THE_JOB = r"(?! ?(?:employees|staff|team members|benefits|experience|equivalent|work experience|paid|students?|workers|basis experience))"
_EMPLOYMENT = (
    ("full-time", re.compile(rf"\b(?:full[- ]?time|fulltime|tiempo completo|f/t\b){_NOT_THE_JOB}|\bft\b(?= |/|,|$)(?!\.)|\bfte\s?:\s?1\.0|\b1\.0 fte")),
    ("part-time", re.compile(rf"\b(?:part[- ]?time|medio tiempo|p/t\b){_NOT_THE_JOB}")),
    ("per-diem", re.compile(r"\bper[- ]?diem\b|\bprn\b")),
    ("temporary", re.compile(
        r"\btemporary\b(?! (?:housing|shelter|assistance|disabilit|residen|staff|agenc|aid|help))|\btemp (?:position|job|role)|\btemp-to")),
    ("contract", re.compile(
        r"\bcontract(?:ed)? (?:position|role|job|assignment|work|to hire|employee)|\b(?:week|month)s? contract\b|type: contract"
        r"|\(contract\)|\b1099\b|independent contractor")),
)  # fmt: skip
_HOURS = re.compile(
    r"(?P<least>\b\d{1,2}(?:\.\d{1,2})?)(?:\s?(?:-|to)\s?(?P<most>\d{1,2}(?:\.\d{1,2})?))?\s?-?\s?(?:hours?|hrs?|horas)\b\.?"
    r"(?P<week>(?:\s?/\s?|\s(?:per|a|each|every|por|la|of work per)\s|\s|-)(?:weekly|week|wk|semana(?:les)?)\b)?"
)
_HOURS_LABEL = re.compile(
    r"\b(?:weekly|standard|scheduled|total|work)? ?(?:hours|hrs)(?: per| a|/)? ?(?:week|wk)?(?:ly)?\s?:\s?(?P<least>\d{2}(?:\.\d{1,2})?)\b"
    r"(?!\s?(?:-|to|:|am|pm|a\b|p\b|/))"
)
_NOT_WEEKLY_BEFORE = re.compile(r"\b(?:within|every|after|first|next|last|than|of|under|about the|in the) $|\d/$")
_NOT_WEEKLY_AFTER = re.compile(
    r"\s?(?:of (?:training|pto|vacation|sick|paid|discharge|continuing|ceu|leave|notice|admission|supervis)|per (?:month|day|year|shift)"
    r"|a (?:day|month|year)|/ ?(?:day|month)|notice|shifts?|daily|each day|monthly|after|before|advance)"
)
_DAYS = r"(?:mon(?:day)?s?|m|lunes)\s?\.?\s{0,2}(?:-|to|thru|through|a)\s{0,2}(?:f|fri(?:day)?s?|viernes)\b"
_SCHEDULES = (
    ("weekdays", re.compile(rf"\b(?:{_DAYS}|weekdays|week days|regular business hours|banker'?s hours)")),
    ("evenings", re.compile(r"\b(?:evenings?|evening shifts?|2nd shift|second shift)\b")),
    ("weekends", re.compile(
        r"\b(?:(?:weekends?|wkends?)(?! (?:of )?(?:phone )?(?:on[- ]call|call\b|off))|saturdays?|sundays?|sat ?[/&-] ?sun|sabados?|s\u00e1bados?)\b"
    )),
    ("nights", re.compile(r"\b(?:nights|overnights?|night shifts?|3rd shift|third shift)\b")),
    ("flexible", re.compile(
        r"\bflexible (?:work )?(?:schedul\w+|hours|work hours|shifts)|\bflex(?:ible)? time|\bflextime|\bschedule(?: is|:) flexible"
        r"|\bhours? (?:are |is )?flexible|\bper week, flexible|(?:week|wk),? (?:you choose|flexible)|\bup to you\b|\bset your own (?:hours|schedule)"
    )),
)  # fmt: skip
_EMPLOYMENT, _SCHEDULES = Family(_EMPLOYMENT), Family(_SCHEDULES)
_DENIED = re.compile(
    r"\b(?:no|not|never|without|nor|free)\b(?:[ ,/&]|or\b|and\b|any\b|late\b|required\b|evenings?\b|nights?\b|weekends?\b|wkends?\b"
    r"|holidays?\b|overnights?\b|work\b|on[- ]call\b|hours\b|shifts?\b|mandatory\b){0,9}$"
)
_ELSEWHERE = re.compile(r"\b(?:bonus|benefits|required|eligible|stipend) (?:for|if) $")
_ON_CALL = re.compile(r"\bon[- ]call\b(?! (?:interpreter|translator|physician|doctor))")
# "On call one weekend a month" tells when somebody may be called, not when the work is.
_CALLED_THEN = re.compile(r"\b(?:on[- ]call|call rotation)\b[^.;:,\n]{0,40}$")
_OFTEN = re.compile(r"24/7|every week\b|often|always|most weeks|frequent(?! flyer)|heavy")


def find(ad):
    """Return (guesses, notes) for employment, weekly_hours, schedules and on_call."""
    guesses, notes = {}, []
    for name, part in (("employment", _employment), ("weekly_hours", _weekly_hours)):
        found = part(ad)
        if isinstance(found, Note):
            notes.append(found)
        elif found:
            guesses[name] = found
    if schedules := _schedules(ad):
        guesses["schedules"] = schedules
    if on_call := _on_call(ad):
        guesses["on_call"] = on_call
    return guesses, notes


def _employment(ad):
    found = {}
    for kind, passage, match in ad.named(_EMPLOYMENT):
        if kind in found or _ELSEWHERE.search(ad.low, max(passage.start, match.start() - 20), match.start()):
            continue
        if passage.section != "about" and not _DENIED.search(
            ad.low, max(passage.start, match.start() - 40), match.start()
        ):
            found[kind] = match
    kinds = set(found)
    if kinds > {"full-time"} and kinds <= {"full-time", "temporary"}:
        kinds = {"temporary"}
    elif kinds > {"full-time"} and kinds <= {"full-time", "contract"}:
        kinds = {"contract"}
    if len(kinds) == 1:
        kind = kinds.pop()
        return ad.guess(kind, *found[kind].span())
    if kinds:
        spans = tuple(ad.span(*found[kind].span()) for kind in sorted(kinds, key=lambda kind: found[kind].start()))
        return Note("employment", _("The ad names more than one kind of employment. Choose one."), spans)
    return None


def _weekly_hours(ad):
    sure, likely = {}, {}
    for passage, match in ad.finditer(_HOURS):
        before = ad.low[max(passage.start, match.start() - 12) : match.start()]
        if (
            passage.section == "about"
            or _NOT_WEEKLY_BEFORE.search(before)
            or _NOT_WEEKLY_AFTER.match(ad.low, match.end())
        ):
            continue
        _noted(match, sure if match["week"] else likely)
    for _passage, match in ad.finditer(_HOURS_LABEL):
        _noted(match, sure)
    if sure:
        likely = {}
    elif any(hours < 15 for hours, _most in likely):
        likely = {key: match for key, match in likely.items() if key[0] >= 15}
    found = sure or likely
    if len(found) == 1:
        [((least, most), match)] = found.items()
        if least == most:
            return ad.guess(least, *match.span(), 0.95 if sure else 0.75)
        return Note(
            "weekly_hours", _("The ad gives a span of hours. Say how many a week are usual."), (ad.span(*match.span()),)
        )
    if found and sure:
        spans = tuple(ad.span(*match.span()) for match in found.values())
        return Note("weekly_hours", _("The ad gives different hours a week. Say how many are usual."), spans)
    return None


def _noted(match, found):
    least = Decimal(match["least"])
    most = Decimal(match.groupdict().get("most") or match["least"])
    if 4 <= least <= most <= 60:
        found.setdefault((least, most), match)


def _schedules(ad):
    found = []
    for kind, passage, match in ad.named(_SCHEDULES):
        if passage.section == "about" or _DENIED.search(ad.low, max(passage.start, match.start() - 70), match.start()):
            continue
        if kind in ("weekends", "nights", "evenings") and _CALLED_THEN.search(
            ad.low, max(passage.start, match.start() - 60), match.start()
        ):
            continue
        found.append((kind, *match.span()))
    return ad.listed(found)


def _on_call(ad):
    said = {}
    for passage, match in ad.finditer(_ON_CALL, "on-call", "on call"):
        sentence = ad.low[passage.start : passage.end]
        behind = ad.low[match.end() : min(passage.end, match.end() + 25)]
        if _DENIED.search(ad.low, max(passage.start, match.start() - 60), match.start()) or re.match(
            r"[ :-]+(?:no\b|none|not )", behind
        ):
            said.setdefault("none", match)
        else:
            said.setdefault("often" if _OFTEN.search(sentence) else "some", match)
    if len(said) != 1:
        return None
    kind, match = said.popitem()
    return ad.guess(kind, *match.span())
