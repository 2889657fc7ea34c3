"""From one row of a file to the content of an opening."""

import hashlib
import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from dateutil import parser as dates
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from careers.vocabulary import Education, EmploymentType, HomeVisits, Language, License, Schedule, Stance
from employers.importing.markdown import from_file
from employers.importing.money import pay_of
from employers.importing.places import mode_of, plain
from employers.importing.refusing import ClosingOver, RowRefused
from employers.weblinks import leads_where_it_says

HEADLINE_MAX_LENGTH = 120
DESCRIPTION_MAX_LENGTH = 20_000
REFERENCE_MAX_LENGTH = 120
URL_MAX_LENGTH = 200
NEEDS_REFERENCE = ("csv", "indeed", "linkedin")  # their rules say that it must be there
EMPLOYMENT = {
    "fulltime": "full-time", "permanent": "full-time", "regular": "full-time", "parttime": "part-time", "perdiem": "per-diem",
    "prn": "per-diem", "temporary": "temporary", "seasonal": "temporary", "intern": "temporary", "contract": "contract",
    "contractor": "contract",
}  # fmt: skip
EDUCATION = (
    ("highschool", "high-school"), ("ged", "high-school"), ("associate", "associate"), ("bachelor", "bachelor"),
    ("master", "master"), ("postgraduate", "master"),
)  # fmt: skip
LICENSES = (
    ("registerednurse", "rn"), ("lpn", "lpn"), ("licensedpracticalnurse", "lpn"), ("lmsw", "sw"), ("lcsw", "sw"),
    ("socialwork", "sw"),
)  # fmt: skip
YES, NO = ("yes", "true", "1", "y", "required"), ("no", "false", "0", "n")
_TRACKING = re.compile(
    r"(utm_\w+|gclid|fbclid|msclkid|dclid|mc_[ce]id|_hsenc|_hsmi|igshid|trk|trackingid)", re.IGNORECASE
)
_MONTHS = re.compile(
    r"([0-9]{1,3})\s*\+?\s*(?:or more\s+)?(?:-\s*[0-9]{1,3}\s*)?\s*(years?|yrs?|months?|mos?)\b", re.IGNORECASE
)

_UNSAID = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - two days that show what a text does not say


@dataclass
class Content:
    """What a row says: content for `drafts` without sites, places (see PlaceFinder), and remarks for people."""

    content: dict
    places: list
    remarks: list = field(default_factory=list)


@dataclass(frozen=True)
class Defaults:
    """What stands for what a file does not say: a care setting, a site or None, an employment type."""

    care_setting: object
    site: object = None
    employment: str = EmploymentType.FULL_TIME


def reference(values, kind):
    """Return the row's lasting key. Raises RowRefused when it has none or one that is too long to keep.

    Formats that know no reference are known by their address, and without that by title and place.
    """
    found = values["reference"]
    name = values.name("reference")
    if len(found) > REFERENCE_MAX_LENGTH and kind in NEEDS_REFERENCE:
        raise RowRefused(
            f"{name}: longer than {REFERENCE_MAX_LENGTH} characters",
            _("The reference is longer than 120 characters."),
        )
    if found and len(found) <= REFERENCE_MAX_LENGTH:
        return found
    if kind in NEEDS_REFERENCE:
        raise RowRefused(
            f"{name}: missing", _("The reference is missing. Without it we could not find the opening again.")
        )
    if said := found or without_tracking(values["apply_url"]):
        return said if len(said) <= REFERENCE_MAX_LENGTH else "sha:" + hashlib.sha256(said.encode()).hexdigest()[:40]
    if not values["title"]:
        return ""
    names = ("title", "location", "street", "city", "state", "zip")
    return "made:" + hashlib.sha256("\n".join(values[name] for name in names).encode()).hexdigest()[:40]


