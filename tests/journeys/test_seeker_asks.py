"""A seeker's search, at 360 px without script: saved before an account, asked, answered, noted, taken along, erased."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts import datacopy
from accounts.models import DataExport, Inquiry, InquiryMessage, SavedListing, TrackedApplication
from employers.models import Membership
from tests.conftest import PHONE
from tests.employers_factories import EmployerFactory, ListingFactory, UserFactory
from tests.journeys.browsing import expect, follow
from tests.journeys.conftest import text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEKER, RECRUITER = "jo.marker@example.org", "recruiter@harborview.example"
QUESTION = "I come from home care. Do you train people like me?"
ANSWER = "Yes, we do. You go along with a colleague for six weeks."


def no_sideways_scroll(page):
    """The page is no wider than the phone."""
    assert page.locator("body").bounding_box()["width"] <= 360
    assert page.locator("main").bounding_box()["width"] <= 360


def two_openings():
    """A verified employer with two openings, and a recruiter who signs in by mailed code."""
    employer = EmployerFactory(name="Harborview Care Network", slug="harborview")
    recruiter = UserFactory(email=RECRUITER)
    recruiter.emailaddress_set.create(email=RECRUITER, verified=True, primary=True)
    Membership.objects.create(employer=employer, user=recruiter, access="recruiter")
    since = timezone.now() - timedelta(days=1)
    return [
        ListingFactory(employer=employer, published=True, published_at=since, headline=headline)
        for headline in ("Care Coordinator, South End", "RN Case Manager, Troy")
    ]


def code_of(letter):
    """The code in a mail about signing in."""
    return re.search(r"\b[0-9A-Z]{3,4}-[0-9A-Z]{3,4}\b|\b[0-9A-Z]{6,8}\b", text_of(letter)).group()


def type_code(page, post_office, address):
    """Type the code of the newest mail to an address."""
    page.get_by_label("Code").fill(code_of(post_office.newest(address)))
    follow(page.get_by_role("button", name="Continue"))


def test_a_seeker_saves_asks_is_answered_notes_takes_all_along_and_erases_everything(
    portal, phone, post_office, browser, live_server, settings, tmp_path
):
    settings.RESUMES_DIR, settings.EXPORTS_DIR = tmp_path / "resumes", tmp_path / "exports"
    openings = two_openings()

    # Before there is an account: two openings are saved, on this phone alone.
    for listing in openings:
        phone.goto(listing.get_absolute_url())
        follow(phone.get_by_role("button", name="Save this opening"))
    assert not SavedListing.objects.exists()

    # A question needs no resume and no name. Sending it asks for an account; what was typed is kept.
    phone.goto(openings[0].get_absolute_url())
    follow(phone.get_by_role("link", name="Ask a question"))
    no_sideways_scroll(phone)
    phone.get_by_label("Your question").fill(QUESTION)
    follow(phone.get_by_role("button", name="Go on to sign in"))
    follow(phone.get_by_role("link", name="Create an account").first)
    phone.get_by_label("Email").first.fill(SEEKER)
    follow(phone.get_by_role("button", name="Create my account"))
    type_code(phone, post_office, SEEKER)
    expect(phone.locator("main")).to_contain_text("What you wrote is still here")
    expect(phone.get_by_label("Your question")).to_have_value(QUESTION)
    assert not Inquiry.objects.exists()
    follow(phone.get_by_role("button", name="Send the question"))
    expect(phone.locator("main")).to_contain_text("Waiting for an answer")
    no_sideways_scroll(phone)

    # What was saved before is still there, once.
    phone.goto("/saved/")
    for listing in openings:
        expect(phone.locator("main")).to_contain_text(listing.headline)
    assert SavedListing.objects.count() == 2

    # The employer hears that there is a question; neither mail nor page names her.
    (notice,) = post_office.letters(RECRUITER)
    assert "Care Coordinator, South End" in notice["Subject"]
    desk = browser.new_context(**PHONE, base_url=live_server.url).new_page()
    desk.goto("/accounts/login/")
    desk.get_by_label("Email").first.fill(RECRUITER)
    follow(desk.get_by_role("button", name="Email me a sign-in code"))
    type_code(desk, post_office, RECRUITER)
    desk.goto(re.search(r"http\S+/inbox/\d+/", text_of(notice)).group())
    expect(desk.locator("main")).to_contain_text(QUESTION)
    no_sideways_scroll(desk)
    assert "marker" not in desk.content().lower()
    desk.get_by_label("Your answer").fill(ANSWER)
    follow(desk.get_by_role("button", name="Send the answer"))
    expect(desk.locator("main")).to_contain_text("Answered")

    # The mail says that there is an answer: no words of it, and no address of the other side.
    letter = post_office.newest(SEEKER)
    whole = letter.as_string() + text_of(letter)
    assert "Harborview Care Network answered" in letter["Subject"]
    assert RECRUITER not in whole
    assert "six weeks" not in whole
    phone.goto(re.search(r"http\S+/me/inquiries/\d+/", text_of(letter)).group())
    expect(phone.locator("main")).to_contain_text(ANSWER)
    no_sideways_scroll(phone)

    # She notes an interview.
    phone.goto(f"/me/applications/from/{openings[0].pk}/")
    follow(phone.locator("main").get_by_role("button").first)
    follow(phone.get_by_role("button", name="Interview"))
    assert TrackedApplication.objects.get().state == "interview"
    no_sideways_scroll(phone)

    # She takes everything along, in one file.
    phone.goto("/me/data/")
    follow(phone.get_by_role("button", name="Make a copy"))
    follow(phone.get_by_role("button", name="Email me a code"))  # who signed up a while ago confirms once more
    type_code(phone, post_office, SEEKER)
    if not DataExport.objects.exists():
        phone.goto("/me/data/")
        follow(phone.get_by_role("button", name="Make a copy"))
    datacopy.build(export_id=DataExport.objects.get().pk, now=timezone.now())
    phone.goto("/me/data/")
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Download my data").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as copy:
        data = json.dumps(json.loads(copy.read("data.json")))
    assert QUESTION in data
    assert ANSWER in data
    assert all(listing.headline in data for listing in openings)

    # And erases everything in two clicks.
    phone.goto("/me/")
    follow(phone.get_by_role("link", name="Delete my account").first)
    no_sideways_scroll(phone)
    follow(phone.get_by_role("button", name="Delete my account"))
    expect(phone.locator("main")).to_contain_text("deleted")
    assert not get_user_model().objects.filter(email=SEEKER).exists()
    assert not SavedListing.objects.exists()
    assert not TrackedApplication.objects.exists()
    assert set(InquiryMessage.objects.filter(from_seeker=True).values_list("text", flat=True)) == {""}
    desk.goto(f"/hiring/harborview/inbox/{Inquiry.objects.get().pk}/")
    expect(desk.locator("main")).to_contain_text("The seeker has left")
    desk.context.close()
