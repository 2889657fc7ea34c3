"""How many places registers know near a ZIP code: the figures of `manage.py near`."""

from dataclasses import dataclass

from django.db.models import Count, F

from careerportal.places.near import Miles, within
from careerportal.places.place import resolve
from employers.models import Employer, RegisterEntry, Site

SHOWN = 10


@dataclass(frozen=True)
class Nearby:
    """`sites` and `employers` are counts; `nearest` are dicts with name, employer, town, miles."""

    place: object
    sites: int
    employers: int
    nearest: list


def nearby(*, zip_code, miles, source="", exact=False):
    """Return the Nearby of open places of public employers at most `miles` (1 to 500) from a ZIP code's middle.

    With `source` a site is a key of that register, however many share a street address; without, it is a Site, counted
    once however many registers name it. `exact` counts only points that are a place's own coordinates: with `source`
    those the register publishes, as published (even where we show the ZIP code's middle, because they lie too far from
    it); without, sites of exactness "own". Raises careerportal.places.place.PlaceUnknown.
    """
    place = resolve(zip=zip_code, miles=miles)
    if source:
        found = RegisterEntry.objects.filter(source=source, closed_at=None)
        lat, lng = ("lat", "lng") if exact else ("site__lat", "site__lng")
    else:
        found = Site.objects.filter(closed_at=None)
        found = found.filter(exactness=Site.Exactness.OWN) if exact else found
        lat, lng = "lat", "lng"
    found = found.filter(within(lat, lng, place.lat, place.lng, place.miles), employer__in=Employer.objects.public())
    nearest = found.annotate(miles=Miles(lat, lng, place.lat, place.lng)).order_by("miles", "pk")
    shown = nearest.annotate(said=F("employer__name")).values("name", "said", "city", "state", "miles")[:SHOWN]
    counts = found.aggregate(sites=Count("pk"), employers=Count("employer", distinct=True))
    return Nearby(
        place=place,
        **counts,
        nearest=[
            {
                "name": each["name"] or each["said"],
                "employer": each["said"],
                "town": f"{each['city']}, {each['state']}",
                "miles": round(each["miles"], 2),
            }
            for each in shown
        ],
    )
