"""The keys that merging compares, and readable forms of what registers shout in capitals."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from careerportal.places.names import words

_LEGAL = {"inc", "llc", "corp", "corporation", "co", "company", "ltd", "pc", "pllc", "lp", "llp", "incorporated"}
_FILL = {"the", "and", "of", "at", "a"}
_FULL = {
    "hosp": "hospital", "ctr": "center", "centre": "center", "med": "medical", "hlth": "health", "st": "saint",
    "mt": "mount", "comm": "community", "svcs": "services", "svc": "services", "service": "services",
    "assoc": "association", "univ": "university", "regl": "regional", "mem": "memorial", "dept": "department",
    "co": "county", "cnty": "county", "rehab": "rehabilitation", "healthcare": "health care", "hhc": "health care",
    "ny": "new york",
}  # fmt: skip
_STREET = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr", "lane": "ln",
    "place": "pl", "court": "ct", "parkway": "pkwy", "highway": "hwy", "route": "rte", "rt": "rte", "square": "sq",
    "terrace": "ter", "turnpike": "tpke", "circle": "cir", "plaza": "plz", "expressway": "expy", "center": "ctr",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "saint": "st", "mount": "mt", "fort": "ft", "first": "1st", "second": "2nd", "third": "3rd",
    "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th",
    "tenth": "10th", "state": "state",
}  # fmt: skip
_UNIT = {"ste", "suite", "unit", "apt", "floor", "fl", "flr", "room", "rm", "bldg", "building", "dept", "level"}
_PHONE = re.compile(r"\D*1?\D*([2-9]\d{2})\D*(\d{3})\D*(\d{4})\D*(?:(?:x|ext)\D*(\d+))?", re.IGNORECASE)
_UNIT_MARK = re.compile(r"\s*#.*$")
_ORDINAL_FLOOR = re.compile(r"\d+(st|nd|rd|th)")
_KEEP_UPPER = {
    "LLC", "LLP", "PC", "PLLC", "LP", "II", "III", "IV", "VA", "USA", "US", "NY", "NYC", "YMCA", "YWCA", "NYU",
    "OSF", "IU", "UPMC", "UCLA", "UCSF", "UAB", "UVA", "OHSU", "MUSC", "UC", "UT", "HCA", "AHMC", "CAH", "ECU", "USC", "UF",
    "AFB", "IHS", "ACMH", "PSL", "OMH", "JFK", "USAF",
}  # fmt: skip
_LOWER = {"of", "the", "and", "at", "for", "in", "on", "to", "a", "dba"}
_is_web = URLValidator(schemes=["http", "https"])


def name_key(name):
    """Return what two spellings of one name share: "St. Mary's Hosp., Inc." and "SAINT MARYS HOSPITAL"."""
    found = words(name.replace("&", " and "))
    while len(found) > 1 and found[-1] in _LEGAL:
        found.pop()
    return " ".join(_FULL.get(word, word) for word in found if word not in _FILL)[:200]


def words_shared(one, other):
    """Return how many words two names have in common, as name_key folds them."""
    return len({*name_key(one).split()} & {*name_key(other).split()})


def operator_key(name):
    """Return what names one operator within its register: case, punctuation and spaces aside, word for word."""
    return " ".join(words(name))[:200]


def street_key(address, zip_code):
    """Return "44 main st|12207" for a street address and its ZIP code, without suite or floor; "" if either is missing."""
    if not address or not zip_code:
        return ""
    kept = []
    for word in words(_UNIT_MARK.sub("", address.replace(",", " , "))):
        if kept and word in _UNIT:
            if _ORDINAL_FLOOR.fullmatch(kept[-1]) and word in ("floor", "fl", "flr") and len(kept) > 1:
                kept.pop()
            break
        kept.append(_STREET.get(word, word))
    return f"{' '.join(kept)[:160]}|{zip_code}" if len(kept) > 1 else ""


def phone_text(phone):
    """Return "(518) 555-0100" or "(518) 555-0100 x12", or "" for what is no US phone number."""
    found = _PHONE.fullmatch(phone)
    if not found:
        return ""
    area, exchange, line, extension = found.groups()
    return f"({area}) {exchange}-{line}" + (f" x{extension}" if extension else "")


def phone_key(phone):
    """Return the ten digits of a phone number without its extension, "" for none or for one that is all one digit."""
    found = _PHONE.fullmatch(phone)
    digits = "".join(found.groups()[:3]) if found else ""
    return digits if len(set(digits[3:])) > 1 else ""


def web_address(text):
    """Return a published website as a URL, https if it lacks a scheme; "" if it is no web address or longer than 200."""
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        _is_web(address)
    except ValidationError:
        return ""
    return address if len(address) <= 200 else ""


def readable(text):
    """Return "ST PETER'S HOSPITAL, LLC" as "St Peter's Hospital, LLC"; text with small letters stays as published."""
    if text != text.upper():
        return text
    return " ".join(_readable_word(word, first=number == 0) for number, word in enumerate(text.split()))


def _readable_word(word, *, first):
    bare = re.sub(r"\W", "", word)
    if bare in _KEEP_UPPER or any(character.isdigit() for character in bare) or not re.search("[AEIOUY]", bare):
        return (
            word if bare not in {"ST", "MT", "DR", "HLTH", "CTR", "LTD", "RD", "MRS", "MR", "FT"} else word.capitalize()
        )
    if bare.lower() in _LOWER and not first:
        return word.lower()
    return re.sub(r"[^\W\d_]+('S\b)?", lambda found: found[0].capitalize(), word)
