"""Pay as files write it, or none: nothing is guessed."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from employers import pay

UNCLEAR = {"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}
_AMOUNT = r"(?:USD|US\$|\$)?\s*([0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*(k?)"
_PAY = re.compile(
    rf"{_AMOUNT}(?:\s*(?:/\w+)?\s*(?:-|–|—|to|and)\s*{_AMOUNT})?\s*(?:USD)?\s*(?:an?|per|/|by the)?\s*"
    r"(hourly|hour|hr|yearly|year|yr|annually|annum|annual)\b\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:USD|US\$|\$)?\s*([0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?)\s*(k?)(?:\s*USD)?", re.IGNORECASE)
_PERIODS = (
    ("hour", "hour", 1), ("hr", "hour", 1), ("biweek", "", 0), ("semimonth", "", 0), ("month", "year", 12),
    ("week", "year", 52), ("year", "year", 1), ("annual", "year", 1), ("annum", "year", 1), ("yr", "year", 1),
)  # fmt: skip


def pay_range(text):
    """Return the three pay fields for words such as "$25 - $31 per hour"; all empty unless amounts and period are clear."""
    found = _PAY.fullmatch(text.strip()[:500])
    if found is None:  # among other words an amount must carry its sign: "40 hour week" is no pay
        amounts = [part for part in _PAY.finditer(text[:500]) if "$" in part[0] or "USD" in part[0].upper()]
        found = amounts[0] if len(amounts) == 1 else None
    if found is None or re.search(r"[€£¥]|\b(CAD|EUR|GBP|JPY|AUD|MXN)\b", text):
        return dict(UNCLEAR)
    least, least_k, most, most_k, unit = found.groups()
    thousand = bool(least_k or most_k)
    lowest = _dollars(least, thousand)
    highest = _dollars(most, thousand) if most else lowest
    period = "hour" if unit.lower().startswith("h") else "year"
    if lowest > highest or not (pay.is_believed(lowest, period) and pay.is_believed(highest, period)):
        return dict(UNCLEAR)
    return {"pay_min_usd": lowest, "pay_max_usd": highest, "pay_period": period}


def _dollars(digits, in_thousands):
    return Decimal(digits.replace(",", "")) * (1000 if in_thousands else 1)


def pay_of(values):
    """Return (the three pay fields, a remark for people or "") of a row. 0 means not stated."""
    lowest, highest = _amount(values["pay_min"]), _amount(values["pay_max"])
    if not (lowest or highest):
        return _of_text(values["pay"])
    if values["pay_currency"].strip().upper() not in ("", "USD", "US$", "$"):
        return dict(UNCLEAR), _("Pay was left out: it is not in US dollars.")
    lowest, highest = lowest or highest, highest or lowest
    said = f"{lowest:f} – {highest:f} {values['pay_period']}".strip()
    plain = re.sub(r"[^a-z]", "", values["pay_period"].lower())
    period, times = next(((unit, times) for word, unit, times in _PERIODS if word in plain), ("", 0))
    if not period:
        return dict(UNCLEAR), _(
            "Pay was left out: the file does not say clearly whether %(pay)s is by hour or by year."
        ) % {"pay": said}
    lowest, highest = ((amount * times).quantize(Decimal("0.01")) for amount in (lowest, highest))
    if lowest > highest:
        return dict(UNCLEAR), _("Pay was left out: the lowest is more than the highest (%(pay)s).") % {"pay": said}
    if not (pay.is_believed(lowest, period) and pay.is_believed(highest, period)):
        return dict(UNCLEAR), _("Pay was left out: %(pay)s can't be right. Is it by the hour?") % {"pay": said}
    remark = _("Pay was counted up to a year: %(pay)s.") % {"pay": said} if times > 1 else ""
    return {"pay_min_usd": lowest, "pay_max_usd": highest, "pay_period": period}, remark


def _of_text(text):
    found = pay_range(text)
    if not text or found["pay_period"] or not re.search(r"[1-9]", text):
        return found, ""
    return found, _("Pay was left out: “%(pay)s” is not clear.") % {"pay": text[:60]}


def _amount(text):
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    try:
        return _dollars(found[1], bool(found[2])) or None
    except InvalidOperation:
        return None
