"""The form of an opening: what it takes, what it refuses and how it says so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localdate

from careerportal.places.models import County
from careers.models import Credential
from employers import drafts
from employers.forms import ListingForm
from employers.typed import of_listing as typed_again
from tests.careers_factories import CareSettingFactory, JobTitleFactory, PopulationFactory
from tests.clock import NOW
from tests.employers.writing_steps import new_york_asks_for_pay
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)


@pytest.fixture
def site():
    return SiteFactory()


@pytest.fixture
def typed(site):
    new_york_asks_for_pay()
    JobTitleFactory()
    for slug in ("hospital", "fqhc", "hospice-palliative", "home-care"):
        CareSettingFactory(slug=slug)
    PopulationFactory()
    Credential.objects.create(slug="ccm", name="Certified Case Manager (CCM)")
    for name in ("Albany", "Kings"):
        County.objects.create(key=name.lower(), state="NY", name=name, zip_count=1)
    return {
        "headline": "Care Coordinator, Albany clinic",
        "title": "care-coordinator",
        "care_settings": ["hospital"],
        "sites": [site.pk],
        "employment": "full-time",
        "pay_min_usd": "25",
        "pay_max_usd": "31.50",
        "pay_period": "hour",
        "description": "You call people.",
        "positions": "1",
    }


@pytest.fixture
def form(typed, site):
    def form(**change):
        return ListingForm({**typed, **change}, employer=site.employer, today=TODAY)

    return form


def test_what_was_typed_becomes_the_content_of_a_draft(form, site):
    filled = form(
        populations=["older-adults"], schedules=["weekdays", "evenings"], weekly_hours="37.5", mode="hybrid", visits="some",
        needs_car="yes", remote_states="New York, NJ", licences=["rn", "lpn"], licence_stance="preferred",
        education="bachelor", experience_months="24", experience_stance="will-train", languages=["es"],
        caseload="50 members", benefits="Health plan", apply_url="https://jobs.example.org/1", positions="2",
        closes_on=str(TODAY + timedelta(days=30)), visits_percent="60", on_call="some", counties="Albany; Kings, NY",
        credentials=["ccm"], credential_stance="preferred", acuity="high", supervision="Weekly with an LCSW",
        benefit_kinds=["pslf", "tuition"],
    )  # fmt: skip
    assert filled.is_valid(), filled.errors

    listing, is_new = drafts.create(employer=site.employer, content=filled.content(), source="form", source_id="1")

    assert is_new
    assert (listing.status, listing.roles, listing.remote_states) == ("draft", 1, ["NJ", "NY"])
    assert (listing.weekly_hours, listing.needs_car, listing.pay_max_usd) == (Decimal("37.5"), True, Decimal("31.50"))
    assert (listing.licence_stance, listing.education_stance) == ("preferred", "required")
    assert list(listing.sites.all()) == [site]
    assert listing.populations.get().slug == "older-adults"
    assert (listing.visits_percent, listing.on_call, listing.counties) == (60, "some", ["NY:Albany", "NY:Kings"])
    assert (listing.credentials.get().slug, listing.credential_stance) == ("ccm", "preferred")
    assert (listing.acuity, listing.supervision, listing.benefit_kinds) == (
        "high", "Weekly with an LCSW", ["pslf", "tuition"],
    )  # fmt: skip


def test_an_opening_comes_back_into_the_form_as_it_was(typed, site):
    listing = ListingFactory(
        employer=site.employer, sites=[site], remote_states=["NY"], needs_car=False, licences=["rn"], licence_stance="required",
        languages=["es"], experience_months=0, experience_stance="required", closes_on=TODAY,
        populations=[PopulationFactory()], visits="some", visits_percent=60, on_call="some", counties=["NY:Albany", "NY:Kings"],
        credential_stance="will-train", acuity="mixed", supervision="Weekly", benefit_kinds=["pslf"], weekly_hours="37.5",
    )  # fmt: skip
    listing.credentials.set(Credential.objects.all())
    listing.refresh_from_db()
    again = ListingForm(MultiValueDict(typed_again(listing)), employer=site.employer, today=TODAY)

    assert again.is_valid(), again.errors
    before = {name: getattr(listing, name) for name in drafts.FIELDS}
    revised = drafts.revise(listing=listing, content=again.content())
    revised.refresh_from_db()
    assert {name: getattr(revised, name) for name in drafts.FIELDS} == before
    for several in (revised.sites, revised.care_settings, revised.populations, revised.credentials):
        assert several.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"headline": ""}, "headline", "Write a headline"),
        ({"headline": "x" * 121}, "headline", "120"),
        ({"title": "astronaut"}, "title", "Select a valid choice"),
        ({"care_settings": []}, "care_settings", "at least one"),
        ({"care_settings": ["hospital", "fqhc", "home-care", "hospice-palliative"]}, "care_settings", "at most 3"),
        ({"sites": []}, "sites", "where the work is"),
        ({"sites": [], "mode": "remote"}, "remote_states", "in which states"),
        ({"remote_states": "Atlantis"}, "remote_states", "Atlantis"),
        ({"remote_states": "AE"}, "remote_states", "AE"),
        ({"remote_states": "NY", "mode": "on-site"}, "remote_states", "not remote"),
        ({"pay_min_usd": ""}, "pay_min_usd", "lowest pay too"),
        ({"pay_max_usd": ""}, "pay_max_usd", "highest pay too"),
        ({"pay_period": ""}, "pay_period", "by hour or by year"),
        ({"pay_max_usd": "20"}, "pay_max_usd", "lower than the lowest"),
        ({"pay_min_usd": "9.99"}, "pay_min_usd", "Is 9.99 dollars an hour right?"),
        ({"pay_max_usd": "52000"}, "pay_max_usd", "Is 52,000 dollars an hour right?"),
        ({"pay_period": "year", "pay_max_usd": "25000"}, "pay_min_usd", "Is 25 dollars a year right?"),
        ({"pay_min_usd": "-1"}, "pay_min_usd", "greater than or equal to 0"),
        ({"pay_min_usd": "0"}, "pay_min_usd", "above zero"),
        ({"visits_percent": "101"}, "visits_percent", "100"),
        ({"visits": "none", "visits_percent": "20"}, "visits_percent", "no home visits"),
        ({"counties": "Atlantis"}, "counties", "no county “Atlantis” in New York"),
        ({"on_call": "always"}, "on_call", "valid choice"),
        ({"acuity": "extreme"}, "acuity", "valid choice"),
        ({"supervision": "x" * 201}, "supervision", "200"),
        ({"benefit_kinds": ["gold"]}, "benefit_kinds", "valid choice"),
        ({"credentials": ["doctor-of-all"]}, "credentials", "valid choice"),
        ({"description": "\u200b\n\u200b"}, "description", "what people do"),
        ({"pay_min_usd": "NaN"}, "pay_min_usd", "Enter a number"),
        ({"licences": ["none", "rn"]}, "licences", "either"),
        ({"weekly_hours": "99"}, "weekly_hours", "80"),
        ({"apply_url": "http://jobs.example.org"}, "apply_url", "https://"),
        ({"apply_url": "javascript:alert(1)"}, "apply_url", "valid URL"),
        ({"apply_url": "https://jobs.example.org\\@example.com"}, "apply_url", "plain address"),
        ({"apply_url": "https://jobs.example.org@example.com/1"}, "apply_url", "plain address"),
        ({"positions": "0"}, "positions", "greater than or equal to 1"),
        ({"closes_on": str(TODAY - timedelta(days=1))}, "closes_on", "in the past"),
        ({"closes_on": str(TODAY + timedelta(days=400))}, "closes_on", "within a year"),
        ({"closes_on": "soon"}, "closes_on", "year-month-day"),
        ({"closes_on": str(TODAY), "is_always_hiring": "on"}, "closes_on", "not both"),
        ({"description": "\0"}, "description", "Null characters"),
        ({"employment": ""}, "employment", "Choose full time"),
    ],
)
def test_a_mistake_is_named_at_its_field(form, change, field, words):
    filled = form(**change)

    assert not filled.is_valid()
    assert list(filled.errors) == [field]
    assert words in filled.errors[field][0]


def test_sites_of_another_employer_are_refused(form):
    stranger = SiteFactory()

    filled = form(sites=[stranger.pk])

    assert "sites" in filled.errors
    with pytest.raises(ValueError, match="its own employer"):
        drafts.create(employer=EmployerFactory(), content={"sites": [stranger]})


@pytest.mark.parametrize("where", [{}, {"sites": [], "remote_states": "US"}, {"sites": [], "remote_states": "NJ, NY"}])
def test_without_pay_an_ad_for_work_in_new_york_is_refused_with_the_rule(form, where):
    filled = form(pay_min_usd="", pay_max_usd="", pay_period="", **where)

    assert list(filled.errors) == ["pay_min_usd"]
    assert "New York requires a pay range" in filled.errors["pay_min_usd"][0]
    assert filled.findings[0].source_name == "Labor Law section 194-b"


def test_without_pay_an_ad_for_work_elsewhere_is_taken(form, site):
    jersey = SiteFactory(employer=site.employer, city="Hoboken", state="NJ", zip="07030")

    assert form(pay_min_usd="", pay_max_usd="", sites=[jersey.pk]).is_valid()
    assert form(pay_min_usd="", pay_max_usd="", sites=[], remote_states="nj; Ohio").is_valid()


@pytest.mark.parametrize(
    ("least", "most", "period"),
    [
        ("10", "25", "hour"),
        ("200", "250", "hour"),
        ("20000", "40000", "year"),
        ("400000", "500000", "year"),
        ("30", "30", "hour"),
    ],
)
def test_pay_at_the_edges_is_believed(form, least, most, period):
    assert form(pay_min_usd=least, pay_max_usd=most, pay_period=period).is_valid()


def test_the_member_decides_the_kind_of_work_else_the_title_does(form):
    assert (form().is_valid(), form().errors) == (True, {})
    by_title, by_member = form(), form(roles="0")
    assert by_title.is_valid()
    assert by_member.is_valid()
    assert (by_title.content()["roles"], by_member.content()["roles"]) == (1, 0)


def test_anywhere_in_the_us_stands_for_all_states(form):
    filled = form(sites=[], remote_states="NY, USA")

    assert filled.is_valid()
    assert filled.content()["remote_states"] == ["US"]


def test_a_stance_without_its_fact_is_dropped(form):
    filled = form(licence_stance="preferred")

    assert filled.is_valid()
    assert filled.content()["licence_stance"] == ""


def test_more_than_ten_sites_are_refused(form, site):
    more = SiteFactory.create_batch(10, employer=site.employer)

    assert "at most 10" in form(sites=[site.pk, *(one.pk for one in more)]).errors["sites"][0]


def test_html_is_kept_as_typed(form):
    filled = form(headline="<i>Care</i> & more", description="<script>alert(1)</script>")

    assert filled.is_valid()
    assert filled.content()["headline"] == "<i>Care</i> & more"
    assert filled.content()["description"] == "<script>alert(1)</script>"
