"""How far apart two points are, and what lies within some miles of a point. The only geometry of the portal.

Distances are great-circle miles on a sphere of EARTH_RADIUS_MILES, points are degrees (WGS84). PostgreSQL computes
them with `places_miles()` (migration 0002), a SQL function the planner inlines. Every search asks the box first, which
an index can answer, then the exact circle; a point exactly on the circle is inside.
"""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

from django.db.models import FloatField, Func, Q, Value
from django.db.models.lookups import LessThanOrEqual

#: Mean radius of the earth, IUGG: 6371.0088 km.
EARTH_RADIUS_MILES = 3958.7613

# A box is this much too large (about four inches), so that rounding never cuts off a point on the circle.
_SLACK_DEGREES = 1e-6
# Keeps asin() inside its domain for opposite points; costs five feet there and nothing measurable elsewhere.
_BELOW_ONE = 0.99999999999999


class Miles(Func):
    """Great-circle miles between two points as an ORM expression: Miles("lat", "lng", 42.65, -73.75).

    The first two arguments are field names or expressions, all four may be. NULL if any of them is.
    """

    function = "places_miles"
    arity = 4
    output_field = FloatField()

    def __init__(self, lat, lng, from_lat, from_lng, **extra):
        super().__init__(*(_as_expression(part) for part in (lat, lng, from_lat, from_lng)), **extra)


def miles_sql(lat_sql: str, lng_sql: str, from_lat_sql: str = "%s", from_lng_sql: str = "%s") -> str:
    """Return the SQL text of the distance for raw statements; pass trusted column names, never typed text."""
    return f"places_miles({lat_sql}, {lng_sql}, {from_lat_sql}, {from_lng_sql})"


@dataclass(frozen=True)
class Box:
    """Latitudes and one or two spans of longitude that hold every point of a circle. Degrees, ends included."""

    lat: tuple[float, float]
    lng: tuple[tuple[float, float], ...]


def box(lat: float, lng: float, miles: float) -> Box:
    """Return the smallest box around all points within `miles` of a point.

    Two spans of longitude where the circle crosses the date line, all longitudes where it holds a pole.
    Raises ValueError for a point off the globe or negative miles.
    """
    if not (-90 <= lat <= 90 and -180 <= lng <= 180 and miles >= 0):
        raise ValueError("A circle needs a latitude, a longitude and a radius of 0 miles or more.")
    angle = miles / EARTH_RADIUS_MILES
    reach = degrees(angle) + _SLACK_DEGREES
    south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
    if south == -90 or north == 90:
        return Box(lat=(south, north), lng=((-180.0, 180.0),))
    # Widest off the circle's own latitude: http://janmatuschek.de/LatitudeLongitudeBoundingCoordinates (3.3)
    side = degrees(asin(min(1.0, sin(angle) / cos(radians(lat))))) + _SLACK_DEGREES
    west, east = lng - side, lng + side
    if side >= 180:
        return Box(lat=(south, north), lng=((-180.0, 180.0),))
    if west < -180:
        return Box(lat=(south, north), lng=((-180.0, east), (west + 360, 180.0)))
    if east > 180:
        return Box(lat=(south, north), lng=((-180.0, east - 360), (west, 180.0)))
    return Box(lat=(south, north), lng=((west, east),))


def within(lat_field: str, lng_field: str, lat: float, lng: float, miles: float) -> Q:
    """Return the condition "at most `miles` from the point" over two fields: box first, then the exact circle.

    Fields of a related table (`sites__lat`) must be asked in one `filter()` so that they mean the same row.
    """
    asked = box(lat, lng, miles)
    spans = Q()
    for span in asked.lng:
        spans |= Q(**{f"{lng_field}__range": span})
    circle = LessThanOrEqual(Miles(lat_field, lng_field, lat, lng), Value(float(miles), output_field=FloatField()))
    return Q(**{f"{lat_field}__range": asked.lat}) & spans & Q(circle)


def within_sql(lat_sql: str, lng_sql: str, *, lat: float, lng: float, miles: float) -> tuple[str, list[float]]:
    """Return the same condition as SQL text with %s places and their values, for raw statements.

    `lat_sql` and `lng_sql` are trusted column names.
    """
    asked = box(lat, lng, miles)
    spans = " OR ".join(f"{lng_sql} BETWEEN %s AND %s" for _span in asked.lng)
    sql = f"({lat_sql} BETWEEN %s AND %s AND ({spans}) AND {miles_sql(lat_sql, lng_sql)} <= %s)"
    return sql, [*asked.lat, *(end for span in asked.lng for end in span), lat, lng, float(miles)]


def miles_between(lat: float, lng: float, from_lat: float, from_lng: float) -> float:
    """Return the great-circle miles between two points, as `places_miles()` does."""
    hav = (
        sin(radians(from_lat - lat) / 2) ** 2
        + cos(radians(lat)) * cos(radians(from_lat)) * sin(radians(from_lng - lng) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(_BELOW_ONE * hav))


def _as_expression(part):
    """A number becomes a double precision value; names and expressions stay what they are."""
    return Value(float(part), output_field=FloatField()) if isinstance(part, int | float) else part
