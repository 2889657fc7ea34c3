"""A medical assistant learns the work in ten minutes on a phone and leaves with openings and an alert; without script."""

import re

import pytest
from django.utils import timezone

from accounts import samples
from accounts.models import JobAlert
from careerportal.places.models import ZipCode
from careers.vocabulary import EDUCATION_RANKS
from employers.models import Listing
from tests.journeys.browsing import expect, follow, no_sideways_scroll, picture, says, tab_to
from tests.journeys.conftest import text_of
from tests.journeys.test_walking_portal import tick
from tests.samples_lists import zip_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEKER = "ma@example.org"
NO_DEGREE = EDUCATION_RANKS["high-school"]
SCORED = 12


@pytest.fixture
def openings(portal):
    """The sample employers and their openings."""
    ZipCode.objects.bulk_create([ZipCode(**row) for row in zip_rows()], ignore_conflicts=True)
    samples.load(now=timezone.now())


def here(page, name):
    """The step is sound on a phone; its picture is kept where one is asked for."""
    no_sideways_scroll(page)
    picture(page, f"learning-{name}")


def is_headed(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def ids_of_results(page):
    links = page.locator(".opening__title a")
    links.first.wait_for()
    return [int(re.search(r"/openings/(\d+)/", link.get_attribute("href")).group(1)) for link in links.all()]


def test_a_medical_assistant_learns_the_work_and_leaves_with_openings_and_an_alert(openings, phone, post_office):
    # From the home page to what the work is.
    phone.goto("/")
    follow(phone.get_by_role("link", name="See what the work is"))
    is_headed(phone, "Care Coordinators & Managers")
    here(phone, "overview")

    # Does it fit? Twelve answers, and a result with reasons.
    follow(phone.get_by_role("link", name="Answer twelve questions and see"))
    for number in range(SCORED):
        phone.locator("form.fit-form fieldset").nth(number).locator("label").first.click()
    follow(phone.get_by_role("button", name="See my result"))
    expect(phone.locator("#result")).to_contain_text(re.compile(r"Your fit score is \d+ of 100"), use_inner_text=True)
    expect(phone.locator("#result summary", has_text="Which answers say so")).to_have_count(4)
    assert phone.context.cookies() == []
    here(phone, "fit")

    # Which titles mean what? A title from an ad, in the list and in the decoder.
    phone.goto("/careers/titles/")
    phone.get_by_label("Title or letters, such as RNCM").fill("Patient Care Coordinator")
    follow(phone.get_by_role("button", name="Show titles"))
    expect(phone.locator(".titles").first).to_contain_text("Patient Care Coordinator", use_inner_text=True)
    here(phone, "titles")
    follow(phone.get_by_role("link", name=re.compile("Paste it into the title decoder")))
    phone.get_by_label("A job title, or a whole ad").fill("Patient Care Coordinator")
    follow(phone.get_by_role("button", name="Decode it"))
    expect(phone.locator("[data-verdict]")).to_have_attribute("data-verdict", "coordination")
    here(phone, "decoder")

    # What is open now?
    follow(phone.get_by_role("link", name="See openings like it"))
    expect(phone.locator("[data-count]")).to_have_attribute("data-count", re.compile("^[1-9]"))
    here(phone, "open-now")

    # What comes next? She says what she has.
    phone.go_back()
    follow(phone.get_by_role("link", name="Find my way in").first)
    tick(phone, "Medical assistant")
    phone.get_by_label("Your highest schooling").select_option("high-school")
    phone.get_by_label("ZIP code").fill("12207")
    follow(phone.get_by_role("button", name="Show what is open to me"))
    expect(phone.locator("#open")).to_contain_text("Care coordinator", use_inner_text=True)
    expect(phone.locator("#next")).to_contain_text("Licensed practical nurse license", use_inner_text=True)
    expect(phone.locator("#training")).to_contain_text("Free", use_inner_text=True)
    here(phone, "route")

    # Openings near her, none of which asks for a degree or for a license that she has not.
    follow(phone.get_by_role("link", name="See these openings"))
    says(phone, "within 25 miles of 12207")
    found = Listing.objects.filter(pk__in=ids_of_results(phone)).select_related("search")
    assert found
    expect(phone.locator("[data-count]")).to_have_attribute("data-count", str(len(found)))
    assert all(one.search.education_rank <= NO_DEGREE for one in found)
    assert all("none" in one.search.licences for one in found)
    here(phone, "openings")

    # And an alert for the same, confirmed from the mail.
    follow(phone.get_by_role("link", name="Email me new openings").first)
    phone.get_by_label("Your email address").fill(SEEKER)
    follow(phone.get_by_role("button", name="Email me new openings"))
    is_headed(phone, "Check your email")
    (letter,) = post_office.letters(SEEKER)
    assert "High school diploma or equivalent" in text_of(letter)
    phone.goto(re.search(r"http\S+/alerts/confirm/\S+", text_of(letter)).group())
    here(phone, "confirm")
    follow(phone.get_by_role("button", name="Yes, email me new openings"))
    expect(phone.locator("[data-alert-state]")).to_have_attribute("data-alert-state", "active")
    assert JobAlert.objects.get().criteria.education_rank == NO_DEGREE


def test_the_fit_questions_and_the_route_finder_are_answered_by_keyboard_alone(openings, phone):
    phone.goto("/careers/fit/")
    for number in range(1, SCORED + 1):
        question = phone.locator("form.fit-form fieldset").nth(number - 1)
        tab_to(phone, question.get_by_role("radio").first)
        phone.keyboard.press("Space")
    tab_to(phone, phone.get_by_role("button", name="See my result"))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/careers/fit/?*")
    expect(phone).to_have_url(re.compile(rf"/careers/fit/\?q\d+=\w+(&q\d+=\w+){{{SCORED - 1}}}$"))
    expect(phone.locator("#result")).to_be_visible()

    tab_to(phone, phone.get_by_role("link", name="Find my way in").first)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/careers/route/")
    tab_to(phone, phone.get_by_role("checkbox", name="Medical assistant"))
    phone.keyboard.press("Space")
    tab_to(phone, phone.get_by_label("Your highest schooling"))
    phone.keyboard.type("High")
    tab_to(phone, phone.get_by_label("ZIP code"))
    phone.keyboard.type("12207")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/careers/route/?*")
    tab_to(phone, phone.get_by_role("link", name="See these openings"))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/openings/?*")
    expect(phone).to_have_url(re.compile("education=high-school"))
    assert ids_of_results(phone)
