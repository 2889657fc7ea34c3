"""From one row of an Indeed-style feed to the content of an opening."""

import re
from datetime import date
from decimal import Decimal

from dateutil import parser as dates
from django.utils.timezone import localdate

from careerportal.places.states import state_code
from employers import pay, sites
from employers.importing.markdown import from_html
from employers.weblinks import leads_where_it_says

HEADLINE_MAX_LENGTH = 120
DESCRIPTION_MAX_LENGTH = 20_000
REFERENCE_MAX_LENGTH = 120
URL_MAX_LENGTH = 200
HERE = {"", "us", "usa", "unitedstates", "unitedstatesofamerica"}
EMPLOYMENT = {
    "fulltime": "full-time", "permanent": "full-time", "regular": "full-time", "parttime": "part-time", "perdiem": "per-diem",
    "prn": "per-diem", "temporary": "temporary", "seasonal": "temporary", "contract": "contract", "contractor": "contract",
}  # fmt: skip
EDUCATION = (("master", "master"), ("bachelor", "bachelor"), ("associate", "associate"), ("high school", "high-school"))
CLOSING_FIELDS = ("expirationdate", "closingdate", "closedate", "validthrough")
_AMOUNT = r"(?:USD|US\$|\$)?\s*([0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*(k?)"
_PAY = re.compile(
    rf"{_AMOUNT}(?:\s*(?:/\w+)?\s*(?:-|–|—|to|and)\s*{_AMOUNT})?\s*(?:USD)?\s*(?:an?|per|/|by the)?\s*"
    r"(hourly|hour|hr|yearly|year|yr|annually|annum|annual)\b\.?",
    re.IGNORECASE,
)


class RowRefused(Exception):
    """A row cannot become an opening; str(error) says why."""


def reference(row):
    """Return the row's lasting key. Raises RowRefused when it has none or one that is too long to keep."""
    found = row["referencenumber"]
    if not found:
        raise RowRefused("referencenumber: missing")
    if len(found) > REFERENCE_MAX_LENGTH:
        raise RowRefused(f"referencenumber: longer than {REFERENCE_MAX_LENGTH} characters")
    return found


def content(row, *, titles, other_title, care_setting, now):
    """Return (content for `drafts`, fields of Site or None) of a row.

    `titles` is a TitleMatcher, `other_title` stands for titles it does not know, `care_setting` for the setting, which
    a feed does not say. Hours that are not said count as full time. Raises RowRefused with the field and what is wrong.
    """
    if not row["title"]:
        raise RowRefused("title: missing")
    match = titles.match(row["title"])
    mode = _mode(row)
    site, remote_states = _place(row, mode)
    found = {
        "headline": cut(" ".join(row["title"].split()), HEADLINE_MAX_LENGTH),
        "title": match.title or other_title,
        "roles": match.roles,
        "care_settings": [care_setting],
        "employment": _employment(row["jobtype"]),
        "mode": mode,
        "remote_states": remote_states,
        "description": _description(row["description"]),
        "apply_url": _url(row["url"]),
        "education": _education(row["education"]),
        "education_stance": "required" if _education(row["education"]) else "",
        **pay_range(row["salary"]),
    }
    if closes_on := _closing(row, now):
        found["closes_on"] = closes_on
    return found, site


def cut(text, longest):
    """Return `text`, shortened at a word to `longest` characters when it is longer."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(None, 1)[0].rstrip(" ,;:-") + "…"


def pay_range(text):
    """Return the three pay fields for words such as "$25 - $31 per hour"; all empty unless amounts and period are clear."""
    unclear = {"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}
    found = _PAY.fullmatch(text.strip())
    if found is None:  # among other words an amount must carry its sign: "40 hour week" is no pay
        amounts = [part for part in _PAY.finditer(text) if "$" in part[0] or "USD" in part[0].upper()]
        found = amounts[0] if len(amounts) == 1 else None
    if found is None or re.search(r"[€£¥]|\b(CAD|EUR|GBP|JPY|AUD|MXN)\b", text):
        return unclear
    least, least_k, most, most_k, unit = found.groups()
    thousand = bool(least_k or most_k)
    lowest = _dollars(least, thousand)
    highest = _dollars(most, thousand) if most else lowest
    period = "hour" if unit.lower().startswith("h") else "year"
    if lowest > highest or not (pay.is_believed(lowest, period) and pay.is_believed(highest, period)):
        return unclear
    return {"pay_min_usd": lowest, "pay_max_usd": highest, "pay_period": period}


def _dollars(digits, in_thousands):
    return Decimal(digits.replace(",", "")) * (1000 if in_thousands else 1)


def _plain(text):
    return re.sub(r"[^a-z]", "", text.lower())


def _employment(text):
    found = (kind for word, kind in EMPLOYMENT.items() if word in _plain(text))
    return next(found, "full-time")


def _education(text):
    return next((level for word, level in EDUCATION if word in text.lower()), "")


def _mode(row):
    said = _plain(row["remotetype"])
    if "hybrid" in said:
        return "hybrid"
    return "remote" if "remote" in said or "wfh" in said or _plain(row["city"]) == "remote" else ""


def _place(row, mode):
    """Return (fields of Site or None, remote states); raises RowRefused for a place that is not on our map."""
    city, state = " ".join(row["city"].split()), state_code(row["state"])
    named = ", ".join(part for part in (city, row["state"], row["country"]) if part) or "nothing given"
    if _plain(row["country"]) not in HERE:
        raise RowRefused(f"place not found: {named[:100]}")
    if mode == "remote" and _plain(city) in ("", "remote"):
        return None, [state or "US"]
    found = _by_zip(row, city, state) or (state and _by_town(city, state))
    if not found:
        raise RowRefused(f"place not found: {named[:100]}")
    return found, [state] if mode == "remote" else []


def _by_zip(row, city, state):
    zip_code = re.match(r"[0-9]{5}(?=$|-)", row["postalcode"])
    if not zip_code:
        return None
    try:
        found = sites.locate(zip_code=zip_code[0], city=city[:80], state=state)
    except sites.SiteRefused:
        return None
    return {**found, "address1": row["streetaddress"][:160]}


def _by_town(city, state):
    spellings = [city, re.sub(rf"[\s,]+{state}$", "", city), re.sub(r"\bAFB\b", "Air Force Base", city)]
    return next((found for name in spellings if (found := sites.locate_town(city=name, state=state))), None)


def _description(text):
    found = from_html(text)
    if not found:
        raise RowRefused("description: missing")
    return cut(found, DESCRIPTION_MAX_LENGTH) if len(found) > DESCRIPTION_MAX_LENGTH else found


def _url(text):
    if not text:
        return ""
    if not re.match(r"https://[^\s/]", text, re.IGNORECASE) or len(text) > URL_MAX_LENGTH or re.search(r"\s", text):
        raise RowRefused("url: must begin with https:// and have at most 200 characters")
    if not leads_where_it_says(text):
        raise RowRefused("url: hides where it leads")
    return text


def _closing(row, now) -> date | None:
    text = next((row[name] for name in CLOSING_FIELDS if row[name]), "")
    if not text:
        return None
    try:
        day = dates.parse(text).date()
    except (ValueError, OverflowError) as error:
        raise RowRefused(f"closing date not understood: {text[:40]}") from error
    if day < localdate(now):
        raise RowRefused(f"closing date is over: {day.isoformat()}")
    return day
