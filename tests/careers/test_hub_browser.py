"""The wheel in a browser: by touch without script, by key with it."""

import pytest

from careers import content_files, loading
from tests.clock import NOW
from tests.journeys.browsing import expect, follow

pytestmark = pytest.mark.browser


@pytest.fixture
def _content(live_server):
    loading.load(content_files.records(), now=NOW)


@pytest.mark.usefixtures("_content")
def test_pressing_a_spoke_without_script_shows_what_flows_there_and_nothing_else(phone):
    phone.goto("/careers/#wheel")
    panels = phone.locator(".hub-panel")
    expect(panels).to_have_count(13)
    expect(panels.filter(visible=True)).to_have_count(1)
    expect(panels.first).to_be_visible()

    follow(phone.get_by_role("link", name="Nurses", exact=True).first)

    expect(phone.get_by_role("heading", name="Nurses")).to_be_visible()
    expect(phone.get_by_text("What they see: wounds, weight, medicines, mood.").first).to_be_visible()
    expect(panels.filter(visible=True)).to_have_count(1)
    follow(phone.get_by_role("link", name="Specialists", exact=True).last)
    expect(phone.locator("#spoke-specialists")).to_be_visible()


@pytest.mark.usefixtures("_content")
def test_arrow_keys_walk_around_the_wheel_and_the_panel_follows_the_focus(desktop):
    desktop.goto("/careers/")
    desktop.locator(".hub__spoke").first.focus()

    def focus_is_on(label):
        expect(desktop.locator(":focus")).to_have_attribute("aria-label", label)

    desktop.keyboard.press("ArrowRight")
    focus_is_on("Doctors")
    desktop.locator("#spoke-primary-care").wait_for(state="visible")
    desktop.keyboard.press("ArrowLeft")
    desktop.keyboard.press("ArrowLeft")
    focus_is_on("Health plans")
    desktop.keyboard.press("Home")
    focus_is_on("The person and family")
    desktop.keyboard.press("End")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/careers/#spoke-payer")
    expect(desktop.locator(".hub__spoke[aria-current=true]")).to_have_attribute("aria-label", "Health plans")
