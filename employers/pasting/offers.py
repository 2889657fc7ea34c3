"""What comes with the job and how to get it: benefits, positions, closing date, the address to apply at."""

import re
from datetime import date

from dateutil import parser as dates
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from employers.pasting.guesses import Note
from employers.pasting.passages import Family
from employers.weblinks import leads_where_it_says

_STRONG = re.compile(
    r"benefits?|insurance|dental|vision|401|403|\bpto\b|paid time|pension|tuition|vacation|perks|day[- ]one|medical,|coverage|holidays|reimburs"
)
_BENEFITS = (
    ("pslf", re.compile(r"public service loan forgiveness|\bpslf\b"), False),
    ("tuition", re.compile(r"\btuition\b|\bschool reimbursement|educational assistance"), False),
    ("loan-repayment", re.compile(r"loan repayment|loan assistance|student loan (?:help|payment|support)|\bnhsc\b"), False),
    ("health", re.compile(
        r"\b(?:health|medical) (?:insurance|coverage|benefits|plan\b)|\bhealth(?=\s?(?:,|&|/| and )\s?(?:dental|pension|welfare|vision))|\bmedical\b(?=\s?(?:,|/|&|\.|$|;| and (?:dental|vision)|, dental))"
        r"|\bdental\b|national benefit fund|\bpaid medical\b|\bday-one medical\b|\bhealth(?:care)?,"), True),
    ("retirement", re.compile(r"\b401\s?\(?k\)?|\b403\s?\(?b\)?|\bretirement\b|\bpension\b"), True),
    ("paid-leave", re.compile(
        r"\bpto\b|\bpaid (?:time off|holidays?|leave|vacation|sick|days)|\bvacation\b|\b\d+ (?:paid )?holidays\b|\b(?:weeks|days) (?:of )?(?:paid )?(?:off|leave|vacation)|\bgenerous time off"), True),
    ("mileage", re.compile(
        r"\bmileage\b(?! log)|\bmetrocards?\b|\bmetro card|\btransit (?:benefit|pass|card|subsid)|\btravel (?:is )?(?:reimburse\w*|paid)|\bcompany car\b"), False),
    ("licence-hours", re.compile(
        r"\b(?:supervision|hours)(?: hours)? (?:toward|towards|for) (?:the |your |an? )?(?:\w+ )?(?:licens|lcsw|lmsw|clinical licens|lmhc)|\bsupervised hours|\blicensure supervision|\blcsw hours|\bsupervision toward"), False),
    ("paid-training", re.compile(
        r"\bpaid training|\b(?:pay|cover|sponsor|paid)s? (?:for )?(?:your |the |all )?[\w/+& ]{0,30}?(?:training|certificat\w+|\bcert\b|exam|courses?)\b|\bfree (?:training|certification)"), False),
)  # fmt: skip
_NEEDS_COMPANY = frozenset(kind for kind, _pattern, needs_company in _BENEFITS if needs_company)
_BENEFITS = Family([(kind, pattern) for kind, pattern, _needs_company in _BENEFITS])
_DENIED = re.compile(r"\b(?:no|not|without|excluding)\b(?: \w+){0,2} $")
_FOR_CLIENTS = re.compile(r"\b(?:enroll\w*|uninsured|clients?|members?|patients?|families|apply for|medicaid)\b")

_A_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_A_NUMBER)})"
_POSITIONS = (
    re.compile(
        rf"\b(?:number of )?(?:positions?|openings?|vacanc(?:y|ies))(?: available| open)?\s?:\s?{_NUMBER}\b(?!\s?[%/.]\d)"
    ),
    re.compile(
        rf"\(?\b{_NUMBER}\)?(?: \(\d{{1,3}}\))? (?:full[- ]time |part[- ]time |open |new |immediate |current )*(?:positions?|openings?|vacanc(?:y|ies))\b"
    ),
    re.compile(
        rf"\b(?:hiring|looking for|adding|seeking) {_NUMBER} (?:\w+ ){{0,4}}(?:managers|coordinators|workers|navigators|nurses|planners|specialists|advocates)\b"
    ),
)
_MONTHS = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE = (
    rf"(?P<date>\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\.?(?:,? \d{{4}})?)"
)
_CLOSES = re.compile(
    r"\b(?:(?:write|send|mail|respond|reply|contact|apply)\b[^\n]{0,80}? (?:by|before|no later than)|apply (?:by|before|no later than)|clos(?:es|ing)(?: date| on)?|deadline(?: to apply| for applications)?|last (?:date|day)(?: for filing| to apply| to file)?"
    r"|applications? (?:are |is |must be (?:received|submitted) )?(?:due|by|close)|posting (?:ends|closes)|(?:open|accepted) (?:until|through|to)|filing deadline|submit by|applications close|resumes? by|open & closing dates)"
    rf"(?: date)?(?: is| are| on| by| of|:|,)?\s{{0,3}}(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,? )?(?:{_DATE.replace('?P<date>', '')} ?(?:to|-|through) ?)?{_DATE}"
)
_ALWAYS = re.compile(
    r"\b(?:always (?:hiring|looking|accepting)|(?:on an? )?(?:ongoing|rolling|continuous) (?:basis|hiring|recruitment|filing)|continuous(?:ly)? (?:recruit\w*|hiring|open)|evergreen|hiring year[- ]round|open continuous)\b"
)
_URL = re.compile(r"https?://[^\s<>\"')\]]{4,300}")
_APPLY = re.compile(r"\bapply|\bapplication|\bcareers?\b|\bjobs?\b|\bsolicit|\bresume")
LONGEST_URL = 200


