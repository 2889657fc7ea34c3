"""What the samples stand on, for tests: their ZIP codes, and the shipped titles, settings and populations."""

import csv
import gzip
from functools import cache

import yaml
from django.conf import settings

from careerportal.places.loading import SHIPPED
from careerportal.places.models import ZipCode
from careers import vocabulary
from careers.models import CareSetting, JobTitle, Population
from employers.samples import read


@cache
def content(name):
    """Return the rows of a shipped content file."""
    text = (settings.BASE_DIR / "careers" / "content" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)[name]


@cache
def zip_rows():
    """Return the rows of the shipped ZIP file that the samples need."""
    wanted = {site["zip"] for file in read() for site in file["sites"]}
    fields = ("zip", "lat", "lng", "coord_source", "kind", "city", "state", "county")
    with gzip.open(SHIPPED, "rt", encoding="utf-8") as shipped:
        return [{name: row[name] for name in fields} for row in csv.DictReader(shipped) if row["zip"] in wanted]


def write_lists():
    """Store all of it."""
    ZipCode.objects.bulk_create([ZipCode(**row) for row in zip_rows()])
    CareSetting.objects.bulk_create([CareSetting(slug=row["slug"], name=row["name"]) for row in content("settings")])
    Population.objects.bulk_create([Population(slug=row["slug"], name=row["name"]) for row in content("populations")])
    JobTitle.objects.bulk_create(
        [
            JobTitle(slug=row["slug"], name=row["title"], roles=vocabulary.role_mask(row["roles"]))
            for row in content("titles")
        ]
    )
