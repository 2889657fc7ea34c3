"""How names of places are compared: without case, accents, periods, spaces, and with St. = Saint.

One folding serves the loaded tables and what people type, so that both sides meet.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")  # letters of other alphabets count: dropping them would change the name
_LONG = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_CITY_OF = re.compile(r"^City of (.+)$")
_CITY = re.compile(r"^(.+?) \(city\)?$")
_COUNTY_TAIL = re.compile(
    r"( \(CA\)| Census Area| City and Borough| Borough| Municipality| Parish| County)$", re.IGNORECASE
)
_COUNTY_HEAD = re.compile(r"^(City and Borough of|City and County of) ", re.IGNORECASE)

#: The five boroughs of New York City: county name -> what people call it.
BOROUGHS = {
    "Bronx": "Bronx",
    "Kings": "Brooklyn",
    "New York": "Manhattan",
    "Queens": "Queens",
    "Richmond": "Staten Island",
}


def words(text: str) -> list[str]:
    """Split `text` into folded words: "Saint-Régis F.D." -> ["saint", "regis", "fd"]; abbreviations are kept."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return _WORD.findall(re.sub(r"[.'’`]", "", flat))


def squash(text: str) -> str:
    """Return the key two spellings of one place share: "St. Louis" and "saint louis" -> "saintlouis"."""
    return "".join(_LONG.get(word, word) for word in words(text))


def plain_county(published: str) -> str:
    """Return a county's name as we keep it: without its kind, an independent city marked "(city)".

    "Orleans Parish" -> "Orleans", "City of Richmond" -> "Richmond (city)", "Bethel Census Area" -> "Bethel".
    """
    if found := _CITY_OF.match(published) or _CITY.match(published):
        return f"{found[1]} (city)"
    return _COUNTY_HEAD.sub("", _COUNTY_TAIL.sub("", published)).strip()


def county_label(state: str, name: str) -> str:
    """Return a county's name for people, with the borough's name in New York City: "Kings County (Brooklyn), NY"."""
    borough = BOROUGHS.get(name, "") if state == "NY" else ""
    if borough and borough != name:
        return f"{name} County ({borough}), {state}"
    if state == "LA":
        return f"{name} Parish, {state}"
    # Alaska has boroughs and census areas, Connecticut planning regions: their bare names are what people say.
    if state in {"AK", "CT", "DC", "MH"} or name.endswith("(city)"):
        return f"{name}, {state}"
    return f"{name} County, {state}"


def clean(text: str, *, longest: int = 40) -> str:
    """Return typed text fit to repeat on a page: one line, no control characters, cut to `longest`."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
