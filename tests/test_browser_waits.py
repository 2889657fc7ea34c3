"""Browser tests wait for what they state: the page that a click leads to comes when it comes, on a busy machine late."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
# What Playwright answers at once, of the page as it is at that moment.
READS = {
    "all_inner_texts", "all_text_contents", "count", "get_attribute", "inner_html", "inner_text", "input_value",
    "is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible", "text_content",
}  # fmt: skip
PAGES = {"desktop", "moderator", "page", "phone", "stranger"}  # names of pages, whose address changes after a click
ROWS = {"objects", "history"}  # of models: their count() asks the database
LOOKS = {"content", "evaluate", "goto"}  # at once, like READS, or away before the click has arrived
SAY_EXPECT = "ask with expect(), which waits until it is so (tests/journeys/browsing.py)"
SAY_FOLLOW = "click() does not wait for the next page; follow(control) does (tests/journeys/browsing.py)"


def modules_of_browsers():
    """The modules that drive a browser."""
    for path in sorted(TESTS.rglob("*.py")):
        if path != Path(__file__).resolve() and "mark.browser" in path.read_text(encoding="utf-8"):
            yield path


def method(node):
    """The name of the method that an expression calls, or ""."""
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def is_read(node):
    """Whether an expression reads a page as it is now: a call such as locator.count(), or page.url."""
    if method(node) in READS:
        return not any(isinstance(part, ast.Attribute) and part.attr in ROWS for part in ast.walk(node.func.value))
    is_url = isinstance(node, ast.Attribute) and node.attr == "url"
    return is_url and isinstance(node.value, ast.Name) and node.value.id in PAGES


def asks_at_once(statement):
    """Whether a statement asserts, opens another address, or looks at the page without waiting."""
    parts = list(ast.walk(statement))
    return isinstance(statement, ast.Assert) or any(is_read(part) or method(part) in LOOKS for part in parts)


def haste(text):
    """What does not wait in the code of a module, as (line, what to do instead)."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert) and any(is_read(part) for part in ast.walk(node)):
            found.add((node.lineno, SAY_EXPECT))
        for steps in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            for step, following in pairwise(steps if isinstance(steps, list) else []):
                if isinstance(step, ast.Expr) and method(step.value) == "click" and asks_at_once(following):
                    found.add((step.lineno, SAY_FOLLOW))
    return sorted(found)


def test_no_browser_test_asks_a_page_that_may_not_be_there_yet():
    modules = list(modules_of_browsers())

    found = [f"{path.relative_to(TESTS)}:{line}: {say}" for path in modules for line, say in haste(path.read_text())]

    assert len(modules) >= 12
    assert found == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('assert phone.locator("li").count() == 1', SAY_EXPECT),
        ('assert not phone.get_by_role("link", name="Map").is_visible()', SAY_EXPECT),
        ('assert "urgent" in rows.first.inner_text()', SAY_EXPECT),
        ("assert all(panels.nth(at).is_hidden() for at in range(3))", SAY_EXPECT),
        ('assert phone.url.endswith("/me/")', SAY_EXPECT),
        ('button.click()\nassert Listing.objects.get().status == "draft"', SAY_FOLLOW),
        ('button.click()\nphone.goto("/me/")', SAY_FOLLOW),
        ('if new:\n    button.click()\n    wide = phone.evaluate("innerWidth")', SAY_FOLLOW),
        ("button.click()\nwords = heading.inner_text()", SAY_FOLLOW),
    ],
)
def test_what_does_not_wait_is_found(code, said):
    assert [say for _line, say in haste(code)] == [said]


@pytest.mark.parametrize(
    "code",
    [
        'expect(phone.locator("li")).to_have_count(1)',
        "assert function.history.count() == 3",
        "assert Item.objects.filter(told=True).count() == 1",
        "assert url.startswith(live_server.url)",
        'follow(button)\nassert Listing.objects.get().status == "draft"',
        'phone.locator("summary").click()\nphone.get_by_label("Why?").fill("Spam")',
    ],
)
def test_what_waits_is_left_alone(code):
    assert haste(code) == []