def find(ad, now):
    """Return (guesses, notes) for benefit_kinds, positions, closes_on, is_always_hiring and apply_url."""
    guesses, notes = {}, []
    if benefits := _benefit_kinds(ad):
        guesses["benefit_kinds"] = benefits
    if positions := _positions(ad):
        guesses["positions"] = positions
    closes, note = _closes(ad, localdate(now))
    notes += [note] if note else []
    if closes:
        guesses["closes_on"] = closes
    elif always := next((match for _passage, match in ad.finditer(_ALWAYS)), None):
        guesses["is_always_hiring"] = ad.guess(True, *always.span())
    url, note = _apply_url(ad)
    notes += [note] if note else []
    if url:
        guesses["apply_url"] = url
    return guesses, notes


def _benefit_kinds(ad):
    found = {}
    for kind, passage, match in ad.named(_BENEFITS):
        if kind in found:
            continue
        said, needs_company = ad.low[passage.start : passage.end], kind in _NEEDS_COMPANY
        is_elsewhere = passage.section == "about" or (needs_company and passage.section == "asked")
        if is_elsewhere and not _STRONG.search(said):
            continue
        if needs_company and passage.section != "offered" and (not _STRONG.search(said) or _FOR_CLIENTS.search(said)):
            continue
        if not _DENIED.search(ad.low, max(passage.start, match.start() - 40), match.start()):
            found[kind] = match.span()
    return ad.listed([(kind, *span) for kind, span in found.items()])


def _positions(ad):
    said = {}
    for pattern in _POSITIONS:
        for passage, match in ad.finditer(pattern):
            number = int(_A_NUMBER.get(match["number"], match["number"]))
            if passage.section != "about" and 1 <= number <= 200:
                said.setdefault(number, match)
    if len(said) != 1:
        return None
    number, match = said.popitem()
    return ad.guess(number, *match.span())


def _closes(ad, today):
    said = {}
    for _passage, match in ad.finditer(_CLOSES):
        if (day := _day(match["date"], today)) is not None:
            said.setdefault(day, match)
    if not said:
        return None, None
    spans = tuple(ad.span(*match.span()) for match in said.values())
    if len(said) > 1:
        return None, Note("closes_on", _("The ad gives more than one last day to apply. Choose one."), spans)
    day, match = said.popitem()
    if day < today:
        return None, Note("closes_on", _("The last day to apply in this ad is over."), spans)
    return ad.guess(day, *match.span()), None


def _day(words, today):
    """The date in words; without a year the next such day. None when there is no such day."""
    has_year = bool(re.search(r"\d{4}|/\d{1,2}/\d{2}", words))
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words)
    try:
        day = dates.parse(words, default=_default(today)).date()
        return day.replace(year=day.year + 1) if not has_year and day < today else day
    except (ValueError, OverflowError):
        return None


def _default(today):
    return dates.parse(date(today.year, 1, 1).isoformat())


def _apply_url(ad):
    found, plain_http = [], None
    for start, end in ad.lines:
        for match in _URL.finditer(ad.cased, start, end):
            stop = match.end() - (len(match[0]) - len(match[0].rstrip(".,;:!?")))
            near = ad.low[max(start, match.start() - 80) : stop]
            if not ad.cased[match.start() :].startswith("https"):
                plain_http = plain_http or (match.start(), stop)
            elif stop - match.start() <= LONGEST_URL and leads_where_it_says(ad.text[match.start() : stop]):
                found.append((bool(_APPLY.search(near)), match.start(), stop))
    urls = [one for one in found if one[0]] or (found if len(found) == 1 else [])
    if urls and len({ad.text[start:stop] for _is_apply, start, stop in urls}) == 1:
        _is_apply, start, stop = urls[0]
        return ad.guess(ad.text[start:stop], start, stop), None
    if plain_http and not found:
        text = _("This address begins with http. Give one that begins with https, so that what people send is safe.")
        return None, Note("apply_url", text, (ad.span(*plain_http),))
    return None, None
