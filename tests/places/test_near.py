"""Distances, and the circle that every search draws."""

from math import atan2, cos, hypot, radians, sin

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from careerportal.places.models import ZipCode
from careerportal.places.near import EARTH_RADIUS_MILES, Miles, box, miles_between, within, within_sql

ALBANY, BUFFALO = (42.655489, -73.747618), (42.88, -78.88)


def to_nine_places(low, high):
    """Numbers as data files write them; PostgreSQL refuses to square 1e-200."""
    return st.floats(low, high).map(lambda number: round(number, 9))


latitudes = st.one_of(st.sampled_from([-90.0, 90.0, 0.0, 89.99, -89.9]), to_nine_places(-90, 90))
longitudes = st.one_of(st.sampled_from([-180.0, 180.0, 179.0, -179.0, 0.0]), to_nine_places(-180, 180))
points = st.tuples(latitudes, longitudes)
radii = st.one_of(st.sampled_from([0, 1, 25, 500, 6000, 13000]), to_nine_places(0, 500))
in_database = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def independent_miles(here, there):
    """Vincenty's formula on a sphere: another than the one under test, and exact everywhere."""
    lat1, lat2, turn = radians(here[0]), radians(there[0]), radians(there[1] - here[1])
    across = hypot(cos(lat2) * sin(turn), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(turn))
    return EARTH_RADIUS_MILES * atan2(across, sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(turn))


def put(spots):
    ZipCode.objects.all().delete()
    ZipCode.objects.bulk_create(
        ZipCode(zip=f"{number:05}", lat=lat, lng=lng, kind="zcta", coord_source="census")
        for number, (lat, lng) in enumerate(spots)
    )


def near_by(center, miles):
    """Points close to the circle's edge or inside: random ones over the globe would nearly all be far outside."""
    reach = st.floats(-1.2, 1.2).map(lambda part: part * miles / 69)
    return st.tuples(reach, reach).map(
        lambda step: (
            round(max(-90.0, min(90.0, center[0] + step[0])), 9),
            round((center[1] + step[1] / max(0.02, cos(radians(center[0]))) + 180) % 360 - 180, 9),
        )
    )


@pytest.mark.django_db
@in_database
@given(data=st.data(), center=points, miles=radii)
@example(data=None, center=(51.9, 179.0), miles=500)
@example(data=None, center=(51.9, -179.0), miles=100)
@example(data=None, center=(90.0, 12.0), miles=500)
@example(data=None, center=(-89.0, 180.0), miles=200)
def test_within_finds_exactly_the_points_of_the_circle(data, center, miles):
    spots = [center, (51.9, 179.5), (51.9, -179.5), (52.0, 180.0), (52.0, -180.0), (90.0, 0.0), (-89.9, 77.0), ALBANY]
    if data is not None:
        spots += data.draw(st.lists(st.one_of(points, near_by(center, miles)), max_size=30))
    distances = [independent_miles(center, spot) for spot in spots]
    put(spots)

    found = set(ZipCode.objects.filter(within("lat", "lng", *center, miles)).values_list("pk", flat=True))
    sql, values = within_sql("lat", "lng", lat=center[0], lng=center[1], miles=miles)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT zip FROM places_zipcode WHERE {sql}", values)
        found_by_sql = {row[0] for row in cursor.fetchall()}

    # On the edge itself two formulas may differ in the last digit.
    surely = {f"{number:05}" for number, distance in enumerate(distances) if distance < miles - 1e-6}
    possibly = {f"{number:05}" for number, distance in enumerate(distances) if distance <= miles + 1e-6}
    assert surely <= found <= possibly
    assert f"{0:05}" in found
    assert found_by_sql == found


@pytest.mark.django_db
def test_a_radius_of_0_finds_the_point_itself_only():
    put([ALBANY, (ALBANY[0] + 0.00001, ALBANY[1])])

    assert [row.pk for row in ZipCode.objects.filter(within("lat", "lng", *ALBANY, 0))] == ["00000"]


@pytest.mark.django_db
def test_a_point_exactly_on_the_circle_is_inside():
    put([BUFFALO])
    miles = ZipCode.objects.values_list(Miles("lat", "lng", *ALBANY), flat=True).get()

    assert ZipCode.objects.filter(within("lat", "lng", *ALBANY, miles)).exists()
    assert not ZipCode.objects.filter(within("lat", "lng", *ALBANY, miles - 1e-9)).exists()


@pytest.mark.django_db
@in_database
@given(here=points, there=points)
@example(here=(0.0, 0.0), there=(0.0, 180.0))
@example(here=(40.7, -73.9), there=(-40.7, 106.1))
@example(here=(90.0, 0.0), there=(-90.0, 50.0))
def test_postgresql_python_and_another_formula_agree(here, there):
    put([there])

    computed = ZipCode.objects.values_list(Miles(F("lat"), F("lng"), *here), flat=True).get()

    assert computed == pytest.approx(miles_between(*there, *here), abs=1e-3, rel=1e-9)
    assert computed == pytest.approx(independent_miles(here, there), abs=1e-3, rel=1e-9)


@pytest.mark.django_db
def test_the_distance_is_unknown_where_the_point_is():
    ZipCode.objects.create(zip="09012", kind="military")

    assert ZipCode.objects.values_list(Miles("lat", "lng", *ALBANY), flat=True).get() is None
    assert not ZipCode.objects.filter(within("lat", "lng", *ALBANY, 13000)).exists()


@pytest.mark.django_db
def test_the_planner_inlines_the_distance():
    plan = ZipCode.objects.filter(within("lat", "lng", *ALBANY, 25)).explain(verbose=True)

    assert "asin" in plan
    assert "places_miles" not in plan


def test_a_box_is_not_much_larger_than_its_circle():
    found = box(*ALBANY, 25)

    assert found.lat == pytest.approx((42.29366, 43.01732), abs=1e-4)
    assert len(found.lng) == 1
    assert found.lng[0] == pytest.approx((-74.23961, -73.25563), abs=1e-4)


def test_a_box_over_the_date_line_has_two_spans():
    assert [len(box(51.9, lng, 100).lng) for lng in (179.0, -179.0, 170.0)] == [2, 2, 1]


@pytest.mark.parametrize("point", [(91, 0, 1), (0, 181, 1), (0, 0, -1), (float("nan"), 0, 1), (0, 0, float("nan"))])
def test_a_circle_off_the_globe_is_refused(point):
    with pytest.raises(ValueError, match="A circle needs"):
        box(*point)
