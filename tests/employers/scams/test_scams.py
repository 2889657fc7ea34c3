"""Sixty invented scams among 600 honest openings: who is kept back, and who is not.

All are sent by verified employers that were trusted before: the worst case, since everything of others waits anyway.
"""

from pathlib import Path

import pytest
import yaml

from employers import lifecycle
from employers.models import Employer, Listing
from employers.risk import in_text
from employers.risk.sameness import sketch
from tests.careers_factories import CareSettingFactory, JobTitleFactory
from tests.clock import NOW
from tests.employers.scams.good import openings
from tests.employers_factories import EmployerFactory, SiteFactory

SEED = 20261122
SCAMS = yaml.safe_load((Path(__file__).parent / "bad.yaml").read_text(encoding="utf-8"))
SECOND = yaml.safe_load((Path(__file__).parent / "second.yaml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.django_db


class Sender:
    """Writes and publishes openings for employers in turn."""

    def __init__(self, *, employers, **traits):
        self.title, self.setting = JobTitleFactory(), CareSettingFactory()
        self.sites = []
        for number in range(employers):
            website = f"https://www.agency{number}.example.org"
            self.sites.append(SiteFactory(employer=EmployerFactory(website=website, **traits)))

    def send(self, fields, number):
        fields = {"pay_min_usd": 24, "pay_max_usd": 30, "pay_period": "hour", "employment": "full-time", **fields}
        site = self.sites[number % len(self.sites)]
        where = fields.pop("apply_at", "none")
        if where != "none":
            host = f"www.agency{number % len(self.sites)}.example.org" if where == "own" else where
            fields["apply_url"] = f"https://{host}/openings/{number}"
        text = fields["description"]
        listing = Listing.objects.create(
            employer=site.employer, title=self.title, roles=1, sketch=sketch(text), **fields
        )
        listing.care_settings.set([self.setting])
        listing.sites.set([site])
        return lifecycle.publish(listing=listing, now=NOW)


@pytest.fixture
def good():
    return list(openings(SEED))


def scams(good):
    for scam in SCAMS:
        fields = {name: value for name, value in scam.items() if name not in ("subtle", "copy_of")}
        if "copy_of" in scam:
            fields["description"] = good[scam["copy_of"]]["description"]
        yield scam.get("subtle", False), fields


def test_the_set_is_as_large_and_as_subtle_as_it_says(good):
    assert (len(SCAMS), sum(scam.get("subtle", False) for scam in SCAMS), len(good)) == (60, 20, 600)
    assert good == list(openings(SEED))


def test_at_least_95_percent_of_scams_are_held_and_at_most_5_percent_of_honest_openings(good):
    honest, crooks = Sender(employers=60), Sender(employers=20)

    held_good = [fields for number, fields in enumerate(good) if honest.send(fields, number).status != "published"]
    missed = [
        (subtle, fields["description"])
        for number, (subtle, fields) in enumerate(scams(good))
        if crooks.send(fields, number).status == "published"
    ]

    print(f"scams held {60 - len(missed)} of 60; honest openings held {len(held_good)} of 600")  # noqa: T201
    assert len(missed) <= 3, missed
    assert len(held_good) <= 30, [fields["description"] for fields in held_good[:5]]


def test_an_unverified_organization_publishes_none_of_them(good):
    crooks = Sender(employers=3, unapproved=True)

    sent = [crooks.send(fields, number) for number, (_subtle, fields) in enumerate(scams(good))]

    assert {listing.status for listing in sent} == {"in_review"}
    assert not Listing.objects.live(at=NOW).exists()
    assert not Employer.objects.approved().exists()


def test_the_second_set_is_told_apart_by_its_words_alone():
    found = {
        kind: sum(
            bool(in_text("\n".join([one["headline"], one["description"], one.get("apply_url", "")]))) for one in ads
        )
        for kind, ads in SECOND.items()
    }

    assert (len(SECOND["scams"]), len(SECOND["honest"])) == (60, 100)
    assert found["scams"] >= 57
    assert found["honest"] <= 5
