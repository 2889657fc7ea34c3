"""Every posting read as a search engine reads it, and held against Google's list of rules.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from datetime import datetime, timedelta

import extruct
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers import vocabulary
from tests.clock import NOW
from tests.employers.public.test_opening_page import html
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
SCHOOLING = {
    "high school", "associate degree", "bachelor degree", "professional certificate", "postgraduate degree",
}  # fmt: skip
ADDRESS = {"streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"}


def broken_rules(posting):
    """Which of Google's rules a posting breaks, in words."""
    broken = [f"{name} is missing" for name in ("title", "description", "datePosted") if not posting.get(name)]
    if not posting.get("hiringOrganization", {}).get("name"):
        broken.append("hiringOrganization has no name")
    broken += _place(posting) + _dates(posting) + _pay(posting) + _asked(posting)
    if posting["description"].strip() == posting["title"].strip():
        broken.append("the description is the title again")
    if posting.get("employmentType") not in EMPLOYMENT:
        broken.append("employmentType is unknown")
    if "url" not in posting or not posting["identifier"]["value"]:
        broken.append("no address of its own or no identifier")
    return broken


def _place(posting):
    places, remote = posting.get("jobLocation", []), posting.get("jobLocationType")
    broken = []
    if not places and remote != "TELECOMMUTE":
        broken.append("neither a place nor telecommuting")
    if remote is not None and (remote != "TELECOMMUTE" or not (places or posting["applicantLocationRequirements"])):
        broken.append("telecommuting without where one may live")
    for place in places:
        address = place["address"]
        if place["@type"] != "Place" or not address.get("addressCountry") or not address.keys() - {"@type"} <= ADDRESS:
            broken.append("an address is not whole")
        if not (address.get("addressLocality") or address.get("postalCode")):
            broken.append("an address names no town")
    return broken


def _dates(posting):
    posted, until = (datetime.fromisoformat(posting[name]) for name in ("datePosted", "validThrough"))
    return [] if posted.tzinfo and until.tzinfo and posted < until and until > NOW else ["dates out of order"]


def _pay(posting):
    if "baseSalary" not in posting:
        return []
    value = posting["baseSalary"]["value"]
    is_whole = posting["baseSalary"]["currency"] == "USD" and value["unitText"] in UNITS
    return [] if is_whole and 0 < value["minValue"] <= value["maxValue"] else ["pay is not a range with a unit"]


def _asked(posting):
    broken = []
    schooling, experience = posting.get("educationRequirements"), posting.get("experienceRequirements")
    if isinstance(schooling, dict) and schooling["credentialCategory"] not in SCHOOLING:
        broken.append("schooling is not on the list")
    if isinstance(experience, dict) and not experience["monthsOfExperience"] > 0:
        broken.append("months of experience are no number above 0")
    if posting.get("experienceInPlaceOfEducation") and not (
        isinstance(schooling, dict) and isinstance(experience, dict)
    ):
        broken.append("experience in place of schooling without both")
    return broken


def postings(page):
    return extruct.extract(page, syntaxes=["json-ld"])["json-ld"]


def one_of(choices):
    return st.sampled_from(["", *choices.values])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    employment=st.sampled_from(vocabulary.EmploymentType.values), mode=one_of(vocabulary.WorkMode),
    education=one_of(vocabulary.Education), education_stance=one_of(vocabulary.Stance),
    experience_months=st.sampled_from([None, 0, 6, 24]), experience_stance=one_of(vocabulary.Stance),
    licences=st.sampled_from([[], ["none"], ["rn", "lpn"]]), benefit_kinds=st.sampled_from([[], ["pslf", "tuition"]]),
    remote_states=st.sampled_from([[], ["US"], ["NY", "NJ"]]), at_a_site=st.booleans(), has_pay=st.booleans(),
    closes_in=st.sampled_from([None, 0, 20]), headline=st.sampled_from(["Coordinator", "</script><b>x", "A “quoted” one"]),
)  # fmt: skip
def test_whatever_an_opening_says_its_posting_keeps_googles_rules(
    client, at_a_site, has_pay, closes_in, remote_states, **said
):
    employer = EmployerFactory()
    pay = {} if has_pay else {"pay_min_usd": None, "pay_max_usd": None, "pay_period": ""}
    sites = [SiteFactory(employer=employer)] if at_a_site or not remote_states else []
    closes_on = None if closes_in is None else NOW.date() + timedelta(days=closes_in)
    listing = ListingFactory(
        published=True, employer=employer, sites=sites, remote_states=remote_states, closes_on=closes_on, **pay, **said
    )

    found = postings(html(client.get(listing.get_absolute_url())))

    assert [posting["@type"] for posting in found] == ["JobPosting"]
    assert broken_rules(found[0]) == []
    assert found[0]["title"] == said["headline"]


def test_the_rules_can_be_broken():
    good = {
        "title": "A", "description": "<p>B</p>", "datePosted": "2026-01-01T00:00:00+00:00",
        "validThrough": "2030-01-01T00:00:00+00:00",
        "hiringOrganization": {"name": "C"}, "employmentType": "FULL_TIME", "url": "u", "identifier": {"value": "1"},
        "jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": [{}],
    }  # fmt: skip
    assert broken_rules(good) == []

    for name, value in {
        "title": "", "hiringOrganization": {}, "employmentType": "whole", "validThrough": "2020-01-01T00:00:00+00:00",
        "jobLocationType": None, "experienceInPlaceOfEducation": True, "educationRequirements": {"credentialCategory": "PhD"},
    }.items():  # fmt: skip
        assert broken_rules(good | {name: value}), name


def test_what_stands_in_for_schooling_is_named_with_it(client):
    listing = ListingFactory(
        published=True, education="bachelor", education_stance="equivalent", experience_months=24, experience_stance="required",
        benefit_kinds=["pslf"], benefits="Free lunch", licences=["lpn"], licence_stance="preferred", on_call="none",
    )  # fmt: skip

    posting = postings(html(client.get(listing.get_absolute_url())))[0]

    assert posting["experienceInPlaceOfEducation"] is True
    assert posting["educationRequirements"]["credentialCategory"] == "bachelor degree"
    assert posting["jobBenefits"] == "Counts for Public Service Loan Forgiveness. Free lunch"
    assert posting["qualifications"] == "LPN license preferred"
    assert posting["workHours"] == "No on-call time"


@pytest.mark.parametrize("situation", [{"closed": True}, {"published": True, "sample": True}])
def test_what_is_over_or_invented_has_no_posting(client, situation):
    assert postings(html(client.get(ListingFactory(**situation).get_absolute_url()))) == []
