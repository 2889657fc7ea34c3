"""Every kind of page, as everyone who meets it: no fault found by axe, nothing sticks out, light, and printed on paper."""

import re
import sys
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, RequestFactory, override_settings
from pytest_django.live_server_helper import LiveServer

from careerportal.core.models import User
from careerportal.core.views import server_error
from careerportal.outbox import mailbox
from tests.clock import NOW
from tests.conftest import PAGE_MS
from tests.core.pages import read
from tests.journeys import browsing, world
from tests.journeys.browsing import expect, follow
from tests.staff_session import sign_in_staff

# The database holds what the module's portal wrote; each test rolls back what it writes itself.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PUBLIC_WEIGHT, PLAIN_WEIGHT, SEARCH_PAGE_WEIGHT = 100_000, 60_000, 15_000  # bytes, Brotli
REQUESTS = 12
WEIGHED = {
    "/": "home",
    "/careers/": "the work",
    "/careers/roles/care-manager/": "care manager",
    world.ALBANY: "openings near Albany",
    "live opening": "opening",
}
NAMES = [str(visit) for visit in world.visits(world.ANY_ADDRESS)]


class Portal:
    """A running demo with content, samples, alerts and letters; the same for all tests here, so they change nothing."""

    def __init__(self, server, browser):
        self.url, self.browser = server.url, browser
        world.load(NOW)
        self.addresses = world.addresses(NOW)
        self.visits = {str(visit): visit for visit in world.visits(self.addresses)}
        self._sessions = {who: _session(email) for who, email in world.WHO.items()}
        self._readers = {}

    def reader(self, who):
        """A page that `who` keeps from visit to visit, for visits that leave nothing behind: a new one costs more."""
        if who not in self._readers:
            self._readers[who] = self.context(who).new_page()
        return self._readers[who]

    def close(self):
        """Close the pages that were kept."""
        for page in self._readers.values():
            page.context.close()

    def context(self, who="", **options):
        """A browser of its own for one person, signed in unless `who` is empty."""
        context = self.browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(PAGE_MS)
        if who:
            context.add_cookies([{"name": "sessionid", "value": self._sessions[who], "url": self.url}])
        return context


def _session(email):
    """The session key of someone who has just signed in."""
    client, user = Client(), User.objects.get(email=email)
    sign_in_staff(client, user) if user.is_staff else client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker, browser):
    """One portal for the module: making it takes longer than most tests, and no test here writes what another reads."""
    demo = {
        "PORTAL_ENV": "demo",
        "EMAIL_URL": "mailbox:",
        "EMAIL_BACKEND": "careerportal.outbox.backend.OutboxBackend",
    }
    with django_db_blocker.unblock(), override_settings(**demo, ALLOWED_HOSTS=["*"]), time_machine.travel(NOW):
        cache.clear()
        before = connection.creation.serialize_db_to_string()
        server = LiveServer("127.0.0.1")
        try:
            with override_settings(PORTAL_URL=server.url):
                made = Portal(server, browser)
                yield made
                made.close()
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(before)
            connections.close_all()  # the browser's event loop has connections of its own, which nobody else closes


@pytest.fixture
def page(portal):
    """A stranger's page on a desk computer."""
    context = portal.context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_fits_a_phone_and_asks_nobody_else(portal, name):
    visit = portal.visits[name]
    page = portal.context(visit.who).new_page() if visit.press else portal.reader(visit.who)

    with browsing.overheard(page, portal.url) as heard:
        page.set_viewport_size({"width": browsing.WIDTHS[0], "height": 800})
        answer = page.goto(visit.address)
        if visit.press:
            if visit.fill:
                page.get_by_label(visit.fill[0]).first.fill(visit.fill[1])
            follow(page.get_by_role("button", name=visit.press).first)
        found = browsing.faults_at_each_width(page)
    if visit.press:
        page.context.close()

    assert answer.status == visit.status
    assert found + heard == []


def test_the_page_for_our_own_faults_is_accessible(portal, page):
    answer = server_error(RequestFactory().get("/"))
    page.route("**/broken/", lambda route: route.fulfill(status=500, body=answer.content, content_type="text/html"))

    page.goto("/broken/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert browsing.faults_at_each_width(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", world.LETTERS)
def test_a_letter_is_accessible_on_every_screen(portal, page, name, scheme):
    pk = int(portal.addresses[name].rstrip("/").rpartition("/")[2])
    page.emulate_media(color_scheme=scheme)
    page.set_content(mailbox.letter(mailbox.kept().get(pk=pk)).html)

    # The mail program is the page around it.
    assert browsing.faults_at_each_width(page, without=("region", "landmark-one-main")) == []


def leads_away(answer, portal):
    """True for the way out to an employer's own site, where the crawl does not go."""
    host = urlsplit(answer.headers.get("Location", "")).netloc
    return bool(host) and host != urlsplit(portal.url).netloc


