"""From a role page to an alert in an inbox, at 360 px without script: the story everything else stands on."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import JobAlert
from careerportal.outbox.models import Item
from employers import organizations
from employers.models import Employer, Listing, Membership, Site
from tests.employers_factories import UserFactory
from tests.journeys.browsing import expect, follow
from tests.journeys.conftest import text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEKER, RECRUITER = "seeker@example.org", "recruiter@harborview.example"


def no_sideways_scroll(page):
    """The page is no wider than the phone. Script is off, so the layout is asked through the accessible document box."""
    assert page.locator("body").bounding_box()["width"] <= 360
    assert page.locator("main").bounding_box()["width"] <= 360


def tick(page, words):
    """Tick a box by its words, as a finger does: the box itself is drawn by the style sheet."""
    page.locator("label", has_text=words).first.click()


def a_hiring_employer():
    """A verified employer in Albany and a recruiter who signs in by mailed code."""
    owner = UserFactory(email="owner@harborview.example")
    employer = organizations.register(
        name="Harborview Care Network",
        user=owner,
        site={"city": "Albany", "state": "NY", "zip": "12207", "county": "Albany", "lat": 42.6584, "lng": -73.7474},
    )
    organizations.approve(
        employer=employer, by=None, evidence="Called back on the register's number.", now=timezone.now()
    )
    Employer.objects.update(trusted_at=timezone.now())  # its first opening was accepted long ago
    recruiter = UserFactory(email=RECRUITER)
    recruiter.emailaddress_set.create(email=RECRUITER, verified=True, primary=True)
    Membership.objects.create(employer=employer, user=recruiter, access="recruiter")
    assert Employer.objects.count() == Site.objects.count() == 1


def test_a_medical_assistant_reads_searches_asks_confirms_and_hears_of_the_opening_once(portal, phone, post_office):
    a_hiring_employer()

    # She reads what a care coordinator is ...
    phone.goto("/careers/")
    follow(phone.get_by_role("link", name=re.compile("care coordinator", re.I)).first)
    expect(phone).to_have_url(re.compile("/careers/roles/care-coordinator/"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Care coordinator")
    no_sideways_scroll(phone)

    # ... looks for openings near her, and there are none yet.
    phone.goto("/openings/")
    phone.get_by_label("ZIP code, town or state").fill("12207")
    follow(phone.get_by_role("button", name="Search"))
    expect(phone.locator("[data-count]")).to_have_attribute("data-count", "0")
    no_sideways_scroll(phone)

    # She asks for new ones by mail.
    follow(phone.get_by_role("link", name="Email me new openings"))
    expect(phone.get_by_label("ZIP code, town or state")).to_have_value(re.compile("^12207"))
    tick(phone, "Care coordination")
    phone.get_by_label("Your email address").fill(SEEKER)
    follow(phone.get_by_role("button", name="Email me new openings"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Check your email")
    no_sideways_scroll(phone)

    # The mail names what she asked for; its link shows a button, and the button confirms.
    (confirm,) = post_office.letters(SEEKER)
    assert "25 miles of 12207" in text_of(confirm)
    phone.goto(re.search(r"http\S+/alerts/confirm/\S+", text_of(confirm)).group())
    follow(phone.get_by_role("button", name="Yes, email me new openings"))
    expect(phone.locator("[data-alert-state]")).to_have_attribute("data-alert-state", "active")
    no_sideways_scroll(phone)

    # A recruiter signs in with a mailed code, writes a fitting opening and publishes it.
    phone.goto("/accounts/login/")
    phone.get_by_label("Email").first.fill(RECRUITER)
    follow(phone.get_by_role("button", name="Email me a sign-in code"))
    code = re.search(r"\b[0-9A-Z]{3,4}-?[0-9A-Z]{3,4}\b", text_of(post_office.newest(RECRUITER))).group()
    phone.get_by_label("Code").fill(code)
    follow(phone.get_by_role("button", name="Continue"))
    expect(phone).to_have_url(re.compile("/hiring/"))
    follow(phone.get_by_role("link", name="Harborview Care Network").first)
    follow(phone.get_by_role("link", name=re.compile("(Write|Add) an opening", re.I)).first)
    follow(phone.get_by_role("link", name="Start with an empty form"))
    phone.get_by_label("Headline").fill("Care Coordinator, South End clinic")
    phone.get_by_label("Job title").select_option(label="Care Coordinator")
    tick(phone, re.compile("Community health center", re.I))
    no_sideways_scroll(phone)
    go_on = phone.get_by_role("button", name="Save and go on")
    follow(go_on)
    expect(phone.get_by_label("Albany, NY 12207")).to_be_checked()  # the only site needs no tick
    follow(go_on)
    phone.locator("select[name=employment]").select_option("full-time")
    phone.get_by_label("Lowest pay, in dollars").fill("24")
    phone.get_by_label("Highest pay, in dollars").fill("28")
    phone.locator("select[name=pay_period]").select_option("hour")
    follow(go_on)
    follow(go_on)
    phone.get_by_label("About the work").fill("You help people keep their visits.\n\nYou call, write and follow up.")
    follow(go_on)
    follow(go_on)
    no_sideways_scroll(phone)
    follow(phone.get_by_role("button", name="Save as a draft"))
    assert Listing.objects.get().status == Listing.Status.DRAFT
    follow(phone.get_by_role("button", name="Publish").first)
    listing = Listing.objects.get()
    assert listing.status == Listing.Status.PUBLISHED

    # Her digest arrives once, names the opening and why it came.
    call_command("send_alerts", "--now")
    call_command("send_alerts", "--now")
    confirm, digest = post_office.letters(SEEKER)
    text = text_of(digest)
    assert "Care Coordinator, South End clinic" in text
    assert "$24 to $28 an hour" in text
    assert "25 miles of 12207" in text
    assert f"/openings/{listing.pk}/" in text
    assert Item.objects.count() == 1

    # The opening opens from the mail.
    phone.goto(re.search(r"http\S+/openings/\d+/\S+", text).group())
    expect(phone.get_by_role("heading", level=1)).to_have_text("Care Coordinator, South End clinic")
    no_sideways_scroll(phone)

    # Its unsubscribe link shows a button first, works, and nothing comes any more.
    phone.goto(re.search(r"http\S+/alerts/unsubscribe/\S+", text).group())
    follow(phone.get_by_role("button", name="Yes, unsubscribe me"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Item.objects.all().delete()
    call_command("send_alerts", "--now")
    assert len(post_office.letters(SEEKER)) == 2
    assert JobAlert.objects.count() == 1
