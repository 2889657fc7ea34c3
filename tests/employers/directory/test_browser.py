"""The directory in a browser: the list first, the map beside it as an extra, nothing from elsewhere."""

import pytest
import time_machine

from tests.careers_factories import CareSettingFactory
from tests.clock import NOW
from tests.core.test_browser import AXE, RULES
from tests.employers.directory.entries import CLINIC, DAY_CARE, listed
from tests.employers_factories import ListingFactory
from tests.journeys.browsing import expect, follow

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("small_map")]

ALBANY = "/employers/?zip=12207&miles=25"


@pytest.fixture(autouse=True)
def _from_now_on():
    with time_machine.travel(NOW):
        yield


@pytest.fixture(autouse=True)
def employers():
    """Twenty-three employers around Albany, one hiring."""
    CareSettingFactory()
    for number in range(22):
        listed(
            slug=f"e{number}", name=f"Employer {number}", places=[{"lat": 42.6 + number / 200, "lng": -73.8}],
            **(CLINIC if number % 2 else DAY_CARE),
        )  # fmt: skip
    hiring = listed(slug="hiring", name="Hiring Hospital", places=[{"lat": 42.7, "lng": -73.6}], approved_at=NOW)
    ListingFactory(published=True, employer=hiring, sites=[hiring.sites.get()])


def watched(page):
    """Requests and complaints of a page from now on."""
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return asked, complaints


ADDRESSES = {
    "list": ALBANY,
    "nothing known": "/employers/?zip=00000&miles=x&setting=moon&source=x&hiring=maybe&sort=luck&q=%00",
    "filters": "/employers/?place=NY&setting=hospital&source=nysdoh&hiring=1",
    "employer": "/employers/e1/?zip=12207",
    "correction": "/employers/e1/correct/",
    "invitation": "/employers/e1/invite/",
}


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing_and_nothing_sticks_out(desktop, name, width):
    _asked, complaints = watched(desktop)
    desktop.set_viewport_size({"width": width, "height": 800})
    desktop.goto(ADDRESSES[name])
    if name == "list":
        desktop.locator("#map").scroll_into_view_if_needed()
        desktop.locator("[data-drawn]").wait_for()

    desktop.evaluate(AXE.read_text())
    found = desktop.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    assert desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_the_map_draws_after_the_list_from_our_own_host_without_a_complaint(desktop, live_server):
    asked, complaints = watched(desktop)

    desktop.goto(ALBANY)
    desktop.locator("[data-drawn]").wait_for()
    desktop.locator(".map__county").first.wait_for(state="attached")

    names = [url.removeprefix(live_server.url) for url in asked]
    assert all(name.startswith("/") for name in names)
    assert "/static/map/counties/ny.json" in names
    assert names.index("/static/js/map.js") > names.index("/static/js/directory.js")
    expect(desktop.locator("[data-drawn]")).to_have_attribute("data-drawn", "23")
    expect(desktop.locator("#h-results")).to_have_attribute("data-count", "23")
    expect(desktop.locator(".map__dot").nth(1)).to_be_attached()
    expect(desktop.locator(".map__dot--hiring").first).to_be_attached()
    expect(desktop.locator(".leaflet-control-attribution")).to_contain_text("US Census Bureau", use_inner_text=True)
    assert desktop.evaluate(
        "!!(document.querySelector('.employers').compareDocumentPosition(document.querySelector('#map')) & 4)"
    )
    assert complaints == []


def test_a_dot_leads_closer_and_in_the_end_to_an_employer(desktop):
    desktop.goto(ALBANY + "&hiring=1")
    desktop.locator("[data-drawn]").wait_for()

    desktop.locator(".map__dot").click()
    follow(desktop.get_by_role("link", name="Hiring Hospital").last)

    desktop.wait_for_url("**/employers/hiring/")


def test_on_a_narrow_screen_nothing_of_the_map_loads_until_it_is_near(desktop):
    asked, _complaints = watched(desktop)
    desktop.set_viewport_size({"width": 360, "height": 740})
    desktop.goto(ALBANY)
    desktop.wait_for_load_state("networkidle")
    assert not [url for url in asked if "map" in url]

    desktop.get_by_role("link", name="See the map").click()

    desktop.locator("[data-drawn]").wait_for()


def test_when_the_map_cannot_be_had_the_page_says_so_and_stays_whole(desktop):
    desktop.route("**/static/map/states.json", lambda route: route.abort())
    desktop.goto(ALBANY)

    desktop.get_by_text("The map could not be loaded. The list has everything.").wait_for()
    expect(desktop.locator("[data-employer-slug]")).to_have_count(20)
    desktop.wait_for_load_state("networkidle")


def test_without_script_there_is_a_list_and_no_map_and_filters_work(phone):
    phone.goto(ALBANY)

    expect(phone.locator("[data-employer-slug]")).to_have_count(20)
    expect(phone.locator("#map")).not_to_be_visible()
    expect(phone.get_by_role("link", name="See the map")).not_to_be_visible()
    phone.get_by_text("Hiring now", exact=True).click()
    follow(phone.get_by_role("button", name="Find employers"))
    expect(phone.locator("[data-employer-slug]")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_search_works_by_keyboard_alone(desktop):
    desktop.goto("/employers/")

    desktop.get_by_label("ZIP code, town or state").focus()
    desktop.keyboard.type("12207")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**place=12207**")
    desktop.locator("[data-drawn]").wait_for()

    expect(desktop.locator("#h-results")).to_have_attribute("data-count", "23")
