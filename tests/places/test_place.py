"""What people type, and the place it means."""

import pytest

from careerportal.places.place import Place, PlaceKind, PlaceUnknown, canonical_county, from_key, resolve

pytestmark = pytest.mark.usefixtures("small_map")


def refusal(**asked):
    with pytest.raises(PlaceUnknown) as raised:
        resolve(**asked)
    return raised.value.field, str(raised.value)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("12207", "radius:12207:25"),
        ("12207-1234", "radius:12207:25"),
        (" 12207 ", "radius:12207:25"),
        ("12201", "radius:12201:25"),
        ("Albany, NY", "radius:albany,ny:25"),
        ("albany ny", "radius:albany,ny:25"),
        ("ALBANY, New York", "radius:albany,ny:25"),
        ("Albany, N.Y., USA", "radius:albany,ny:25"),
        ("Albany, NY 12207", "radius:12207:25"),
        ("NY 12207", "radius:12207:25"),
        ("Brooklyn, NY 11201", "radius:11201:25"),
        ("Queens, NY 11354-0001", "radius:11354:25"),
        ("New York", "state:NY"),
        ("ny", "state:NY"),
        ("New York State", "state:NY"),
        ("state of new york", "state:NY"),
        ("New York, NY", "radius:newyork,ny:25"),
        ("New York City", "radius:newyork,ny:25"),
        ("NYC", "radius:newyork,ny:25"),
        ("nyc, ny", "radius:newyork,ny:25"),
        ("Washington", "state:WA"),
        ("Washington, D.C.", "radius:washington,dc:25"),
        ("Brooklyn", "county:NY:Kings"),
        ("Brooklyn, NY", "county:NY:Kings"),
        ("the Bronx", "county:NY:Bronx"),
        ("Queens", "county:NY:Queens"),
        ("Manhattan", "county:NY:New York"),
        ("Staten Island, New York", "county:NY:Richmond"),
        ("Kings County, NY", "county:NY:Kings"),
        ("Kings County, California", "county:CA:Kings"),
        ("Erie, NY", "county:NY:Erie"),
        ("Erie County", "county:NY:Erie"),
        ("St Lawrence County NY", "county:NY:St. Lawrence"),
        ("Orleans Parish, LA", "county:LA:Orleans"),
        ("St. Louis, MO", "radius:saintlouis,mo:25"),
        ("saint louis missouri", "radius:saintlouis,mo:25"),
        ("St. Louis County, MO", "county:MO:St. Louis"),
        ("St. Louis city, MO", "county:MO:St. Louis (city)"),
        ("Charleston West Virginia", "radius:charleston,wv:25"),
        ("Cœur d'Alène, ID", None),
        ("Coeur d Alène, ID", "radius:coeurdalene,id:25"),
        ("Schenectady", "radius:schenectady,ny:25"),
        ("remote", "remote"),
        ("Work from home", "remote"),
        ("Guam", "state:GU"),
    ],
)
def test_what_is_typed_means_one_place(typed, key):
    if key is None:
        assert refusal(place=typed)[0] == "place"
        return
    found = resolve(place=typed)

    assert found.key == key
    assert from_key(key) == found


def test_nothing_given_is_no_place():
    assert resolve() is None
    assert resolve(zip=" ", place="", miles="25") is None


@pytest.mark.parametrize(
    ("asked", "label", "short_label"),
    [
        ({"zip": "12207"}, "25 miles of 12207 (Albany, NY)", "12207"),
        ({"zip": "12207", "miles": "1"}, "1 mile of 12207 (Albany, NY)", "12207"),
        ({"zip": "00601"}, "25 miles of 00601 (Puerto Rico)", "00601"),
        ({"place": "albany ny", "miles": 50}, "50 miles of Albany, NY", "Albany, NY"),
        ({"place": "brooklyn"}, "Kings County (Brooklyn), NY", "Brooklyn"),
        ({"place": "bronx"}, "Bronx County, NY", "Bronx"),
        ({"place": "erie county, ny"}, "Erie County, NY", "Erie County, NY"),
        ({"place": "orleans parish, la"}, "Orleans Parish, LA", "Orleans Parish, LA"),
        ({"place": "NY"}, "New York", "New York"),
        ({"place": "Remote"}, "Remote", "Remote"),
    ],
)
def test_a_place_has_a_name_for_people(asked, label, short_label):
    found = resolve(**asked)

    assert (found.label, found.short_label) == (label, short_label)


def test_a_radius_carries_its_point_and_miles():
    found = resolve(zip="12207", miles="40")

    assert (found.kind, found.lat, found.lng, found.miles) == (PlaceKind.RADIUS, 42.655489, -73.747618, 40)
    assert found.county == ""