def content(rows, *, kind, titles, other_title, finder, defaults, settings_by_name, now):
    """Return the Content of one job: `rows` are its Values, the first says all but further places.

    `titles` is a TitleMatcher, `other_title` stands for titles it does not know, `finder` is a PlaceFinder,
    `settings_by_name` has care settings by slug and by name in lower case. Raises RowRefused saying what is wrong.
    """
    values = rows[0]
    headline = _line(values["title"])
    if not headline:
        raise RowRefused(f"{values.name('title')}: missing", _("The title is missing."))
    match = titles.match(headline)
    mode = mode_of(values)
    places, remote_states, remarks = finder.places(rows, mode, defaults.site)
    pay, remark = pay_of(values)
    remarks += [remark] if remark else []
    found = {
        "headline": cut(headline, HEADLINE_MAX_LENGTH),
        "title": match.title or other_title,
        "roles": match.roles,
        "care_settings": [_care_setting(values, settings_by_name, defaults, remarks)],
        "employment": _employment(values["employment"]) or defaults.employment,
        "mode": mode,
        "remote_states": remote_states,
        "description": _description(values, kind),
        "apply_url": _url(values),
        "education": _education(values["education"]),
        "education_stance": _stance(values["education_stance"]) if _education(values["education"]) else "",
        "closes_on": _closing(values, now),
        **pay,
    }
    if values["education"] and _education(values["education"]) in ("", "none"):
        found["education_stance"] = ""
    _add_more(found, values, remarks)
    return Content(found, places, remarks)


def _add_more(found, values, remarks):
    """Facts that few formats know; each only when the file has a field for it."""
    if values["weekly_hours"]:
        number = re.search(r"[0-9]{1,2}(?:\.[0-9]+)?", values["weekly_hours"])
        hours = Decimal(number[0]).quantize(Decimal("0.1")) if number else Decimal(0)
        if 1 <= hours <= 80:
            found["weekly_hours"] = hours
    if values["schedule"]:
        found["schedules"] = _among(values["schedule"], Schedule)
    if values["license"]:
        found["licences"], found["licence_stance"] = _licences(values, remarks)
    if values["experience_months"]:
        months = _months(values)
        found["experience_months"] = months
        found["experience_stance"] = _stance(values["experience_stance"]) if months else ""
    if values["languages"]:
        found["languages"] = _among(values["languages"], Language)
    if values["home_visits"]:
        found["visits"] = next(iter(_among(values["home_visits"], HomeVisits)), "")
    if plain_word(values["car"]) in YES + NO:
        found["needs_car"] = plain_word(values["car"]) in YES
    if values["caseload"]:
        found["caseload"] = cut(_line(values["caseload"]), 120)
    if values["benefits"]:
        found["benefits"] = cut(_line(values["benefits"]), 300)
    if values["positions"].isdecimal() and 1 <= int(values["positions"][:5]) <= 999:
        found["positions"] = int(values["positions"])


