"""Pay: the one range an ad names, by hour or by year."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from employers import pay
from employers.pasting.guesses import Note

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,6})(?:\.\d{1,2})?"
_UNIT = (
    r"(?P<{0}>(?:/|\bper\b|\ban?\b|\bpor\b|\bthe\b|\beach\b)?\s{{0,2}}"
    r"(?:hourly|hours?|hrs?\b|hora\b|yearly|years?|yrs?\b|annually|annum|annual|weekly|weeks?|wk\b|monthly|months?|days?|daily"
    r"|visits?|shifts?|diem|biweekly))"
)
_AMOUNT = re.compile(
    rf"(?P<usd>\$|\busd)?\s{{0,8}}(?<![\d.,])(?P<least>{_NUMBER})(?:\s?(?P<k1>k\b))?"
    rf"(?:\s{{0,3}}{_UNIT.format('unit0')})?"
    rf"(?:\s{{0,6}}(?:-{{1,2}}|to\b|and\b|a\b|up to\b)\s{{0,6}}(?P<usd2>\$|\busd)?\s{{0,8}}(?P<most>{_NUMBER})(?:\s?(?P<k2>k\b))?)?"
    rf"(?P<open>\s?\+|\s{{1,2}}(?:and|or) (?:up|above|more|higher)\b)?"
    rf"(?:\s{{0,2}}usd)?\s{{0,3}}(?:{_UNIT.format('unit')})?",
)
_OPEN_BEFORE = re.compile(
    r"\b(?:up to|as much as|as high as|max(?:imum)?(?: of)?|starting(?: pay| salary| rate)?(?: at| from| is)?|starts(?: at| from)"
    r"|begins at|from|minimum(?: of)?|at least|over|more than)[\s:(]{0,3}$"
)
_NOT_PAY = re.compile(
    r"bonus|sign[- ]?on|stipend|differential|tuition|loan|reimburs|\braises?\b|budget|grant\b|deductible|retention|allowance|revenue"
    r"|million|billion|\bfunds?\b|copay|premium|referral|invest|assets|match\b|ceu|credit|gift|fine\b|\bup to \d+ hours"
)
_BEYOND = re.compile(r"\s?(?:million|billion|mm\b|m\b|b\b|bn\b|%)")
_CUT = re.compile(r"[;,(+]|\bplus\b|\bwith\b|\band an?\b")
_LABEL = re.compile(r"\b(?:pay|salary|salario|wages?|rate|compensation|hiring range|salaries|earn|stipend)\b")
_HOURLY = re.compile(r"\bhourly|per hour|an hour|/ ?h(?:ou)?r\b")
_YEARLY = re.compile(r"\bannual|yearly|per year|a year|per annum|salar(?:y|ied)")
_OTHER_UNIT = re.compile(r"week|wk|month|da(?:y|il)|visit|shift|diem|biweek")
_COMMISSION = re.compile(
    r"\b(?:paid (?:only )?by commission|commission[- ](?:only|based)|100% commission|straight commission)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WHY = {
    "other period": _("The ad gives pay for another time than an hour or a year. Say it for one of these."),
    "open": _("This pay has no upper or no lower end. Give the lowest and the highest you expect to pay."),
}
_CENT = Decimal("0.01")
_SPAN_OF_ONE = Decimal("0.03")  # an hour's and a year's pay for the same work differ by rounding and hours


def find(ad):
    """Return (guesses, notes) for pay_min_usd, pay_max_usd and pay_period.

    Nothing is guessed from an amount without an end ("up to $35"), of another period (a week, a visit), or from two
    ranges that differ.
    """
    ranges, notes = [], []
    for passage, match in _amounts(ad):
        kind, values = _said(ad, passage, match)
        if kind == "range":
            ranges.append(values)
        elif kind:
            notes.append(_note(ad, match, _WHY[kind]))
    ranges = _one_by_period(ranges)
    if len({(low, high, period) for low, high, period, *_rest in ranges}) > 1:
        spans = tuple(ad.span(start, end) for *_values, start, end, _sure in ranges)
        return {}, [
            Note(
                "pay_min_usd",
                str(_("The ad names more than one pay range. Write an opening for each, or one range.")),
                spans,
            )
        ]
    if not ranges:
        return {}, notes[:1]
    low, high, period, start, end, certainty = ranges[0]
    values = {"pay_min_usd": low, "pay_max_usd": high, "pay_period": period}
    return {name: ad.guess(value, start, end, certainty) for name, value in values.items()}, []


def without_an_end(ad):
    """Return a Span for each amount of pay without a lower or an upper end: "up to $35 an hour", "$25 and up"."""
    found = []
    for passage, match in _amounts(ad):
        if _said(ad, passage, match)[0] == "open":
            opens = _OPEN_BEFORE.search(ad.low[max(passage.start, match.start() - 60) : match.start()])
            found.append(ad.span(match.start() - (len(opens[0]) if opens else 0), match.end()))
    return found


def _amounts(ad):
    for passage in ad.passages:
        if _DIGIT.search(ad.low, passage.start, passage.end):
            for match in _AMOUNT.finditer(ad.low, passage.start, passage.end):
                yield passage, match


def is_by_commission(text):
    """True when a text says that the work is paid by commission."""
    return bool(_COMMISSION.search(text))


def _said(ad, passage, match):
    """What one amount says: ("range", its values), ("open", None), ("other period", None), or (None, None)."""
    before = ad.low[max(passage.start, match.start() - 60) : match.start()]
    signed = bool(match["usd"] or match["usd2"])
    near = _CUT.split(before)[-1]
    unit = match["unit"] or match["unit0"] or ""
    is_rate = bool(match["most"] and re.match(r"/|per|an?\b|por|hourly|each", unit))
    if not (signed or _LABEL.search(near[-40:]) or is_rate) or _BEYOND.match(ad.low, match.end()):
        return None, None
    after = _CUT.split(ad.low[match.end() : min(passage.end, match.end() + 45)])[0]
    if _NOT_PAY.search(near) or _NOT_PAY.search(after):
        return None, None
    thousand = bool(match["k1"] or match["k2"])
    low = _dollars(match["least"], thousand)
    high = _dollars(match["most"], thousand) if match["most"] else low
    if unit and _OTHER_UNIT.search(unit):
        return ("other period", None) if signed and low > 40 else (None, None)
    period, certainty = _period(ad, passage, unit, low, high, before, after)
    if not period or low > high or not _are_believed(low, high, period):
        return None, None
    if match["open"] or (not match["most"] and _OPEN_BEFORE.search(before)):
        return "open", None
    return "range", (low, high, period, match.start(), match.end(), certainty)


def _are_believed(low, high, period):
    return pay.is_believed(low, period) and pay.is_believed(high, period)


def _note(ad, match, text):
    return Note("pay_min_usd", str(text), (ad.span(match.start(), match.end()),))


def _period(ad, passage, unit, low, high, before, after):
    """("hour" or "year" or "", how certain) of an amount."""
    if unit:
        return ("hour" if re.search(r"hour|hr|hora", unit) else "year"), 0.95
    beside = ad.low[passage.start : passage.end]
    for pattern, period in ((_HOURLY, "hour"), (_YEARLY, "year")):
        if (pattern.search(before) or pattern.search(after)) and _are_believed(low, high, period):
            return period, 0.9
    for pattern, period in ((_HOURLY, "hour"), (_YEARLY, "year")):
        if pattern.search(beside) and _are_believed(low, high, period):
            return period, 0.8
    if _are_believed(low, high, "year"):
        return "year", 0.8
    if pay.is_believed(low, "hour") and high <= 120 and _LABEL.search(beside):
        return "hour", 0.7
    return "", 0


def _dollars(digits, in_thousands):
    amount = Decimal(digits.replace(",", ""))
    return (amount * 1000 if in_thousands and amount < 1000 else amount).quantize(_CENT)


def _one_by_period(ranges):
    """Leave out what says the same in the other period, and single amounts that lie within a range."""
    whole = [one for one in ranges if one[0] != one[1]]
    kept = whole or ranges
    if whole and len(ranges) > len(whole):
        singles = [one for one in ranges if one[0] == one[1]]
        strays = [one for one in singles if not any(_within(one, other) for other in whole)]
        kept = whole + strays
    if {period for _low, _high, period, *_rest in kept} == {"hour", "year"}:
        hourly = [one for one in kept if one[2] == "hour"]
        yearly = [one for one in kept if one[2] == "year"]
        if all(any(_same(hour, year) for year in yearly) for hour in hourly):
            return hourly if hourly[0][3] < yearly[0][3] else yearly
    return kept


def _within(single, whole):
    return single[2] == whole[2] and whole[0] <= single[0] <= whole[1]


def _same(hour, year):
    """True when a year's pay is an hour's pay for 35 to 40 hours a week."""
    fewest, most = 52 * 35 * (1 - _SPAN_OF_ONE), 52 * 40 * (1 + _SPAN_OF_ONE)
    return all(fewest <= year[place] / hour[place] <= most for place in (0, 1))
