"""What the tests of pages in a browser share: a server over one small portal, and what can be wrong with a page."""

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from django.test import Client

from tests.staff_session import sign_in_staff

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 768, 1280)
TEXT_TYPES = ("text/", "javascript", "json", "svg", "xml")
# Web servers pack files once and slowly, and pages for each answer and fast.
FILE_QUALITY, PAGE_QUALITY = 11, 5


def sign_in_staff_browser(page, user):
    """Sign `user`, a member of staff, in on the page's browser, past the second step; the page stays on a small file."""
    client = Client()
    sign_in_staff(client, user)
    page.goto("/robots.txt")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}])


def expect(what):
    """Playwright's expect: what is said of a page or of a part of it is asked again and again until it is so.

    Imported here and late, for without Playwright the modules of browser tests load all the same, and are skipped.
    """
    from playwright.sync_api import expect as of_playwright

    return of_playwright(what)


def follow(control):
    """Click a link or button that leads on, and wait until the next page is whole; click() alone may return before."""
    with control.page.expect_navigation():
        control.click()


def says(page, words):
    """The main part of the page says `words` where people can read them."""
    expect(page.locator("main")).to_contain_text(words, use_inner_text=True)


def no_sideways_scroll(page, width=360):
    """The page is no wider than the phone; else say what sticks out."""
    if page.evaluate("document.documentElement.scrollWidth") > width:
        outside = page.evaluate(
            "width => [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > width + 1)"
            ".map(one => `${one.tagName}#${one.id}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`)",
            width,
        )
        raise AssertionError(f"{page.url} scrolls sideways: {outside[:12]}")


def picture(page, name):
    """Keep a picture of the whole page in the folder that PICTURES names, for people to look at."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def tab_to(page, wanted, *, most=90):
    """Press Tab until the focus stands on the control `wanted`."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted} in {most} steps")


def axe(page, *, without=()):
    """What axe finds on the page as it is now, as (rule, first element), by WCAG 2.0 to 2.2, A and AA."""
    found = page.evaluate(
        "([tags, off]) => axe.run(document, {runOnly: tags, rules: Object.fromEntries(off.map(id => [id, {enabled: false}])),"
        " resultTypes: ['violations']})",
        [WCAG, list(without)],
    )["violations"]
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in found]


def load_axe(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)


def faults_at_each_width(page, *, without=()):
    """What is wrong with the page at each of WIDTHS: axe's findings, more than one h1, sideways scrolling."""
    load_axe(page)
    found = []
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} h1")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {rule}: {nodes}" for rule, nodes in axe(page, without=without)]
        is_wide = page.evaluate("document.documentElement.scrollWidth")
        if is_wide > width:
            found.append(f"{width} px: scrolls sideways, is {is_wide} px wide")
    return found


@contextmanager
def overheard(page, host):
    """Collect what a page should not do: ask elsewhere than `host`, break the content policy, complain on the console."""
    heard = []

    def on_request(request):
        if not request.url.startswith((host, "data:", "about:")):
            heard.append(f"asks {request.url}")

    def on_console(message):
        is_own_status = "Failed to load resource" in message.text and message.location.get("url") == page.url
        if message.type in ("error", "warning") and not is_own_status:
            heard.append(f"console: {message.text}")

    def on_error(error):
        heard.append(f"script: {error}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", on_error)
    yield heard
    page.remove_listener("request", on_request)
    page.remove_listener("console", on_console)
    page.remove_listener("pageerror", on_error)


@dataclass
class Weight:
    """What the first visit to a page costs, in bytes over the wire as Brotli; fonts and pictures are packed already."""

    address: str
    raw: dict = field(default_factory=dict)
    packed: dict = field(default_factory=dict)
    requests: int = 0

    @property
    def total(self):
        return sum(self.packed.values())

    def add(self, kind, body, *, content_type):
        packed = len(body)
        if any(part in content_type for part in TEXT_TYPES):
            packed = len(brotli.compress(body, quality=PAGE_QUALITY if kind == "html" else FILE_QUALITY))
        self.raw[kind] = self.raw.get(kind, 0) + len(body)
        self.packed[kind] = self.packed.get(kind, 0) + packed
        self.requests += 1


KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "fonts"}


def weigh(page, address):
    """Visit `address` for the first time and weigh what comes, the tab's picture (which Chromium skips here) included."""
    weight, answers = Weight(address), []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    icon = page.locator("link[rel=icon][type='image/svg+xml']").get_attribute("href")
    for answer in answers:
        kind = KINDS.get(answer.request.resource_type, "other")
        weight.add(kind, answer.body(), content_type=answer.headers.get("content-type", ""))
    if not any(icon in answer.url for answer in answers):
        weight.add("other", page.request.get(icon).body(), content_type="image/svg+xml")
    return weight


def table(weights):
    """A table of weights in KB (1,000 bytes), for people."""
    kinds = [*KINDS.values(), "other"]
    lines = [f"{'KB, Brotli (raw)':<28}" + "".join(f"{kind:>16}" for kind in kinds) + f"{'all':>8}{'requests':>10}"]
    for weight in weights:
        cells = [f"{weight.packed.get(kind, 0) / 1000:.1f} ({weight.raw.get(kind, 0) / 1000:.0f})" for kind in kinds]
        name = weight.address.split("?")[0][:27]
        row = f"{name:<28}" + "".join(f"{cell:>16}" for cell in cells)
        lines.append(f"{row}{weight.total / 1000:>8.1f}{weight.requests:>10}")
    return "\n".join(lines)


def pages_of(pdf):
    """How many pages a printed PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
