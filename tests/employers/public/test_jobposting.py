"""JobPosting on opening pages, by Google's rules.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from datetime import datetime, timedelta

import pytest

from employers.models import Listing
from tests.clock import NOW
from tests.employers.public.test_opening_page import html, json_ld, open_page
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

REQUIRED = {"title", "description", "datePosted", "hiringOrganization"}


def test_a_live_opening_has_every_required_property(client):
    employer = EmployerFactory(name="Harbor & Sons", website="https://care.example")
    listing = ListingFactory(
        published=True, employer=employer, description="# What\n\nYou **call** people.", closes_on=NOW.date() + timedelta(days=5),
        education="bachelor", education_stance="required", experience_months=24, experience_stance="required", positions=2,
    )  # fmt: skip

    posting = json_ld(open_page(client, listing))

    assert posting["@context"] == "https://schema.org/"
    assert posting["@type"] == "JobPosting"
    assert {name for name, value in posting.items() if value} >= REQUIRED
    assert posting["hiringOrganization"]["name"] == "Harbor & Sons"
    assert posting["description"] == "<h3>What</h3>\n<p>You <strong>call</strong> people.</p>\n"
    assert datetime.fromisoformat(posting["datePosted"]) == listing.published_at
    assert datetime.fromisoformat(posting["validThrough"]) == Listing.objects.get(pk=listing.pk).search.live_until
    address = posting["jobLocation"][0]["address"]
    assert address["addressLocality"] == "Albany"
    assert address["addressRegion"] == "NY"
    assert address["postalCode"] == "12207"
    assert address["addressCountry"] == "US"
    assert posting["employmentType"] == "FULL_TIME"
    assert posting["baseSalary"]["currency"] == "USD"
    assert posting["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "minValue": 25.0, "maxValue": 31.0, "unitText": "HOUR",
    }  # fmt: skip
    assert posting["totalJobOpenings"] == 2
    assert posting["experienceRequirements"]["monthsOfExperience"] == 24
    assert posting["educationRequirements"]["credentialCategory"] == "bachelor degree"
    assert posting["directApply"] is False


def test_remote_work_says_from_where(client):
    anywhere = json_ld(open_page(client, ListingFactory(published=True, remote=True, sites=[])))
    two = json_ld(open_page(client, ListingFactory(published=True, remote_states=["NY", "NJ"], sites=[])))

    assert anywhere["jobLocationType"] == "TELECOMMUTE"
    assert anywhere["applicantLocationRequirements"] == [{"@type": "Country", "name": "USA"}]
    assert [state["name"] for state in two["applicantLocationRequirements"]] == ["NY, USA", "NJ, USA"]
    assert "jobLocation" not in two


def test_hybrid_work_at_a_site_is_no_telecommuting(client):
    employer = EmployerFactory()
    listing = ListingFactory(
        published=True, employer=employer, remote_states=["NY"], mode="hybrid", sites=[SiteFactory(employer=employer)]
    )

    posting = json_ld(open_page(client, listing))

    assert "jobLocationType" not in posting
    assert posting["jobLocation"]


def test_what_is_not_asked_firmly_is_not_a_requirement(client):
    listing = ListingFactory(
        published=True, education="bachelor", education_stance="preferred", experience_months=24,
        experience_stance="will-train", pay_min_usd=None, pay_max_usd=None, pay_period="",
    )  # fmt: skip

    posting = json_ld(open_page(client, listing))

    assert not {"educationRequirements", "experienceRequirements", "baseSalary"} & set(posting)


def test_text_cannot_end_the_script_element(client):
    listing = ListingFactory(published=True, headline="</script><script>alert(1)</script>", description="a & b <!--")

    response = open_page(client, listing)

    assert json_ld(response)["title"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in html(response)
    assert html(response).count('type="application/ld+json"') == 1


@pytest.mark.parametrize(
    "situation",
    [
        {"published": True, "sample": True},
        {"closed": True},
        {"published": True, "closes_on": NOW.date() - timedelta(days=1)},
        {"published": True, "published_at": NOW - timedelta(days=90)},
    ],
)
def test_only_live_openings_of_real_employers_have_one(client, situation):
    assert json_ld(open_page(client, ListingFactory(**situation))) is None


def test_an_opening_without_any_place_has_none(client):
    assert json_ld(open_page(client, ListingFactory(published=True, sites=[]))) is None


@pytest.mark.parametrize("address", ["/", "/openings/", "/employers/"])
def test_no_other_page_has_one(client, address):
    ListingFactory(published=True)

    assert json_ld(client.get(address)) is None
