"""Where someone looks for work: what a search's fields mean, and the way back from a stored key.

The front door of this app: Place and its kinds stand in kinds.py, how typed words are read in reading.py.
"""

import re

from django.utils.translation import gettext

from careerportal.places.kinds import DEFAULT_MILES, LEAST_MILES, MOST_MILES, Place, PlaceKind, PlaceUnknown
from careerportal.places.models import Town
from careerportal.places.names import squash
from careerportal.places.reading import (
    around_town,
    around_zip,
    canonical_county,
    from_text,
    means,
    unknown,
    zip_row,
)
from careerportal.places.states import STATES

__all__ = [
    "DEFAULT_MILES", "LEAST_MILES", "MOST_MILES", "Place", "PlaceKind", "PlaceUnknown", "canonical_county", "from_key",
    "resolve",
]  # fmt: skip

_MILES = re.compile(r"[0-9]{1,4}")


def resolve(*, zip: str = "", place: str = "", miles: int | str | None = None) -> Place | None:
    """Return the Place that a ZIP code field, a free text field and a number of miles name; None if both are empty.

    Miles count for ZIP codes and towns only, from 1 to 500, 25 if not given. Both fields may be filled if they say the
    same: the ZIP code then wins over its own town or borough. Raises PlaceUnknown naming the field to mend.
    """
    zip, place = (zip or "").strip(), (place or "").strip()
    radius = _miles(miles)
    if not zip and not place:
        return None
    if not zip:
        return from_text(place, radius)
    row = zip_row(zip, field="zip")
    found = around_zip(row, radius, field="zip")
    if place and not means(row, from_text(place, radius)):
        raise PlaceUnknown("place", gettext("Give a ZIP code or a place, not both."))
    return found


def from_key(key: str) -> Place:
    """Return the Place of a canonical `Place.key`. Raises PlaceUnknown if the map no longer holds it."""
    if "\0" in key:
        raise unknown(key)
    kind, _, rest = key.partition(":")
    name, _, last = rest.partition(":")
    if key == PlaceKind.REMOTE:
        return Place(kind=PlaceKind.REMOTE)
    if kind == PlaceKind.STATE and rest in STATES:
        return Place(kind=PlaceKind.STATE, state=rest)
    if kind == PlaceKind.COUNTY and (county := canonical_county(name, last)):
        return Place(kind=PlaceKind.COUNTY, state=name, county=county)
    if kind == PlaceKind.RADIUS and last:
        town, comma, state = name.rpartition(",")
        if not comma:
            return resolve(zip=name, miles=last)
        if found := Town.objects.filter(key=squash(town), state=state.upper()).first():
            return around_town(found, _miles(last))
    raise unknown(key)


def _miles(given):
    """Whole miles from 1 to 500; raises PlaceUnknown("miles")."""
    text = "" if given is None else str(given).strip()[:20]
    if not text:
        return DEFAULT_MILES
    if not _MILES.fullmatch(text) or not LEAST_MILES <= int(text) <= MOST_MILES:
        raise PlaceUnknown(
            "miles",
            gettext("Miles must be a whole number from %(least)s to %(most)s.")
            % {"least": LEAST_MILES, "most": MOST_MILES},
        )
    return int(text)
