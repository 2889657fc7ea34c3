import pytest

from careerportal.places.models import County, Town, ZipCode

ZIPS = [
    ("12207", 42.655489, -73.747618, "zcta", "Albany", "NY", "Albany"),
    ("12201", 42.6149, -73.9708, "point", "Albany", "NY", "Albany"),
    ("11201", 40.693700, -73.989859, "zcta", "Brooklyn", "NY", "Kings"),
    ("11354", 40.768213, -73.827392, "zcta", "Flushing", "NY", "Queens"),
    ("00601", 18.180555, -66.749961, "zcta", "", "PR", ""),
    ("99546", 51.855670, -176.668632, "zcta", "Adak", "AK", "Aleutians West"),
    ("09012", None, None, "military", "APO AE", "AE", ""),
    ("99999", None, None, "point", "Nowhere", "NY", ""),
]
TOWNS = [
    ("albany", "NY", "Albany", 42.65, -73.75, 50),
    ("albany", "OR", "Albany", 44.63, -123.1, 3),
    ("newyork", "NY", "New York", 40.75, -73.98, 146),
    ("springfield", "IL", "Springfield", 39.79, -89.64, 14),
    ("springfield", "MA", "Springfield", 42.11, -72.54, 13),
    ("schenectady", "NY", "Schenectady", 42.8, -73.93, 11),
    ("onondaga", "MI", "Onondaga", 42.44, -84.56, 1),
    ("saintlouis", "MO", "Saint Louis", 38.63, -90.25, 60),
    ("washington", "DC", "Washington", 38.9, -77.02, 270),
    ("charleston", "WV", "Charleston", 38.35, -81.63, 20),
    ("coeurdalene", "ID", "Coeur d'Alene", 47.69, -116.78, 3),
]
COUNTIES = [
    ("kings", "NY", "Kings", 47),
    ("kings", "CA", "Kings", 8),
    ("queens", "NY", "Queens", 60),
    ("bronx", "NY", "Bronx", 25),
    ("newyork", "NY", "New York", 146),
    ("richmond", "NY", "Richmond", 14),
    ("erie", "NY", "Erie", 70),
    ("schenectady", "NY", "Schenectady", 12),
    ("onondaga", "NY", "Onondaga", 50),
    ("saintlawrence", "NY", "St. Lawrence", 40),
    ("saintlouis", "MO", "St. Louis", 60),
    ("saintlouiscity", "MO", "St. Louis (city)", 38),
    ("orleans", "LA", "Orleans", 56),
]


@pytest.fixture
def small_map(db):
    """A handful of real ZIP codes, towns and counties."""
    ZipCode.objects.bulk_create(
        ZipCode(
            zip=zip_code, lat=lat, lng=lng, kind=kind, city=city, state=state, county=county,
            coord_source="" if lat is None else "census" if kind == "zcta" else "geonames",
        )
        for zip_code, lat, lng, kind, city, state, county in ZIPS
    )  # fmt: skip
    Town.objects.bulk_create(
        Town(key=key, state=state, name=name, lat=lat, lng=lng, zip_count=zips)
        for key, state, name, lat, lng, zips in TOWNS
    )
    County.objects.bulk_create(
        County(key=key, state=state, name=name, zip_count=zips) for key, state, name, zips in COUNTIES
    )
