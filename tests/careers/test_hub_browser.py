"""The wheel in a browser: by touch without script, by key with it."""

import pytest

from careers import content_files, loading
from tests.clock import NOW

pytestmark = pytest.mark.browser


@pytest.fixture
def _content(live_server):
    loading.load(content_files.records(), now=NOW)


@pytest.mark.usefixtures("_content")
def test_pressing_a_spoke_without_script_shows_what_flows_there_and_nothing_else(phone):
    phone.goto("/careers/#wheel")
    panels = phone.locator(".hub-panel")
    assert [panels.nth(at).is_visible() for at in range(13)] == [True] + [False] * 12

    phone.get_by_role("link", name="Nurses", exact=True).first.click()

    assert phone.get_by_role("heading", name="Nurses").is_visible()
    assert phone.get_by_text("What they see: wounds, weight, medicines, mood.").first.is_visible()
    assert sum(panels.nth(at).is_visible() for at in range(13)) == 1
    phone.get_by_role("link", name="Specialists", exact=True).last.click()
    assert phone.locator("#spoke-specialists").is_visible()


@pytest.mark.usefixtures("_content")
def test_arrow_keys_walk_around_the_wheel_and_the_panel_follows_the_focus(desktop):
    desktop.goto("/careers/")
    desktop.locator(".hub__spoke").first.focus()

    def focused():
        return desktop.evaluate("document.activeElement.getAttribute('aria-label')")

    desktop.keyboard.press("ArrowRight")
    assert focused() == "Doctors"
    desktop.locator("#spoke-primary-care").wait_for(state="visible")
    desktop.keyboard.press("ArrowLeft")
    desktop.keyboard.press("ArrowLeft")
    assert focused() == "Health plans"
    desktop.keyboard.press("Home")
    assert focused() == "The person and family"
    desktop.keyboard.press("End")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/careers/#spoke-payer")
    assert desktop.locator(".hub__spoke[aria-current=true]").get_attribute("aria-label") == "Health plans"
