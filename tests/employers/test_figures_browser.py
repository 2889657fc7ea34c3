"""Paper from the workspace: a flyer on one sheet, figures for a director on two at most; and an opening's way to apply."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localdate

from employers.models import ListingDay
from tests.careers_factories import PopulationFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, ListingFactory, MembershipFactory, SiteFactory
from tests.journeys.browsing import expect, follow, no_sideways_scroll, pages_of

pytestmark = pytest.mark.browser
SHEETS = ("Letter", "A4")
ON_PAPER = (".usa-header", ".foot", ".subnav", ".workspace-head", ".usa-button", ".no-print")


@pytest.fixture(autouse=True)
def _from_now_on():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def employer(live_server):
    return EmployerFactory(slug="harbor-care", name="Harbor Care Network of the Capital Region", phone="518 555 0100")


@pytest.fixture
def full(employer):
    """An opening that says everything it can, at length."""
    return ListingFactory(
        published=True, employer=employer, headline="Transitional Care Coordinator for the first thirty days at home",
        sites=[SiteFactory(employer=employer, name=f"House {number}") for number in range(3)], schedules=["weekdays", "evenings"],
        weekly_hours=37.5, mode="hybrid", visits="some", visits_percent=40, needs_car=True, on_call="some",
        licences=["rn", "lpn"],
        licence_stance="preferred", education="associate", education_stance="preferred", experience_months=24,
        experience_stance="required", caseload="35 to 40 people at a time, each for 30 days", acuity="high",
        supervision="An hour a week with an LCSW", populations=[PopulationFactory(name=f"People {n}") for n in range(3)],
        languages=["en", "es", "zh", "ru"], benefit_kinds=["pslf", "tuition", "health", "retirement", "mileage"],
        description="You call people and visit them at home.\n\n" + "- You keep track of what was promised.\n" * 12,
        apply_url="https://jobs.example.org/1", positions=3, closes_on=localdate(NOW) + timedelta(days=20),
    )  # fmt: skip


def sign_in(page, employer):
    client = Client()
    client.force_login(MembershipFactory(employer=employer).user)
    page.goto("/robots.txt")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}])


def on_paper(page, address):
    """How many sheets of each size an address takes, and what of the screen still shows."""
    page.goto(address)
    page.emulate_media(media="print")
    sheets = {size: pages_of(page.pdf(format=size)) for size in SHEETS}
    shown = {
        name: count
        for name in ON_PAPER
        if (count := page.locator(name).evaluate_all("all => all.filter(one => one.checkVisibility()).length"))
    }
    page.emulate_media(media="screen")
    return sheets, shown


def test_a_flyer_takes_one_sheet_and_shows_its_code(desktop, employer, full):
    bare = ListingFactory(published=True, employer=employer, headline="Guide")
    sign_in(desktop, employer)

    for listing in (full, bare):
        assert on_paper(desktop, f"/hiring/openings/{listing.pk}/flyer/") == (dict.fromkeys(SHEETS, 1), {})
        box = desktop.locator(".flyer__code").bounding_box()
        assert box["width"] == pytest.approx(box["height"])
        assert box["width"] >= 140


def test_the_figures_for_a_director_take_two_sheets_at_most(desktop, employer):
    for number in range(30):
        listing = ListingFactory(
            published=True,
            employer=employer,
            headline=f"Care coordinator of the team number {number} in the river valley",
        )
        ListingDay.objects.create(listing=listing, day=localdate(NOW), views=100 - number, saves=3)
    ListingFactory(closed=True, employer=employer, outcome="hired-here")
    sign_in(desktop, employer)

    sheets, shown = on_paper(desktop, "/hiring/harbor-care/figures/print/")

    assert max(sheets.values()) <= 2
    assert shown == {}
    expect(desktop.get_by_role("row", name="11 other openings together")).to_be_visible()


def test_a_long_opening_prints_on_two_sheets(desktop, full):
    sheets, shown = on_paper(desktop, full.get_absolute_url())

    assert max(sheets.values()) <= 2
    assert shown == {}


def test_on_a_phone_the_way_to_apply_is_always_in_reach_and_hides_no_focus(phone, full):
    phone.goto(full.get_absolute_url())
    apply = phone.locator(".apply-bar").get_by_role("link", name="Apply")

    expect(apply).to_be_in_viewport()
    for link in phone.locator("main a:visible").all()[:40]:
        link.focus()
        box, bar = link.bounding_box(), phone.locator(".apply-bar").bounding_box()
        inside = link.evaluate("element => Boolean(element.closest('.apply-bar'))")
        is_free = inside or box["y"] < bar["y"] or box["y"] >= bar["y"] + bar["height"]
        assert is_free, box
    no_sideways_scroll(phone)
    follow(apply)
    expect(phone.get_by_role("heading", level=1)).to_have_text("You are about to leave this site")


def test_with_script_the_address_can_be_copied(desktop, full):
    desktop.goto(full.get_absolute_url())
    desktop.get_by_role("button", name="Copy").click()

    expect(desktop.get_by_role("button", name="Copied")).to_be_visible()
    expect(desktop.get_by_role("button", name="Print it")).to_be_visible()


def test_figures_are_read_on_a_phone_without_script(phone, employer, full):
    ListingDay.objects.create(listing=full, day=localdate(NOW), views=7)
    sign_in(phone, employer)
    phone.goto("/hiring/harbor-care/figures/")

    no_sideways_scroll(phone)
    follow(phone.get_by_role("link", name="26 weeks"))
    follow(phone.get_by_role("link", name="Transitional Care Coordinator"))
    expect(phone.get_by_role("row", name="Nov 16, 2026 so far")).to_contain_text("7")
    no_sideways_scroll(phone)
