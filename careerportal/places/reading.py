"""Read what people type ("12207", "Albany, NY", "Brooklyn", "remote") into a Place.

How a text is read, in this order: remote; a ZIP code; a state; New York City; a borough; a town and state; a county
and state; a town or county alone, if only one has that name. "New York" is the state, "New York, NY" and "NYC" are the
city (a radius around its point); "Brooklyn" and the other boroughs are counties; "Washington" is the state and
"Washington, DC" the city.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext

from careerportal.places.kinds import Place, PlaceKind, PlaceUnknown
from careerportal.places.models import County, Town, ZipCode
from careerportal.places.names import BOROUGHS, clean, county_label, plain_county, squash, words
from careerportal.places.states import MILITARY, state_code

LONGEST_TEXT = 100
_ZIP = re.compile(r"([0-9]{5})(?:-?[0-9]{4})?")
_ENDS_IN_ZIP = re.compile(r"(.*?)[\s,]+([0-9]{5})(?:-[0-9]{4})?", re.DOTALL)
_REMOTE = {"remote", "remotework", "remotely", "workfromhome", "telecommute"}
_CITY_OF_NEW_YORK = {"nyc", "newyorkcity", "cityofnewyork"}
_BOROUGH_COUNTY = {squash(said): county for county, said in BOROUGHS.items()} | {"thebronx": "Bronx"}
_COUNTRY = {"us", "usa", "unitedstates", "unitedstatesofamerica"}
_COUNTY_WORDS = {"county", "parish", "borough"}
_SHOWN_CHOICES = 4


def canonical_county(state: str, name: str) -> str:
    """Return our name of a register's county ("KINGS", "Kings County" -> "Kings"), or "" if the state has none."""
    if "\0" in name or not name:
        return ""
    keys = _county_keys(name)
    found = County.objects.filter(state=state.upper(), key__in=keys).values_list("key", "name")
    return dict(found).get(next((key for key in keys if key in dict(found)), ""), "")


def zip_row(text, *, field):
    """The ZipCode row of "12207" or "12207-1234"; raises PlaceUnknown(field)."""
    digits = _ZIP.fullmatch(text)
    if digits is None:
        raise PlaceUnknown(field, gettext("A ZIP code has five digits, such as 12207. Or type a town and state."))
    row = ZipCode.objects.filter(pk=digits[1]).first()
    if row is None:
        raise PlaceUnknown(
            field,
            gettext("We don't know ZIP %(zip)s. Check the five digits, or type a town and state.") % {"zip": digits[1]},
        )
    return row


def around_zip(row, miles, *, field):
    """The radius around a ZIP's point; raises PlaceUnknown(field) if it has none."""
    if row.lat is None:
        if row.kind == ZipCode.Kind.MILITARY:
            said = gettext(
                "%(zip)s is a military address (APO/FPO) without a point on the map. "
                "Search by state, or for remote work."
            )
        else:
            said = gettext("We know ZIP %(zip)s, but not where it is on the map. Type a town and state instead.")
        raise PlaceUnknown(field, said % {"zip": row.pk})
    return Place(
        kind=PlaceKind.RADIUS, zip=row.pk, town=row.city, state=row.state, lat=row.lat, lng=row.lng, miles=miles
    )


def around_town(town, miles):
    return Place(kind=PlaceKind.RADIUS, town=town.name, state=town.state, lat=town.lat, lng=town.lng, miles=miles)


def means(row, other):
    """Does the place name the ZIP itself, its town, or its borough?"""
    if other.kind == PlaceKind.RADIUS:
        own_town = (squash(row.city), row.state)
        return other.zip == row.pk if other.zip else (squash(other.town), other.state) == own_town
    if other.kind == PlaceKind.COUNTY and other.state == "NY" and other.county in BOROUGHS:
        return (row.state, row.county) == ("NY", other.county)
    return False


def from_text(text, miles):
    """The Place a free text names; raises PlaceUnknown("place")."""
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise unknown(text)
    if _ZIP.fullmatch(text):
        return around_zip(zip_row(text, field="place"), miles, field="place")
    if with_zip := _ENDS_IN_ZIP.fullmatch(text):
        return _town_with_zip(*with_zip.groups(), miles)
    said = squash(text)
    if said in _REMOTE:
        return Place(kind=PlaceKind.REMOTE)
    if code := _state_in(text):
        return _state(code)
    if said in _CITY_OF_NEW_YORK:
        text, said = "New York, NY", "newyorkny"
    if said in _BOROUGH_COUNTY:
        return Place(kind=PlaceKind.COUNTY, state="NY", county=_BOROUGH_COUNTY[said])
    found = _in_a_state(text, miles) or _alone(text, miles)
    if found is None:
        raise unknown(text)
    return found


