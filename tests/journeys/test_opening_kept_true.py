"""An ad that exists becomes an opening that is true and stays so: pasted, checked, kept, closed. At 360 px without script."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from careerportal.core import clock
from employers import organizations
from employers.models import Employer, Listing, ListingInput, Membership, Site
from tests.employers_factories import UserFactory
from tests.journeys.browsing import expect, follow, no_sideways_scroll, picture, says
from tests.journeys.conftest import text_of
from tests.journeys.test_walking_portal import tick

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RECRUITER = "recruiter@elmgrove.example"
AD = """Care Coordinator - Family Medicine (Albany, NY)

Elmgrove Family Health is looking for a full-time Care Coordinator to join our team in Albany, NY 12207.

What you'll do:
• Call patients after a hospital stay and set up follow-up visits within 7 days
• Close referral loops with specialists

What you need:
• High school diploma or GED required
• 1 year of experience in a medical office
• No license needed

The details:
• Monday to Friday, 40 hours per week
• On site, no home visits
"""


def a_recruiter_of_a_trusted_employer():
    owner, recruiter = UserFactory(email="owner@elmgrove.example"), UserFactory(email=RECRUITER, name="Robin Reyes")
    employer = organizations.register(
        name="Elmgrove Family Health",
        user=owner,
        site={"city": "Albany", "state": "NY", "zip": "12207", "county": "Albany", "lat": 42.6584, "lng": -73.7474},
    )
    organizations.approve(employer=employer, by=None, evidence="Called back.", now=timezone.now())
    Employer.objects.update(trusted_at=timezone.now())
    recruiter.emailaddress_set.create(email=RECRUITER, verified=True, primary=True)
    Membership.objects.create(employer=employer, user=recruiter, access="recruiter")
    assert Site.objects.count() == 1
    return recruiter


def sign_in(page, post_office):
    page.goto("/accounts/login/")
    page.get_by_label("Email").first.fill(RECRUITER)
    follow(page.get_by_role("button", name="Email me a sign-in code"))
    code = re.search(r"\b[0-9A-Z]{3,4}-?[0-9A-Z]{3,4}\b", text_of(post_office.newest(RECRUITER))).group()
    page.get_by_label("Code").fill(code)
    follow(page.get_by_role("button", name="Continue"))


def go_on(page, name):
    no_sideways_scroll(page)
    picture(page, f"write-{name}-360")
    follow(page.get_by_role("button", name="Save and go on"))


def test_a_pasted_ad_becomes_an_opening_that_is_kept_true(portal, phone, post_office):
    a_recruiter_of_a_trusted_employer()
    sign_in(phone, post_office)

    # She pastes the ad that her clinic has on its website.
    follow(phone.get_by_role("link", name="Elmgrove Family Health").first)
    follow(phone.get_by_role("link", name="Write an opening").first)
    no_sideways_scroll(phone)
    picture(phone, "write-start-360")
    follow(phone.get_by_role("link", name="Paste my ad"))
    phone.get_by_label("The text of your ad").fill(AD)
    no_sideways_scroll(phone)
    picture(phone, "write-paste-360")
    follow(phone.get_by_role("button", name="Read my ad"))

    # The form is filled, and each answer shows the words it came from.
    says(phone, "Look at each: the phrase it came from stands with it.")
    expect(phone.get_by_label("Job title")).to_have_value("care-coordinator")
    expect(phone.locator("#id_title-hint")).to_contain_text("From your ad")
    if phone.locator("#id_care_settings_0").count() and not phone.locator("[name=care_settings]:checked").count():
        tick(phone, re.compile("Primary care", re.I))
    go_on(phone, "work")
    expect(phone.get_by_label("Albany, NY 12207")).to_be_checked()
    expect(phone.locator("select[name=mode]")).to_have_value("on-site")
    go_on(phone, "place")

    # New York asks for the pay range that the ad does not give: the rule stands at the field, with its source.
    expect(phone.locator("select[name=employment]")).to_have_value("full-time")
    expect(phone.get_by_label("Hours a week")).to_have_value("40")
    go_on(phone, "pay")
    says(phone, "New York requires a pay range")
    expect(phone.locator(".field-rule a").first).to_have_attribute("href", re.compile("^https://"))
    picture(phone, "write-pay-errors-360")
    phone.get_by_label("Lowest pay, in dollars").fill("22")
    phone.get_by_label("Highest pay, in dollars").fill("26.50")
    phone.locator("select[name=pay_period]").select_option("hour")
    go_on(phone, "pay-right")
    expect(phone.locator("select[name=education]")).to_have_value("high-school")
    expect(phone.get_by_label("Experience, in months")).to_have_value("12")
    go_on(phone, "asks")
    go_on(phone, "words")
    go_on(phone, "apply")

    # The last step says what seekers still miss, and shows the page as it will be.
    says(phone, "What seekers look for")
    expect(phone.locator("#h-quality")).to_be_visible()
    no_sideways_scroll(phone)
    picture(phone, "write-check-360")
    follow(phone.get_by_role("link", name="See the page as everyone will see it"))
    says(phone, "$22 to $26.50 an hour")
    assert not Listing.objects.exists()
    phone.go_back()
    follow(phone.get_by_role("button", name="Save and publish"))
    listing = Listing.objects.get()
    assert (listing.status, listing.pay_max_usd, ListingInput.objects.count()) == ("published", 26.5, 0)

    # Sixty days later a mail asks whether it is still open. Looking changes nothing, one press keeps it.
    before, later = listing.confirmed_at, (timezone.now() + timedelta(days=61)).replace(hour=17)
    clock.tick(later)
    with time_machine.travel(later, tick=True):
        letter = text_of(post_office.newest(RECRUITER))
        phone.goto(re.search(r"http\S+/hiring/keep/\S+", letter).group())
        no_sideways_scroll(phone)
        listing.refresh_from_db()
        assert listing.confirmed_at == before
        follow(phone.get_by_role("button", name=re.compile("Still open")))
        says(phone, "It stays open")
        listing.refresh_from_db()
        assert listing.confirmed_at > before

        # When it is filled, she signs in again, closes it and says how it ended.
        sign_in(phone, post_office)
        phone.goto("/hiring/elmgrove-family-health/")
        phone.goto(phone.locator(f"a[href='/hiring/openings/{listing.pk}/close/']").first.get_attribute("href"))
        tick(phone, "Filled by somebody who found it here")
        follow(phone.get_by_role("button", name="Close it"))
        listing.refresh_from_db()
        assert (listing.status, listing.outcome) == ("closed", "hired-here")