def test_every_link_on_public_pages_leads_somewhere(portal):
    """From the home page, three links deep; a link within a page must name something on it.

    Of searches that differ only in what they ask (a title, a setting) the first 30 stand for all.
    """
    client, searches, seen, ahead, broken = (
        Client(HTTP_HOST=urlsplit(portal.url).netloc),
        Counter(),
        {},
        [("/", "the start")],
        [],
    )
    for depth in range(4):
        following = []
        for address, source in ahead:
            path = urlsplit(address).path
            if address in seen or searches[path] == 30:
                continue
            searches[path] += 1
            seen[address] = set()
            if leads_away(client.get(address), portal):
                continue
            answer = client.get(address, follow=True)
            if answer.status_code >= 400:
                broken.append(f"{address} on {source}: {answer.status_code}")
            elif depth < 3 and answer["Content-Type"].startswith("text/html"):
                reader = read(answer.content.decode())
                seen[address] = set(reader.ids)
                links = [attrs["href"] for tag, attrs in reader.tags if tag in ("a", "link") and "href" in attrs]
                for link in links:
                    whole, fragment = urldefrag(urljoin(portal.url + address, link))
                    if not whole.startswith(portal.url + "/") or "/static/" in whole:
                        continue
                    there = whole.removeprefix(portal.url)
                    if there == address and fragment and fragment not in reader.ids:
                        broken.append(f"#{fragment} on {address}")
                    following.append((there, address))
        ahead = following

    assert broken == []
    assert len(seen) > 100, "the crawl went astray"


def _is_marked(page):
    """Whether the element that has the focus shows it: an outline, a ring drawn as a shadow, or it looks different."""
    has_ring = page.evaluate(
        "() => { const style = getComputedStyle(document.activeElement);"
        " return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none' }"
    )
    return has_ring or _looks_different(page)


def _looks_different(page):
    """Whether the picture of the page changes when the focus leaves; spokes of the wheel change their own drawing."""
    focused = page.evaluate_handle("document.activeElement")
    with_focus = page.screenshot()
    focused.evaluate("element => element.blur()")
    without = page.screenshot()
    focused.evaluate("element => element.focus({focusVisible: true})")
    return with_focus != without


def _tab_to(page, role, name, *, most=80):
    """Press Tab until the focus stands on the named control, and check at each step that it shows and is in sight."""
    wanted = page.get_by_role(role, name=name).first
    for _press in range(most):
        page.keyboard.press("Tab")
        assert _is_marked(page), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if wanted.evaluate("element => element === document.activeElement"):
            return wanted
    raise AssertionError(f"Tab does not reach {role} {name!r} in {most} steps")


def test_an_alert_can_be_asked_for_by_keyboard_alone_and_the_focus_always_shows(portal, page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    assert _is_marked(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))

    _tab_to(page, "textbox", "Title or keyword")
    page.keyboard.type("care")
    _tab_to(page, "textbox", "ZIP code")
    page.keyboard.type("12207")
    page.keyboard.press("Enter")
    page.wait_for_url("**/openings/?*")
    title = page.locator(".opening__title a").first.inner_text()
    _tab_to(page, "link", title)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/openings/\d+/"))
    _tab_to(page, "link", "Email me openings like this")
    page.keyboard.press("Enter")
    page.wait_for_url("**/alerts/new/*")
    _tab_to(page, "textbox", "Your email address")
    page.keyboard.type("keys@example.org")
    _tab_to(page, "checkbox", "Care management")
    page.keyboard.press("Space")
    _tab_to(page, "button", "Email me new openings")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/alerts/sent/"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")


def test_public_pages_are_light_on_a_first_visit(portal):
    weights = []
    for address in WEIGHED:
        context = portal.context(viewport={"width": 360, "height": 740})
        weights.append(browsing.weigh(context.new_page(), portal.addresses.get(address, address)))
        context.close()
    sys.stdout.write(f"\n{browsing.table(weights)}\n")

    assert {weight.address: weight.total for weight in weights if weight.total > PUBLIC_WEIGHT} == {}
    assert {weight.address: weight.requests for weight in weights if weight.requests > REQUESTS} == {}
    assert next(weight for weight in weights if weight.address == world.ALBANY).packed["html"] <= SEARCH_PAGE_WEIGHT


def test_asking_for_an_alert_is_light_for_an_old_phone_that_saves_data(portal):
    phone = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
    context = portal.context(**phone, extra_http_headers={"Save-Data": "on"})
    weight = browsing.weigh(context.new_page(), "/alerts/new/")
    context.close()
    sys.stdout.write(f"\n{browsing.table([weight])}\n")

    assert weight.total <= PLAIN_WEIGHT


@pytest.mark.parametrize(
    "address", ["live opening", "/careers/roles/care-coordinator/", "/careers/roles/care-manager/"]
)
def test_an_opening_and_a_role_print_on_two_pages(portal, page, address):
    page.goto(portal.addresses.get(address, address))

    assert browsing.pages_of(page.pdf(format="Letter", prefer_css_page_size=False)) <= 2
