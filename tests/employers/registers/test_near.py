"""near: the counts equal those of a plain loop over the rows."""

import csv
import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careerportal.places import loading
from careerportal.places.models import ZipCode
from careerportal.places.near import miles_between
from employers.models import Employer
from employers.registers.importing import import_file
from employers.registers.nearby import nearby
from tests.clock import NOW
from tests.employers.registers.tables import row

pytestmark = pytest.mark.django_db
REGISTER = Path(__file__).resolve().parents[4] / "shared/data/employers_ny_health_facilities.csv"


def near(*arguments):
    out = StringIO()
    call_command("near", *arguments, stdout=out)
    return out.getvalue()


def counted(rows, place, miles):
    """Keys and operators of the rows whose own coordinates are within `miles`, one row after the other."""
    keys = {
        each["source_id"]
        for each in rows
        if each["lat"] and miles_between(place.lat, place.lng, float(each["lat"]), float(each["lng"])) <= miles
    }
    return len(keys)


def test_counts_equal_a_plain_loop(bring):
    chance = random.Random(3)
    rows = [
        row(
            "nysdoh", str(key), address1=f"{key % 40} Elm Road", parent_org=f"Operator {key % 17}", phone="",
            lat=f"{42.65 + chance.uniform(-0.4, 0.4):.6f}", lng=f"{-73.75 + chance.uniform(-0.4, 0.4):.6f}",
        )
        for key in range(120)
    ]  # fmt: skip
    bring("nysdoh", *rows, row("nysdoh", "500", lat="", lng="", parent_org="Without a point", phone=""))

    for miles in (1, 3, 7, 12, 20, 40):
        for zip_code in ("12207", "12208"):
            place = ZipCode.objects.get(pk=zip_code)
            found = nearby(zip_code=zip_code, miles=miles, source="nysdoh", exact=True)
            assert found.sites == counted(rows, place, miles)
    assert nearby(zip_code="12207", miles=40, source="nysdoh").sites == 121
    assert nearby(zip_code="12207", miles=40, source="nysdoh", exact=True).employers == 17


def test_one_place_in_two_registers_is_one_site_without_a_source(bring):
    bring("nysdoh", row("nysdoh", "1"), row("nysdoh", "2", name="Linden Clinic"))
    bring("hifld", row("hifld", "9"))
    bring("cms-hospices", row("cms-hospices", "4", city="ALBANY", state="NY", zip="12207", county="Albany"))

    assert near("12207", "5").splitlines()[0] == "2 sites, 2 employers"
    assert near("12207", "5", "--exact").splitlines()[0] == "1 sites, 1 employers"
    assert near("12207", "5", "--source", "nysdoh", "--exact").splitlines()[0] == "2 sites, 1 employers"
    assert near("12207", "5", "--source", "omh").splitlines() == ["0 sites, 0 employers"]


def test_suspended_employers_are_not_counted(bring):
    bring("nysdoh", row("nysdoh", "1"))
    Employer.objects.update(suspended_at=NOW, suspended_reason="Not what it says.")

    assert near("12207", "5").splitlines()[0] == "0 sites, 0 employers"


def test_json_names_the_nearest_ten_by_distance(bring):
    rows = [row("nysdoh", str(key), address1=f"{key} Elm Road", lat=f"{42.66 + key / 100:.4f}") for key in range(12)]
    bring("nysdoh", *rows)
    answer = json.loads(near("12207", "25", "--source", "nysdoh", "--json"))

    miles = [each["miles"] for each in answer["nearest"]]
    assert (answer["sites"], answer["employers"], len(miles)) == (12, 1, 10)
    assert miles == sorted(miles)


@pytest.mark.parametrize("arguments", [("99999", "25"), ("12207", "0"), ("1220", "25"), ("09001", "5")])
def test_what_is_no_place_exits_with_2(places, arguments):
    with pytest.raises(CommandError) as error:
        near(*arguments)

    assert error.value.returncode == 2


@pytest.mark.skipif(not REGISTER.exists(), reason="the shared data set is not here")
def test_the_new_york_register_equals_a_plain_loop_for_200_zips_and_radii(db):
    loading.load()
    report = import_file(REGISTER, now=NOW)
    with REGISTER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chance = random.Random(12207)
    zips = list(ZipCode.objects.filter(state="NY", lat__isnull=False).order_by("pk"))

    assert (report.created, report.repeated, report.disagreeing, report.refused) == (5796, 171, 12, 0)
    assert nearby(zip_code="12207", miles=25, source="nysdoh", exact=True).sites == 245
    for place in chance.choices(zips, k=200):
        miles = chance.choice((1, 2, 5, 10, 17, 25, 40, 75, 150, 500))
        found = nearby(zip_code=place.pk, miles=miles, source="nysdoh", exact=True)
        assert found.sites == counted(rows, place, miles), (place.pk, miles)
