"""The only recruiter of an agency claims its entry and is live the same day, at 360 px without script."""

import re
from datetime import date

import pytest

from accounts.staff import MODERATORS, write_groups
from employers.models import Case, Employer, Listing, RegisterEntry, RegisterKind, Site
from tests.conftest import PHONE
from tests.employers_factories import UserFactory
from tests.journeys.browsing import expect, follow, says
from tests.journeys.conftest import text_of
from tests.journeys.test_walking_portal import no_sideways_scroll, tick
from tests.staff_session import sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RECRUITER = "hhrecruiting@gmail.com"  # a shared mailbox, and nobody who could touch the website


def an_agency_that_only_a_register_knows():
    agency = Employer.objects.create(
        name="Hudson Health Home", slug="hudson-health-home", listed_from="register", employs="yes"
    )
    point = {"county": "Albany", "lat": 42.6584, "lng": -73.7474}
    site = Site.objects.create(
        employer=agency, address1="9 New Street", city="Albany", state="NY", zip="12207", **point
    )
    kind = RegisterKind.objects.create(source="omh", name="Health Home Care Management", employs="yes")
    RegisterEntry.objects.create(
        source="omh", source_id="1", employer=agency, site=site, kind=kind, register_date=date(2026, 5, 1),
        name=agency.name, state="NY", zip="12207", phone="(518) 262-3474", operator_key="1", checksum="1",
    )  # fmt: skip
    return agency


def sign_in(page, post_office):
    """Sign in by mailed code on the sign-in page that is open."""
    user = UserFactory(email=RECRUITER, name="Dana Diaz")
    user.emailaddress_set.create(email=RECRUITER, verified=True, primary=True)
    page.get_by_label("Email").first.fill(RECRUITER)
    follow(page.get_by_role("button", name="Email me a sign-in code"))
    letter = text_of(post_office.newest(RECRUITER))
    page.get_by_label("Code").fill(re.search(r"\b[0-9A-Z]{3,4}-?[0-9A-Z]{3,4}\b", letter).group())
    follow(page.get_by_role("button", name="Continue"))


def write_an_opening(page):
    follow(page.get_by_role("link", name="Start with an empty form"))
    page.get_by_label("Headline").fill("Care Manager, Health Home")
    page.get_by_label("Job title").select_option(label="Care Coordinator")
    tick(page, re.compile("Community health center", re.I))
    no_sideways_scroll(page)
    go_on(page)
    go_on(page)  # the only site is chosen already
    page.locator("select[name=employment]").select_option("full-time")
    page.get_by_label("Lowest pay, in dollars").fill("24")
    page.get_by_label("Highest pay, in dollars").fill("28")
    page.locator("select[name=pay_period]").select_option("hour")
    go_on(page)
    go_on(page)
    page.get_by_label("About the work").fill("You help people keep their visits.\n\nYou call, write and follow up.")
    go_on(page)
    go_on(page)
    no_sideways_scroll(page)
    follow(page.get_by_role("button", name="Save as a draft"))


def go_on(page):
    follow(page.get_by_role("button", name="Save and go on"))


@pytest.fixture
def moderator(browser, live_server, client):
    """A moderator's page, past the second step."""
    user = UserFactory(is_staff=True)
    user.groups.add(write_groups()[MODERATORS])
    sign_in_staff(client, user)
    context = browser.new_context(base_url=live_server.url, **PHONE)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_a_recruiter_without_it_claims_prepares_is_called_back_and_is_live_the_same_day(
    portal, phone, moderator, post_office
):
    agency = an_agency_that_only_a_register_knows()

    # She reads that it is free and how long it takes, and finds the agency by its ZIP code.
    phone.goto("/employers/register/")
    says(phone, "It is free")
    says(phone, "usually within 2 working days")
    no_sideways_scroll(phone)
    phone.get_by_label("ZIP code or town").fill("12207")
    follow(phone.get_by_role("button", name="Find my organization"))
    follow(phone.get_by_role("link", name=re.compile("This is us: claim it")))
    no_sideways_scroll(phone)

    # She learns what counts as proof before she has an account, and comes back here after signing in.
    says(phone, "A call back")
    follow(phone.locator("main").get_by_role("link", name="Sign in"))
    sign_in(phone, post_office)
    expect(phone).to_have_url(re.compile("/employers/claim/hudson-health-home/$"))
    phone.get_by_label("What do you do there?").fill("I am the only recruiter. Ask for Dana.")
    tick(phone, "I may act for this organization.")
    follow(phone.get_by_role("button", name="Claim it"))

    # She asks for a call back on the register's number ...
    expect(phone).to_have_url(re.compile("/hiring/hudson-health-home/verification/$"))
    no_sideways_scroll(phone)
    tick(phone, "Ends in 74")
    phone.get_by_label("Best time, and whom to ask for").fill("Today until 4, ask for Dana")
    follow(phone.get_by_role("button", name="Please call us"))
    says(phone, "Today until 4, ask for Dana")

    # ... and writes her first opening meanwhile.
    follow(phone.get_by_role("link", name="Write an opening"))
    expect(phone).to_have_url(re.compile("/hiring/hudson-health-home/openings/new/"))
    write_an_opening(phone)
    assert Listing.objects.get().status == "draft"
    expect(phone.get_by_role("button", name="Publish").first).to_be_disabled()
    phone.goto("/openings/")
    expect(phone.locator("[data-count]")).to_have_attribute("data-count", "0")

    # A moderator finds her in the queue, calls the register's number, writes down what was said, and decides.
    moderator.goto("/moderation/")
    says(moderator, "Hudson Health Home")
    moderator.goto(f"/moderation/{Case.objects.get(kind='organization').pk}/")
    says(moderator, "Today until 4, ask for Dana")
    no_sideways_scroll(moderator)
    moderator.locator("summary", has_text="Call-back sheet").click()
    expect(moderator.get_by_label("Number called")).to_contain_text("(518) 262-3474")
    tick(moderator, "Reached: they know the person and the request")
    moderator.get_by_label("Whom did you speak to, and what did they say?").fill("Front desk: Dana hires for us.")
    follow(moderator.get_by_role("button", name="Write down the call"))
    follow(moderator.get_by_role("button", name="Verify the organization"))
    agency.refresh_from_db()
    assert agency.approval_evidence == "a call back on the register's phone"
    assert "Hudson Health Home is approved" in post_office.newest(RECRUITER)["Subject"]

    # She publishes; the first opening gets its one look, and is live the same day.
    phone.goto("/hiring/hudson-health-home/")
    follow(phone.get_by_role("button", name="Publish").first)
    assert Listing.objects.get().status == "in_review"
    moderator.goto(f"/moderation/{Case.objects.get(kind='opening').pk}/")
    follow(moderator.get_by_role("button", name="Accept", exact=True))
    phone.goto("/openings/")
    expect(phone.locator("[data-count]")).to_have_attribute("data-count", "1")
    assert Listing.objects.get().published_at.date() == agency.approved_at.date()