def cut(text, longest):
    """Return `text`, shortened at a word to `longest` characters when it is longer."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(None, 1)[0].rstrip(" ,;:-") + "…"


def _line(text):
    """Text as one line of plain words: entities read, tags and odd spaces gone."""
    text = html.unescape(html.unescape(text)) if "&" in text else text
    return " ".join(re.sub(r"</?[A-Za-z][^<>]{0,200}>", " ", text).replace("\0", "").split())


def plain_word(text):
    """A short answer in lower case without spaces around."""
    return text.strip().lower()


def _employment(text):
    words = plain(text)
    return next((kind for word, kind in EMPLOYMENT.items() if word in words), "")


def _education(text):
    words = plain(text)
    found = next((level for word, level in EDUCATION if word in words), "")
    return found or (Education.NONE.value if words in ("none", "norequirements", "nodegree") else "")


def _stance(text):
    word = plain_word(text).replace(" ", "-")
    return word if word in Stance.values else Stance.REQUIRED.value


def _among(text, choices):
    """The values of `choices` that are named in a text, by value or label, in their own order."""
    said = {plain_word(part).replace(" ", "-") for part in re.split(r"[;,|/\n]", text)}
    return [value for value, label in choices.choices if value in said or str(label).lower().replace(" ", "-") in said]


def _licences(values, remarks):
    words = plain(values["license"])
    found = _among(values["license"], License)
    found = found or [code for word, code in LICENSES if word in words][:1]
    if not found:
        remarks.append(_("The license was left out: “%(said)s” is not on our list.") % {"said": values["license"][:60]})
        return [], ""
    return found, "" if found == ["none"] else _stance(values["license_stance"])


def _months(values):
    text = values["experience_months"][:300]
    if found := _MONTHS.search(text):
        return min(int(found[1]) * (12 if found[2].lower().startswith("y") else 1), 480)
    if text.isdecimal() and int(text) <= 480:
        return int(text) * 12 if "year" in values.name("experience_months").lower() and int(text) <= 40 else int(text)
    return None


def _care_setting(values, by_name, defaults, remarks):
    said = plain_word(values["care_setting"])
    if said and said not in by_name:
        remarks.append(
            _("We know no setting “%(said)s”, so the chosen one stands.") % {"said": values["care_setting"][:60]}
        )
    return by_name.get(said, defaults.care_setting)


def _description(values, kind):
    parts = [from_file(values[name], is_markdown=kind == "csv") for name in ("description", "more") if values[name]]
    found = "\n\n".join(part for part in parts if part)
    if not parts or not parts[0]:
        raise RowRefused(f"{values.name('description')}: missing", _("The description is missing."))
    return cut(found, DESCRIPTION_MAX_LENGTH) if len(found) > DESCRIPTION_MAX_LENGTH else found


def without_tracking(url):
    """An address without the parameters that only count clicks."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    return url if len(kept) == len(pairs) else urlunsplit(parts._replace(query=urlencode(kept)))


def _url(values):
    text = html.unescape(values["apply_url"]) if "&amp;" in values["apply_url"] else values["apply_url"]
    text = without_tracking(text)
    if not text:
        return ""
    name = values.name("apply_url")
    if not re.match(r"https://[^\s/]", text, re.IGNORECASE) or len(text) > URL_MAX_LENGTH or re.search(r"\s", text):
        raise RowRefused(
            f"{name}: must begin with https:// and have at most 200 characters",
            _("The address to apply at must begin with https:// and have at most 200 characters."),
        )
    if not leads_where_it_says(text):
        raise RowRefused(f"{name}: hides where it leads", _("The address to apply at hides where it leads."))
    return text


def _closing(values, now) -> date | None:
    text = values["closes_on"]
    if not text:
        return None
    day = day_of(text)
    if day is None:
        raise RowRefused(
            f"closing date not understood: {text[:40]}",
            _("We don't understand the closing date “%(said)s”. Write it as 2027-01-31.") % {"said": text[:40]},
        )
    if day < localdate(now):
        raise ClosingOver(
            f"closing date is over: {day.isoformat()}",
            _("The closing date is over: %(day)s.") % {"day": day.isoformat()},
        )
    return day


def day_of(text):
    """The calendar date, in the portal's zone, that a text means; None unless day, month and year are said.

    A time without a zone is taken as it stands, one with a zone is brought into ours.
    """
    try:
        if re.fullmatch(r"[0-9]{13}", text):  # milliseconds, as Lever writes times
            return datetime.fromtimestamp(int(text) / 1000, ZoneInfo(settings.TIME_ZONE)).date()
        first, second = (dates.parse(text[:60], default=day) for day in _UNSAID)
        if first.date() != second.date():
            return None
        is_day = not first.tzinfo or (first.hour, first.minute) == (0, 0)  # midnight in Greenwich means the day
        return first.date() if is_day else first.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    except (ValueError, OverflowError, TypeError):
        return None
