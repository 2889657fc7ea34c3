"""A seeker's pages in a browser: the resume stays on one sheet; saving and noting an interview work on a phone."""

import pytest

from accounts import profile
from accounts.models import SavedListing, TrackedApplication
from careers.models import Credential
from careers.vocabulary import Language
from tests.accounts.security.conftest import PASSWORD, a_person
from tests.accounts.security.test_in_browser import sign_in
from tests.clock import NOW
from tests.employers_factories import ListingFactory
from tests.journeys import browsing
from tests.journeys.browsing import expect, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Coordinated care for families with many needs, from intake to follow-up, with clinics, schools and county offices. "


def a_full_profile(user):
    """As much as the form takes."""
    licences = [Credential.objects.create(slug=f"licence-{number}", name="Social Worker") for number in range(6)]
    job = {"kind": "work", "what": "Care coordinator", "where": "Elm Clinic, Troy", "years": "2019 to 2022"}
    school = {"kind": "education", "what": "Social work", "where": "A college in Albany", "years": "2014", "text": ""}
    names = {"full_name": "Sam Seeker", "phone": "518-555-0142", "town": "Albany, NY", "summary": (LONG * 9)[:600]}
    profile.write(
        user=user,
        values={**names, "languages": Language.values},
        lists={},
        places=[],
        credentials=[{"credential": one, "standing": "held", "state": "NY", "expires_on": None} for one in licences],
        lines=[*({**job, "text": (LONG * 9)[:400]} for _ in range(4)), *(school for _ in range(3))],
        now=NOW,
    )


def test_a_full_resume_prints_on_one_sheet_without_navigation(live_server, desktop):
    sam = a_person("sam@example.org", password=PASSWORD)
    a_full_profile(sam)
    sign_in(desktop, sam, then="/me/resume/")
    desktop.emulate_media(media="print")

    assert browsing.pages_of(desktop.pdf(format="Letter")) == 1
    expect(desktop.locator(".subnav")).not_to_be_visible()
    expect(desktop.get_by_text("Sam Seeker")).to_be_visible()


def test_what_was_saved_on_a_phone_is_there_after_signing_in_and_an_interview_is_noted(live_server, phone):
    sam, opening = a_person("sam@example.org", password=PASSWORD), ListingFactory(published=True)
    phone.goto(opening.get_absolute_url())
    assert phone.context.cookies() == []
    follow(phone.get_by_role("button", name="Save this opening"))
    phone.get_by_label("Your note").fill("Close to home.")
    follow(phone.get_by_role("button", name="Save the note"))
    sign_in(phone, sam, then="/saved/")

    expect(phone.get_by_text("Close to home.")).to_be_visible()
    assert SavedListing.objects.get(user=sam).listing == opening
    follow(phone.get_by_role("link", name="I applied"))
    follow(phone.get_by_role("button", name="Yes, I applied"))
    follow(phone.get_by_role("link", name="Interview kit"))
    phone.get_by_label("Day of the interview").fill("2026-12-02")
    phone.get_by_label("Your notes").fill("Ask about home visits.")
    follow(phone.get_by_role("button", name="Save"))

    one = TrackedApplication.objects.get(user=sam)
    assert (one.state, one.note) == ("interview", "Ask about home visits.")
