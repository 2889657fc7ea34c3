"""Where a register's place is on the map, and how far we trust that."""

from dataclasses import dataclass

from careerportal.places.models import County, Town, ZipCode
from careerportal.places.names import plain_county, squash
from careerportal.places.near import miles_between
from careerportal.places.place import canonical_county
from employers.models import Site

#: Facilities lie a median 0.9 miles from their ZIP's middle, 95 of 100 within 4. Beyond this one of the two is wrong.
FARTHEST_MILES = 30


@dataclass(frozen=True)
class Spot:
    """A point in degrees (None if unknown), its exactness, the county as we name it, and what is to be said of it."""

    lat: float | None
    lng: float | None
    exactness: str
    county: str
    notes: tuple[str, ...] = ()


class Points:
    """Finds Spots. Reads each ZIP code and town once, and the list of counties."""

    def __init__(self):
        self._zips, self._towns, self._found = {}, {}, {}
        self._counties = {(state, key): name for state, key, name in County.objects.values_list("state", "key", "name")}

    def learn(self, zips):
        """Read these ZIP codes in one query, before spots in them are asked for."""
        missing = set(zips) - self._zips.keys()
        self._zips |= dict.fromkeys(missing) | ZipCode.objects.in_bulk(missing)

    def spot(self, facts):
        """Return the Spot of a Facts with an address.

        Own coordinates if the ZIP code is unknown or its middle is within FARTHEST_MILES; else the ZIP code's middle;
        else the town's; else nowhere.
        """
        row = self._zips.get(facts.zip)
        county = self._county(facts.state, facts.county) or (row.county if row and row.state == facts.state else "")
        notes = []
        if row is None:
            notes.append(f"ZIP {facts.zip} is not in the ZIP table")
        has_middle = row is not None and row.lat is not None
        if facts.lat is not None:
            off = miles_between(row.lat, row.lng, facts.lat, facts.lng) if has_middle else 0
            if off <= FARTHEST_MILES:
                return Spot(facts.lat, facts.lng, Site.Exactness.OWN, county, tuple(notes))
            notes.append(
                f"coordinates lie {off:.0f} miles from the middle of ZIP {facts.zip}: that middle is shown instead"
            )
        if has_middle:
            return Spot(row.lat, row.lng, Site.Exactness.ZIP, county, tuple(notes))
        if town := self._town(facts.city, facts.state):
            notes.append("shown in the middle of the town")
            return Spot(*town, Site.Exactness.TOWN, county, tuple(notes))
        notes.append("no point on the map")
        return Spot(None, None, Site.Exactness.ZIP, county, tuple(notes))

    def _county(self, state, name):
        key = state, name
        if key not in self._found:
            usual = self._counties.get((state, squash(plain_county(name))))
            self._found[key] = usual or canonical_county(state, name)
        return self._found[key]

    def _town(self, city, state):
        key = squash(city), state
        if key not in self._towns:
            self._towns[key] = Town.objects.filter(key=key[0], state=state).values_list("lat", "lng").first()
        return self._towns[key]
