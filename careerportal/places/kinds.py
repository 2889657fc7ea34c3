"""Place: where someone looks for work. One type for search, alerts and the directory.

Four kinds: so many miles around a ZIP code or town, a county (or borough), a state, or remote work. What people type
is read in reading.py; nothing here asks the database.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext, ngettext

from careerportal.places.names import BOROUGHS, county_label, squash
from careerportal.places.states import STATES

DEFAULT_MILES = 25
LEAST_MILES = 1
MOST_MILES = 500


class PlaceKind(TextChoices):
    RADIUS = "radius"
    COUNTY = "county"
    STATE = "state"
    REMOTE = "remote"


class PlaceUnknown(Exception):
    """What was typed names no place. `field` is zip, place or miles; str(error) is fit to show on the page."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place to look in. Fields that a kind does not use are empty.

    radius: `lat`, `lng` (degrees), `miles`, and `zip` or (without a ZIP) `town` and `state`; a ZIP's town and state
    are kept for its label. county: `state`, `county` (a County.name). state: `state` (a code). remote: nothing.
    """

    kind: PlaceKind
    zip: str = ""
    town: str = ""
    state: str = ""
    county: str = ""
    lat: float | None = None
    lng: float | None = None
    miles: int | None = None

    @property
    def key(self) -> str:
        """The canonical name, equal exactly when two places are the same search: "radius:12207:25"."""
        match self.kind:
            case PlaceKind.RADIUS:
                return f"radius:{self.zip or f'{squash(self.town)},{self.state.lower()}'}:{self.miles}"
            case PlaceKind.COUNTY:
                return f"county:{self.state}:{self.county}"
            case PlaceKind.STATE:
                return f"state:{self.state}"
            case _:
                return "remote"

    @property
    def label(self) -> str:
        """The place in full for people: "25 miles of 12207 (Albany, NY)", "Kings County (Brooklyn), NY"."""
        if self.kind == PlaceKind.RADIUS:
            center = self.short_label
            if self.zip and self._town_label:
                center = f"{self.zip} ({self._town_label})"
            return ngettext("%(miles)s mile of %(center)s", "%(miles)s miles of %(center)s", self.miles) % {
                "miles": self.miles,
                "center": center,
            }
        if self.kind == PlaceKind.COUNTY:
            return county_label(self.state, self.county)
        return self.short_label

    @property
    def short_label(self) -> str:
        """The place in few words: "12207", "Albany, NY", "Brooklyn", "New York", "Remote"."""
        match self.kind:
            case PlaceKind.RADIUS:
                return self.zip or self._town_label
            case PlaceKind.COUNTY:
                borough = BOROUGHS.get(self.county) if self.state == "NY" else None
                return borough or county_label(self.state, self.county)
            case PlaceKind.STATE:
                return STATES[self.state]
            case _:
                return gettext("Remote")

    @property
    def _town_label(self):
        if self.town:
            return f"{self.town}, {self.state}"
        return STATES.get(self.state, "")

    def __str__(self):
        return self.key
