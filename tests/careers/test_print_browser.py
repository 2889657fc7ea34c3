"""Pages on paper: no navigation, forms or buttons, every fold open, and the address of a source written out."""

import pytest

from careers import content_files, loading
from tests.clock import NOW
from tests.employers_factories import ListingFactory
from tests.journeys import browsing

pytestmark = pytest.mark.browser
FIT = "/careers/fit/?" + "&".join(f"q{number}=b" for number in range(1, 13))
SHEETS = {  # address: the most sheets of paper it may take
    "/careers/roles/care-coordinator/": 2,
    "/careers/roles/care-manager/": 2,
    "/careers/titles/nurse-care-manager/": 2,
    FIT: 4,
    "/careers/faq/": 8,
}
HIDDEN = (
    ".usa-header", ".foot", ".usa-breadcrumb", ".usa-skipnav", ".page-nav", ".usa-button", ".actions", "main form", "#act",
    ".no-print",
)  # fmt: skip


def visible(page, selector):
    """How many elements of a selector show."""
    return page.locator(selector).evaluate_all("all => all.filter(one => one.checkVisibility()).length")


def test_pages_print_on_few_sheets_without_what_paper_cannot_do(live_server, desktop):
    loading.load(content_files.records(), now=NOW)
    found, shown = {}, {}
    for address in SHEETS:
        desktop.goto(address)
        desktop.emulate_media(media="print")
        found[address] = browsing.pages_of(desktop.pdf(format="Letter"))
        shown |= {(address, name): count for name in HIDDEN if (count := visible(desktop, name))}
        desktop.emulate_media(media="screen")

    assert {address: count for address, count in found.items() if count > SHEETS[address]} == {}
    assert shown == {}


def test_an_opening_prints_on_two_sheets_without_navigation(live_server, desktop):
    opening = ListingFactory(published=True)
    desktop.goto(opening.get_absolute_url())
    desktop.emulate_media(media="print")

    assert browsing.pages_of(desktop.pdf(format="Letter")) <= 2
    assert {name: count for name in HIDDEN[:7] if (count := visible(desktop, name))} == {}
    browsing.expect(desktop.get_by_role("heading", level=1)).to_be_visible()


def test_answers_print_open_and_tables_fit_the_paper(live_server, desktop):
    loading.load(content_files.records(), now=NOW)
    desktop.set_viewport_size({"width": 720, "height": 900})  # as wide as a sheet
    desktop.goto("/careers/faq/")
    desktop.emulate_media(media="print")
    answers = desktop.locator(".qa__answer")

    browsing.expect(answers.nth(10)).to_be_attached()
    assert min(answers.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")) > 20
    for address in ("/careers/compare/", "/careers/pay/", "/careers/pay-rules/", "/careers/pathways/"):
        desktop.goto(address)
        assert desktop.evaluate("document.documentElement.scrollWidth") <= 720, address


def test_a_link_to_a_source_is_followed_by_its_address(live_server, desktop):
    loading.load(content_files.records(), now=NOW)
    desktop.goto("/careers/compare/")
    desktop.emulate_media(media="print")
    link = desktop.locator("main a[rel~=external]").first

    address, written = link.evaluate("one => [one.getAttribute('href'), getComputedStyle(one, '::after').content]")

    assert address in written
