"""Pages of the floor in a browser: no fault found by axe, no sideways scrolling, everything without script."""

from pathlib import Path

import pytest

from tests.journeys.browsing import expect

AXE = Path(__file__).resolve().parents[1] / "vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("address", ["/about/", "/accounts/login/", "/accounts/signup/", "/no/such/page"])
def test_axe_finds_nothing_and_nothing_sticks_out(desktop, address, width):
    desktop.set_viewport_size({"width": width, "height": 800})
    desktop.goto(address)

    desktop.evaluate(AXE.read_text())
    found = desktop.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    assert desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_menu_stands_open_without_script(phone):
    phone.goto("/about/")

    expect(phone.get_by_role("link", name="Openings").first).to_be_visible()
    expect(phone.get_by_role("button", name="Menu")).not_to_be_visible()


def test_the_menu_opens_and_closes_by_keyboard_with_script(desktop):
    desktop.set_viewport_size({"width": 360, "height": 740})
    desktop.goto("/about/")

    desktop.get_by_role("button", name="Menu").press("Enter")
    expect(desktop.get_by_role("link", name="The work").first).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.get_by_role("button", name="Menu")).to_be_visible()


def test_pages_ask_nobody_else_and_break_no_content_policy(desktop, live_server):
    asked, complaints = [], []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.on("console", lambda message: complaints.append(message.text))

    desktop.goto("/accounts/login/")

    assert all(url.startswith(live_server.url) for url in asked)
    assert len(asked) <= 12
    assert complaints == []
