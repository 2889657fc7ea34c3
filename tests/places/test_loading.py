"""The shipped ZIP file, loaded whole; and what the tables refuse."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from careerportal.places import loading
from careerportal.places.models import County, Town, ZipCode
from careerportal.places.near import miles_between
from careerportal.places.place import resolve
from careerportal.places.states import STATES, ZONES, state_code
from careerportal.places.zones import zone_for_state, zone_for_zip

HEADER = "zip,lat,lng,coord_source,kind,city,state,county\n"


def load_zip_codes():
    out = StringIO()
    call_command("load_zip_codes", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_shipped_file_loads_whole_once_and_stays():
    said = load_zip_codes()
    assert said.splitlines()[-1].startswith("ZIP codes loaded: 41,637 ZIP codes")
    ids = set(Town.objects.values_list("pk", "key", "state"))

    assert load_zip_codes().startswith("ZIP codes already there: 41,637")
    ZipCode.objects.filter(zip="12207").delete()
    ZipCode.objects.filter(zip="12210").update(city="Elsewhere")
    assert load_zip_codes().splitlines()[-1].startswith("ZIP codes loaded: 41,637")
    assert ZipCode.objects.get(zip="12210").city == "Albany"
    assert set(Town.objects.values_list("pk", "key", "state")) == ids

    assert set(ZipCode.objects.values_list("state", flat=True)) == set(STATES) | {"AA", "AE", "AP"}
    assert ZipCode.objects.get(zip="96913").state == "GU"
    assert not County.objects.filter(name__regex="Parish|Census|City of|[(]CA").exists()
    assert County.objects.filter(state="NY").count() == 62
    assert not Town.objects.filter(state__in=["AA", "AE", "AP"]).exists()

    albany = resolve(place="Albany, NY")
    assert miles_between(albany.lat, albany.lng, 42.6526, -73.7562) < 5
    assert resolve(zip="00501").label == "25 miles of 00501 (Holtsville, NY)"
    assert resolve(place="Saint Louis, MO") == resolve(place="St. Louis, MO")
    assert zone_for_zip("99546") == "America/Anchorage"


@pytest.mark.django_db
def test_a_town_is_the_mean_of_its_areas_and_its_boxes_count_only_without_areas(tmp_path):
    file = tmp_path / "zips.csv"
    file.write_text(
        HEADER
        + "10001,40,-70,census,zcta,Upton,NY,Kings\n10002,41,-72,census,zcta,Upton,NY,Kings\n"
        + "10003,48,-79,geonames,point,Upton,NY,Kings\n10004,30.5,-80,geonames,point,Boxville,NY,\n"
        + "09012,,,,military,APO AE,AE,\n"
    )

    loaded = loading.load(file)

    assert (loaded.zips, loaded.towns, loaded.counties, loaded.changed) == (5, 2, 1, True)
    assert list(Town.objects.order_by("name").values_list("name", "lat", "lng", "zip_count")) == [
        ("Boxville", 30.5, -80, 1), ("Upton", 40.5, -71, 3),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_county_has_one_name_within_its_state(tmp_path):
    file = tmp_path / "zips.csv"
    row = "{},38,-90,census,zcta,Town,MO,{}\n"
    file.write_text(
        HEADER
        + row.format("63301", "St. Charles") + row.format("63302", "Saint Charles")
        + row.format("63303", "Saint Charles")
        + row.format("63101", "St. Louis (city)") + row.format("63102", "City of St. Louis")
    )  # fmt: skip

    loading.load(file)

    assert list(County.objects.order_by("key").values_list("name", "zip_count")) == [
        ("Saint Charles", 3), ("St. Louis (city)", 2),
    ]  # fmt: skip
    assert set(ZipCode.objects.values_list("county", flat=True)) == {"Saint Charles", "St. Louis (city)"}


@pytest.mark.django_db
def test_a_newer_file_replaces_the_rows_it_no_longer_holds(tmp_path):
    file = tmp_path / "zips.csv"
    file.write_text(HEADER + "10001,40,-70,census,zcta,Upton,NY,Kings\n10002,41,-72,census,zcta,Gone,NY,Queens\n")
    loading.load(file)
    file.write_text(HEADER + "10001,40.5,-70,census,zcta,Upton,NY,Kings\n")

    loading.load(file)

    assert list(ZipCode.objects.values_list("zip", "lat")) == [("10001", 40.5)]
    assert [town.name for town in Town.objects.all()] == ["Upton"]
    assert [county.name for county in County.objects.all()] == ["Kings"]


@pytest.mark.django_db
def test_another_file_is_refused_and_changes_nothing(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("name,phone\na,b\n")

    with pytest.raises(ValueError, match="not the ZIP file: it has no city"):
        loading.load(file)
    assert not ZipCode.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("places_zipcode_five_digits", {"zip": "1220"}),
        ("places_zipcode_kind_known", {"kind": "moon"}),
        ("places_zipcode_source_iff_point", {"coord_source": ""}),
        ("places_zipcode_point_whole", {"lng": None}),
        ("places_zipcode_point_whole", {"lat": 91}),
    ],
)
def test_the_zip_table_refuses_what_cannot_be(constraint, fields):
    good = {"zip": "12207", "lat": 42.6, "lng": -73.7, "kind": "zcta", "coord_source": "census"}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ZipCode.objects.create(**(good | fields))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("places_town_named", Town, {"state": "ny", "lat": 1, "lng": 1}),
        ("places_town_point_whole", Town, {"lat": 1, "lng": 181}),
        ("places_county_named", County, {"name": ""}),
    ],
)
def test_towns_and_counties_refuse_what_cannot_be(constraint, model, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**({"key": "a", "name": "A", "state": "NY", "zip_count": 1} | fields))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("places_town_key_state_unique", Town, {"lat": 1, "lng": 1}),
        ("places_county_key_state_unique", County, {}),
    ],
)
def test_a_state_has_each_town_and_county_once(constraint, model, fields):
    row = {"key": "a", "name": "A", "state": "NY", "zip_count": 1} | fields
    model.objects.create(**row)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**row)


@pytest.mark.django_db
def test_every_zone_is_one_the_database_knows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names")
        assert set(ZONES.values()) <= {row[0] for row in cursor.fetchall()}


@pytest.mark.usefixtures("small_map")
def test_a_zone_is_guessed_from_the_state(settings):
    assert zone_for_zip("12207") == "America/New_York"
    assert zone_for_zip("99546") == "America/Anchorage"
    assert zone_for_state("tx") == "America/Chicago"
    assert zone_for_zip("09012") == zone_for_zip("00000") == zone_for_zip("\0") == settings.TIME_ZONE
    assert zone_for_state("") == settings.TIME_ZONE


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ny", "NY"),
        ("N.Y.", "NY"),
        ("new york", "NY"),
        ("D.C.", "DC"),
        ("Virgin Islands", "VI"),
        ("York", ""),
        ("", ""),
    ],
)
def test_a_state_is_known_by_code_and_name(said, code):
    assert state_code(said) == code
