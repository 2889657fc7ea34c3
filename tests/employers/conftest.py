"""A small map, and titles a feed may name."""

from datetime import date

import pytest

from careerportal.places.models import County, Town, ZipCode
from careers.models import PayRule
from tests.careers_factories import CareRoleFactory, JobTitleFactory

ZIPS = (
    ("12207", 42.6584, -73.7474, "Albany", "NY", "Albany"),
    ("12208", 42.6562, -73.7890, "Albany", "NY", "Albany"),
    ("11201", 40.6937, -73.9899, "Brooklyn", "NY", "Kings"),
    ("07030", 40.7445, -74.0329, "Hoboken", "NJ", "Hudson"),
    ("62225", 38.5420, -89.8510, "Scott Air Force Base", "IL", "St. Clair"),
    ("20001", 38.9103, -77.0179, "Washington", "DC", "District of Columbia"),
)
TOWNS = (
    ("albany", "NY", "Albany", 42.6573, -73.7682, 2),
    ("brooklyn", "NY", "Brooklyn", 40.6501, -73.9496, 1),
    ("hoboken", "NJ", "Hoboken", 40.7445, -74.0329, 1),
    ("scottairforcebase", "IL", "Scott Air Force Base", 38.5420, -89.8510, 1),
    ("washington", "DC", "Washington", 38.9103, -77.0179, 1),
)


@pytest.fixture
def places(db):
    """Six ZIP codes, a military one without a point, and their towns."""
    for zip_code, lat, lng, city, state, county in ZIPS:
        ZipCode.objects.create(
            zip=zip_code, lat=lat, lng=lng, coord_source="census", kind="zcta", city=city, state=state, county=county
        )
    ZipCode.objects.create(zip="09001", kind="military", city="APO", state="AE")
    for key, state, name, lat, lng, count in TOWNS:
        Town.objects.create(key=key, state=state, name=name, lat=lat, lng=lng, zip_count=count)
    County.objects.create(key="albany", state="NY", name="Albany", zip_count=2)


@pytest.fixture
def job_titles(db):
    """Three titles, one with a synonym."""
    manager = CareRoleFactory(slug="care-manager", name="Care manager", family="CM")
    return {
        "cc": JobTitleFactory(),
        "case": JobTitleFactory(slug="case-manager", roles=2, role=manager),
        "rn": JobTitleFactory(slug="rn-case-manager", name="RN Case Manager", roles=2, synonyms=["Nurse Case Manager"]),
    }


@pytest.fixture
def new_york_pay_rule(db):
    """The rule that ads for work in New York give a pay range."""
    return PayRule.objects.create(
        slug="ny",
        state="NY",
        name="New York",
        must_show=True,
        effective=date(2023, 9, 17),
        employer_threshold="4 or more workers",
        rule="The range of pay, in every ad.",
    )