def test_miles_do_not_belong_to_a_county_or_state():
    assert resolve(place="NY", miles=50) == resolve(place="NY") == Place(kind=PlaceKind.STATE, state="NY")
    assert resolve(place="Brooklyn", miles=50).miles is None


@pytest.mark.parametrize("miles", ["0", "501", "-1", "2.5", "ten", "9" * 5000, "٢٥", 0, "1e2"])
def test_miles_outside_1_to_500_are_refused(miles):
    assert refusal(zip="12207", miles=miles) == ("miles", "Miles must be a whole number from 1 to 500.")


@pytest.mark.parametrize("field", ["zip", "place"])
def test_an_unknown_zip_is_named(field):
    assert refusal(**{field: "00000"}) == (
        field, "We don't know ZIP 00000. Check the five digits, or type a town and state.",
    )  # fmt: skip


@pytest.mark.parametrize("field", ["zip", "place"])
def test_a_military_zip_has_no_point(field):
    assert refusal(**{field: "09012"}) == (
        field,
        "09012 is a military address (APO/FPO) without a point on the map. Search by state, or for remote work.",
    )


def test_a_zip_without_a_point_says_so():
    assert refusal(zip="99999") == (
        "zip", "We know ZIP 99999, but not where it is on the map. Type a town and state instead.",
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["1220", "122071", "Albany", "1220٧", "12207; DROP TABLE", "\0", "🏥"])
def test_a_zip_field_takes_five_digits_only(typed):
    assert refusal(zip=typed)[0] == "zip"


def test_a_town_name_of_several_states_asks_for_the_state():
    field, message = refusal(place="Springfield")

    assert field == "place"
    assert message == (
        "There is more than one “Springfield”. Add the state, for example: Springfield, IL; Springfield, MA."
    )


def test_a_small_town_does_not_hide_a_large_county_of_the_same_name():
    assert "Onondaga County, NY; Onondaga, MI" in refusal(place="Onondaga")[1]


@pytest.mark.parametrize(
    ("zip_code", "place"), [("12207", "NY"), ("12207", "Brooklyn"), ("12207", "12201"), ("12207", "remote")]
)
def test_a_zip_and_another_place_are_refused(zip_code, place):
    assert refusal(zip=zip_code, place=place) == ("place", "Give a ZIP code or a place, not both.")


@pytest.mark.parametrize(
    ("zip_code", "place"), [("12207", "Albany, NY"), ("12207", "12207-0001"), ("11201", "Brooklyn")]
)
def test_a_zip_and_the_same_place_are_the_zip(zip_code, place):
    assert resolve(zip=zip_code, place=place).key == f"radius:{zip_code}:25"


def test_an_unknown_place_beside_a_zip_is_not_ignored():
    assert refusal(zip="12207", place="Atlantis")[0] == "place"


def test_a_zip_in_another_town_is_refused():
    assert refusal(place="Albany, NY 11201") == ("place", "11201 is not in Albany, NY. Give one of the two.")


@pytest.mark.parametrize(
    "typed",
    [
        "Atlantis", "Atlantis, NY", "a\0b", "x" * 10_000, "💥", "'; DROP TABLE places_zipcode; --", ",", "County, NY",
        "%", "Ω, NY", "Нью-Йорк NY", "\ud800", "County", " , 1", "APO AE", "\n\t\x1b[31m", "{{ 7 }}", "1", "-12207",
    ],
)  # fmt: skip
def test_what_names_no_place_is_refused_in_short_clean_words(typed):
    field, message = refusal(place=typed)

    assert field == "place"
    assert len(message) < 200
    assert message.isprintable()


@pytest.mark.parametrize(
    "key", ["", "radius", "radius:00000:25", "radius:12207:0", "state:XX", "county:NY:Kongs", "zone:1"]
)
def test_a_key_the_map_does_not_hold_is_refused(key):
    with pytest.raises(PlaceUnknown):
        from_key(key)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Kings", "Kings"), ("KINGS COUNTY", "Kings"),
        ("Saint Lawrence", "St. Lawrence"), ("ST LAWRENCE", "St. Lawrence"),
        ("USA Not NYS", ""), ("", ""), ("\0", ""),
    ],
)  # fmt: skip
def test_a_registers_county_gets_our_name(said, name):
    assert canonical_county("NY", said) == name


def test_a_zip_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        resolve(zip="12207")
    with django_assert_num_queries(1):
        resolve(place="Albany, NY")
    with django_assert_num_queries(0):
        resolve(place="Brooklyn")
