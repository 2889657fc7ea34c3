import pytest

from careerportal.places.models import ZipCode


@pytest.fixture
def albany(db):
    """ZIP 12207 in the ZIP table."""
    return ZipCode.objects.create(
        zip="12207",
        lat=42.6584,
        lng=-73.7474,
        coord_source="census",
        kind="zcta",
        city="Albany",
        state="NY",
        county="Albany",
    )