def _town_with_zip(rest, zip_code, miles):
    """ "Albany, NY 12207": the ZIP counts, the words before it must mean the same."""
    row = zip_row(zip_code, field="place")
    found = around_zip(row, miles, field="place")
    own_state = state_code(rest) == row.state != ""
    if not own_state and not means(row, from_text(rest.strip(" ,"), miles)):
        raise PlaceUnknown(
            "place",
            gettext("%(zip)s is not in %(place)s. Give one of the two.")
            % {"zip": zip_code, "place": clean(rest.strip(" ,"))},
        )
    return found


def _state_in(text):
    """The code of the state that the whole text names: "NY", "New York State", "Ohio, USA"; else ""."""
    typed = words(text)
    if typed and squash(typed[-1]) in _COUNTRY:
        typed = typed[:-1]
    if typed[:2] == ["state", "of"]:
        typed = typed[2:]
    return state_code(" ".join(typed)) or (state_code(" ".join(typed[:-1])) if typed[-1:] == ["state"] else "")


def _state(code):
    if code in MILITARY:
        raise PlaceUnknown(
            "place",
            gettext(
                "%(code)s is for military addresses, without a point on the map. Search by state, or for remote work."
            )
            % {"code": code},
        )
    return Place(kind=PlaceKind.STATE, state=code)


def _splits(text) -> Iterator[tuple[list[str], str]]:
    """Ways to read a text as (words of the name, state code), the longest state name first."""
    typed = words(text)
    if typed and squash(typed[-1]) in _COUNTRY:
        typed = typed[:-1]
    for length in range(min(4, len(typed) - 1), 0, -1):
        if code := state_code(" ".join(typed[-length:])):
            yield typed[:-length], code


def _in_a_state(text, miles):
    """A borough, town or county named together with its state; None if it is not there."""
    for name, state in _splits(text):
        if state in MILITARY:
            return _state(state)
        said = squash(" ".join(name))
        if state == "NY" and said in _CITY_OF_NEW_YORK:
            said, name = "newyork", ["new", "york"]
        if state == "NY" and said in _BOROUGH_COUNTY:
            return Place(kind=PlaceKind.COUNTY, state="NY", county=_BOROUGH_COUNTY[said])
        if not _COUNTY_WORDS & set(name) and (town := Town.objects.filter(key=said, state=state).first()):
            return around_town(town, miles)
        if county := canonical_county(state, " ".join(name)):
            return Place(kind=PlaceKind.COUNTY, state=state, county=county)
        if town := Town.objects.filter(key=said, state=state).first():
            return around_town(town, miles)
    return None


def _alone(text, miles):
    """A town or county named without a state, if only one in the country has the name; None if none has.

    A town and its own county count as one, the town. Raises PlaceUnknown asking for the state, with the largest few
    to choose from, if several have the name.
    """
    if not (said := squash(text)):
        return None
    towns = list(Town.objects.filter(key=said))
    town_states = {town.state for town in towns}
    counties = [one for one in County.objects.filter(key__in=_county_keys(text)) if one.state not in town_states]
    found = sorted([*towns, *counties], key=lambda one: (-one.zip_count, one.state, one.name))
    if len(found) > 1:
        raise _which(text, [_name_with_state(one) for one in found])
    if towns:
        return around_town(towns[0], miles)
    if counties:
        return Place(kind=PlaceKind.COUNTY, state=counties[0].state, county=counties[0].name)
    return None


def _name_with_state(one):
    return f"{one.name}, {one.state}" if isinstance(one, Town) else county_label(one.state, one.name)


def _county_keys(name):
    """Keys a county may be kept under, the likeliest first."""
    typed = words(name)
    kind_last = len(typed) > 1 and typed[-1] in _COUNTY_WORDS
    bare = squash(" ".join(typed[:-1])) if kind_last else squash(plain_county(" ".join(name.split())))
    return [bare] if kind_last else [bare, f"{squash(name)}city"]


def _which(text, choices):
    return PlaceUnknown(
        "place",
        gettext("There is more than one “%(name)s”. Add the state, for example: %(choices)s.")
        % {"name": clean(text), "choices": "; ".join(choices[:_SHOWN_CHOICES])},
    )


def unknown(text):
    return PlaceUnknown(
        "place",
        gettext(
            "We don't know the place “%(name)s”. Type a ZIP code, a town and state (Albany, NY), a county or a state."
        )
        % {"name": clean(text)},
    )
