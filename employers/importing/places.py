"""Where the work of a row is: places on our map, states for remote work, or the source's own site."""

import re

from django.utils.translation import gettext as _

from careerportal.places.states import STATES, state_code
from employers import sites
from employers.importing.refusing import RowRefused

MOST_PLACES = 10
HERE = {"", "us", "usa", "unitedstates", "unitedstatesofamerica"}
_COUNTRY_TAIL = re.compile(r"[,\s]+(?:US|USA|U\.S\.A?\.?|United States(?: of America)?)\.?$", re.IGNORECASE)
_ZIP = re.compile(r"\b([0-9]{5})(?:-[0-9]{4})?$")
_NEW_YORK = {"newyork", "newyorkcity", "nyc"}


def plain(text):
    """Letters only, lower case."""
    return re.sub(r"[^a-z]", "", text.lower())


def mode_of(values):
    """Return the work mode, "" when the file does not say."""
    said = plain(values["work_mode"])
    if "hybrid" in said:
        return "hybrid"
    where = plain(values["city"]) or plain(values["location"])
    if "remote" in said or "wfh" in said or "telecommute" in said or where.startswith("remote"):
        return "remote"
    if "onsite" in said or "office" in said:
        return "on-site"
    return "field" if said == "field" else ""


class PlaceFinder:
    """Finds places on the map; remembers what it found, so make one per run."""

    def __init__(self):
        self._found = {}

    def places(self, rows, mode, default_site):
        """Return (places, remote states, remarks) for the rows of one job. A place is fields of Site, or a Site.

        Raises RowRefused when there is none, or none that is on our map.
        """
        given = [place for values in rows for place in _given(values)]
        remote = _remote_states(rows[0])
        found, missing, states = [], [], list(remote)
        for place in given:
            named = _named(place)
            if plain(place["country"]) not in HERE:
                missing.append(named)
                continue
            city, state = place["city"], state_code(place["state"])
            if mode == "remote" and (plain(city).startswith("remote") or not city) and not place["zip"]:
                states.append(state or "US")
                continue
            spot = self._find(place, city, state)
            if spot is None:
                missing.append(named)
            elif spot not in found:
                found.append(spot)
        if not given and mode == "remote" and not states:
            states = ["US"]
        if mode == "remote" and not states:
            states = sorted({place["state"] for place in found})
        if not found and not states:
            if not given and default_site is not None:
                return [default_site], [], []
            named = "; ".join(missing)[:100] or "nothing given"
            raise RowRefused(f"place not found: {named}", _words(missing))
        remarks = [
            _("A place was left out because it is not on our map: %(place)s.") % {"place": name[:60]}
            for name in missing
        ]
        if len(found) > MOST_PLACES:
            remarks.append(_("Only the first 10 of %(count)s places came in.") % {"count": len(found)})
        states = ["US"] if "US" in states else list(dict.fromkeys(states))
        return found[:MOST_PLACES], states if mode == "remote" else [], remarks

    def _find(self, place, city, state):
        key = (place["street"], city, state, place["zip"])
        if key not in self._found:
            if len(self._found) > 5_000:
                self._found.clear()
            self._found[key] = _by_zip(place, city, state) or (_by_town(city, state) if state else None)
        return self._found[key]


def _words(missing):
    if missing:
        return _("We can't find “%(place)s” on our map. Give the town and the state, or a ZIP code.") % {
            "place": "; ".join(name.removesuffix(", US") for name in missing)[:100]
        }
    return _("The row says no place, and no site is chosen for such rows.")


def _named(place):
    parts = (place["city"], place["state"], "" if place["city"] or place["state"] else place["zip"], place["country"])
    return ", ".join(part for part in parts if part) or "nothing given"


def _given(values):
    """The places of one row as {"street", "city", "state", "zip", "country"}, in the order of the file."""
    names = ("street", "city", "state", "zip", "country")
    columns = {name: values.several(name) for name in names}
    count = max(map(len, columns.values()))
    given = [
        {name: " ".join(_at(column, number, count).split()) for name, column in columns.items()}
        for number in range(count)
    ]
    abroad = [place for place in given if plain(place["country"]) not in HERE and not values["location"]]
    given = [place for place in given if any(place[name] for name in ("city", "state", "zip"))] or abroad
    if given:
        return given
    texts = [part.strip() for one in values.several("location") for part in re.split(r"[;|\n]|\s/\s", one)]
    country = (columns["country"] or [""])[0]
    return [{**_parted(text), "country": country} for text in texts if text][:50]


def _at(column, number, count):
    if len(column) == count:
        return column[number]
    return column[0] if len(column) == 1 else ""


def _parted(text):
    """One text such as "Albany, NY 12207, USA" as street, city, state and ZIP."""
    text = _COUNTRY_TAIL.sub("", " ".join(text.split()))
    zip_code = _ZIP.search(text)
    text = _ZIP.sub("", text).strip(" ,") if zip_code else text
    city, state = text, ""
    if plain(text) in _NEW_YORK:
        city, state = "New York", "NY"
    elif found := re.match(r"remote\b[\s,:(/-]*(.*?)\)?$", text, re.IGNORECASE):
        city, state = "Remote", found[1]
    elif "," in text:
        city, _sign, state = text.rpartition(",")
        city = city.rpartition(",")[2] if not state_code(city.strip()) else city
    elif (last := text.rpartition(" "))[0] and last[2].upper() in STATES and last[2].isupper():
        city, state = last[0], last[2]
    elif state_code(text):
        city, state = "", text
    return {
        "street": "",
        "city": city.strip()[:120],
        "state": state.strip()[:60],
        "zip": zip_code[1] if zip_code else "",
    }


def _remote_states(values):
    said = [part for text in values.several("remote_states") for part in re.split(r"[;,|]", text) if part.strip()]
    found = ["US" if plain(part) in HERE - {""} else state_code(part.strip()) for part in said]
    return [state for state in dict.fromkeys(found) if state]


def _by_zip(place, city, state):
    zip_code = re.match(r"[0-9]{5}(?=$|-)", place["zip"])
    if not zip_code:
        return None
    try:
        found = sites.locate(zip_code=zip_code[0], city=city[:80], state=state)
    except sites.SiteRefused:
        return None
    return {**found, "address1": place["street"][:160]}


def _by_town(city, state):
    """The middle of a town, also where the feed glued its name to the state or wrote it without spaces."""
    name = STATES.get(state, state)
    spellings = [
        city, re.sub(rf"[\s,]+{state}$", "", city), re.sub(r"\bAFB\b", "Air Force Base", city),
        re.sub(rf"(?<=[a-z]){state}$", "", city), re.sub(rf"[\s,]*{re.escape(name)}$", "", city),
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", city), re.sub(r"\s+(City|Metro Area|Area)$", "", city),
    ]  # fmt: skip
    tried = dict.fromkeys(spelling for spelling in spellings if spelling)
    return next((found for spelling in tried if (found := sites.locate_town(city=spelling, state=state))), None)
