"""The public pages in a browser: no fault found by axe, nothing sticks out, every filter works without script."""

import pytest
import time_machine

from tests.careers_factories import CareSettingFactory, PopulationFactory
from tests.clock import NOW
from tests.core.test_browser import AXE, RULES
from tests.employers_factories import EmployerFactory, ListingFactory, SiteFactory
from tests.journeys.browsing import expect, follow

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("small_map")]


@pytest.fixture(autouse=True)
def _from_now_on():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def openings():
    """An opening that says everything, one that says nothing, and a closed one."""
    employer = EmployerFactory(
        name="Harbor Care", slug="harbor-care", summary="We visit people.", website="https://a.example"
    )
    site = SiteFactory(employer=employer, name="Main house")
    full = ListingFactory(
        published=True, employer=employer, sites=[site], headline="Care guide", schedules=["weekdays"], mode="hybrid",
        visits="some", licences=["rn"], caseload="About 40", languages=["en"], populations=[PopulationFactory()],
        care_settings=[CareSettingFactory()], apply_url="https://jobs.example.org/1", description="# Work\n\n- You call.\n",
    )  # fmt: skip
    bare = ListingFactory(published=True, sites=[], roles=3, pay_min_usd=None, pay_max_usd=None, pay_period="")
    closed = ListingFactory(closed=True, employer=employer, sites=[site], roles=0)
    return {"full": full, "bare": bare, "closed": closed}


ADDRESSES = {
    "home": "/",
    "search": "/openings/?zip=12207&role=cc&setting=hospital&employer=harbor-care&pay_min=20",
    "nothing found": "/openings/?zip=11201&miles=5",
    "bad values": "/openings/?zip=00000&role=boss&pay_min=lots&sort=luck&q=%00&same_work=x&experience=x&miles=x",
    "employers": "/employers/?zip=12207",
    "unknown place": "/employers/?place=Atlantis&miles=x",
    "employer": "/employers/harbor-care/",
    "full": "",
    "bare": "",
    "closed": "",
}


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing_and_nothing_sticks_out(desktop, openings, name, width):
    complaints = []
    desktop.on("console", lambda message: complaints.append(message.text))
    desktop.set_viewport_size({"width": width, "height": 800})
    desktop.goto(ADDRESSES[name] or openings[name].get_absolute_url())

    desktop.evaluate(AXE.read_text())
    found = desktop.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    assert desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_filters_open_as_a_sheet_and_work_without_script(phone, openings):
    phone.goto("/openings/")
    expect(phone.locator("[data-opening-id]")).to_have_count(2)

    follow(phone.get_by_role("link", name="Filters"))
    phone.get_by_label("Hybrid").locator("..").locator("label").click()
    follow(phone.get_by_role("button", name="Show openings"))

    expect(phone.locator("#h-results")).to_have_attribute("data-count", "1")
    expect(phone.get_by_role("link", name="Filters, 1 on")).to_be_visible()
    follow(phone.get_by_role("link", name="Remove filter: Hybrid"))
    expect(phone.locator("#h-results")).to_have_attribute("data-count", "2")


def test_the_search_works_by_keyboard_alone(phone, openings):
    phone.goto("/openings/")

    phone.get_by_label("Title or keyword").focus()
    phone.keyboard.type("guide")
    phone.keyboard.press("Tab")
    phone.keyboard.type("12207")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**place=12207**")

    expect(phone.locator("#h-results")).to_have_text("1 opening within 25 miles of 12207 (Albany, NY)")
    expect(phone.get_by_label("ZIP code, town or state")).to_have_value("12207")
