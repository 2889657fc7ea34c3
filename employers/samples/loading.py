"""Loads the invented employers of this folder, keeps their dates fresh, and removes them.

A file's keys are the fields of Employer; `approved` says whether it is verified. A site has a `key`, a name, an address
and a real ZIP code, which gives town, county and point. An opening has a `key` of its own that lasts, the fields of
Listing with other rows by slug or key, and its dates relative to the day of loading: `posted_days_ago` (0 to 30) and,
unless it is always hiring, `closes_in_days` (7 to 60). `draft` stays a draft. Roles follow from the title.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from django.db import transaction
from django.utils.timezone import localdate

from careerportal.places.models import ZipCode
from careers.models import CareSetting, JobTitle, Population
from employers import lifecycle, organizations, searchrow
from employers.models import Employer, Listing, Site
from employers.samples import readers

FOLDER = Path(__file__).resolve().parent
SOURCE = "sample"  # Listing.source; source_id is the opening's key
APPROVED_DAYS_AGO = 60  # earlier than the first publication
EVIDENCE = "Invented organization, approved when the samples were loaded."
YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads the folder in 10 ms instead of 230
# A line break inside a paragraph or list item; pages would show it, so it only wraps the files.
WRAPPED = re.compile(r"(?<!\n)\n(?!\n|- |#|\d+\. |\Z) *")
NOT_FIELDS = ("key", "title", "care_settings", "populations", "sites", "posted_days_ago", "closes_in_days", "draft")


class SamplesRefused(Exception):
    """The samples cannot be loaded now; str(error) says why and what to do."""


@dataclass(frozen=True)
class Loaded:
    """What a load left: sample employers and openings in all, and how many openings are new or have new dates."""

    employers: int
    openings: int
    created: int
    redated: int


@dataclass(frozen=True)
class Removed:
    """How many sample employers and openings went."""

    employers: int
    openings: int


def read():
    """Return the sample employers by file name, descriptions with one line to a paragraph or list item."""
    files = [yaml.load(path.read_text(encoding="utf-8"), YAML) for path in sorted(FOLDER.glob("*.yaml"))]  # noqa: S506
    for opening in (opening for file in files for opening in file["openings"]):
        opening["description"] = WRAPPED.sub(" ", opening["description"])
    return files


@transaction.atomic
def load(*, now: datetime) -> Loaded:
    """Make the sample employers and openings that are missing, and date all published ones afresh relative to `now`.

    Texts that members changed stay, and so do openings they closed. Loading twice on one day changes nothing.
    Raises SamplesRefused when ZIP codes or content are not loaded, or an employer that is no sample has a sample's slug.
    """
    files = read()
    known = _Known(files)
    created = redated = 0
    for file in files:
        employer, sites = _employer(file, known, now=now)
        held = {row.source_id: row for row in Listing.objects.filter(employer=employer, source=SOURCE)}
        for opening in file["openings"]:
            if opening["key"] not in held:
                _create(opening, employer, sites, known, now=now)
                created += 1
            elif _redate(held[opening["key"]], opening, now=now):
                redated += 1
    loaded = Listing.objects.filter(employer__is_sample=True, source=SOURCE)
    openings = loaded.values_list("pk", flat=True)
    searchrow.rewrite(openings)
    readers.invent(loaded.filter(status=Listing.Status.PUBLISHED), now=now)
    return Loaded(employers=len(files), openings=len(openings), created=created, redated=redated)


@transaction.atomic
def remove() -> Removed:
    """Delete every sample employer with its sites, memberships and openings, written by whomever; repeats do nothing."""
    openings = Listing.objects.filter(employer__is_sample=True)
    samples = Employer.objects.filter(is_sample=True)
    counted = Removed(employers=samples.count(), openings=openings.count())
    openings.delete()  # before the sites they point to
    samples.delete()
    return counted


class _Known:
    """The rows that samples point to, by ZIP code or slug. Asking for one that is not there raises SamplesRefused."""

    def __init__(self, files):
        zips = {site["zip"] for file in files for site in file["sites"]}
        self._rows = {
            ZipCode: ZipCode.objects.in_bulk(zips),
            **{kind: {row.slug: row for row in kind.objects.all()} for kind in (JobTitle, CareSetting, Population)},
        }

    def one(self, kind, key):
        if key not in self._rows[kind]:
            command = "load_zip_codes" if kind is ZipCode else "load_content"
            name = kind._meta.verbose_name
            raise SamplesRefused(f"The samples need the {name} {key}. Load it first: manage.py {command}")
        return self._rows[kind][key]

    def all(self, kind, keys):
        return [self.one(kind, key) for key in keys]


def _employer(file, known, *, now):
    """Return the sample employer of a file and its sites by key, made if missing; approve it if the file says so."""
    fields = {name: file[name] for name in ("name", "summary", "website", "inbox_email", "phone")}
    employer, is_new = Employer.objects.get_or_create(
        slug=file["slug"],
        defaults={**fields, "is_sample": True, "care_setting": known.one(CareSetting, file["care_setting"])},
    )
    if not employer.is_sample:
        raise SamplesRefused(f"An employer that is no sample has the address /employers/{employer.slug}/.")
    if is_new and file["approved"]:
        approved_at = now - timedelta(days=APPROVED_DAYS_AGO)
        employer = organizations.approve(employer=employer, by=None, evidence=EVIDENCE, now=approved_at)
        employer.trusted_at = employer.inbox_confirmed_at = approved_at
        employer.save(update_fields=["trusted_at", "inbox_confirmed_at", "updated_at"])
    return employer, {site["key"]: _site(site, employer, known.one(ZipCode, site["zip"])) for site in file["sites"]}


def _site(site, employer, zip_code):
    """Return a site in the middle of its ZIP code, made if missing."""
    point = {"county": zip_code.county, "lat": zip_code.lat, "lng": zip_code.lng, "exactness": Site.Exactness.ZIP}
    return Site.objects.get_or_create(
        employer=employer,
        address1=site["address1"],
        city=zip_code.city,
        state=zip_code.state,
        zip=zip_code.zip,
        defaults={"name": site["name"], **point},
    )[0]


def _create(opening, employer, sites, known, *, now):
    """Write an opening as a draft, then publish it at its time unless it is meant to stay one."""
    title = known.one(JobTitle, opening["title"])
    fields = {name: value for name, value in opening.items() if name not in NOT_FIELDS}
    listing = Listing(
        employer=employer, title=title, roles=title.roles, source=SOURCE, source_id=opening["key"], **fields
    )
    listing.closes_on = _closes_on(opening, now=now)
    listing.clean_fields(exclude=["employer", "title"])  # the database checks the rest
    listing.save()
    listing.care_settings.set(known.all(CareSetting, opening["care_settings"]))
    listing.populations.set(known.all(Population, opening.get("populations", ())))
    listing.sites.set([sites[key] for key in opening.get("sites", ())])
    if not opening.get("draft"):
        lifecycle.publish(listing=listing, now=_published_at(opening, now=now))


def _redate(listing, opening, *, now):
    """Give a published opening the dates it would have if loaded now; return whether that changed anything.

    One whose closing date came while nobody restarted the portal is opened again.
    """
    closes_on = _closes_on(opening, now=now)
    was_closed_by_date = (
        listing.closed_at and listing.closes_on and listing.closed_at == lifecycle.ends_at(listing.closes_on)
    )
    if was_closed_by_date and closes_on:
        lifecycle.reopen(listing=listing, closes_on=closes_on, now=_published_at(opening, now=now))
        listing.refresh_from_db()
    if listing.status != Listing.Status.PUBLISHED or opening.get("draft"):
        return False
    published_at, closes_on = _published_at(opening, now=now), _closes_on(opening, now=now)
    if localdate(listing.published_at) == localdate(published_at) and listing.closes_on == closes_on:
        return False
    listing.published_at = listing.confirmed_at = published_at
    listing.closes_on = closes_on
    listing.save(update_fields=["published_at", "confirmed_at", "closes_on", "updated_at"])
    return True


def _published_at(opening, *, now):
    return now - timedelta(days=opening["posted_days_ago"])


def _closes_on(opening, *, now):
    return localdate(now) + timedelta(days=opening["closes_in_days"]) if "closes_in_days" in opening else None
