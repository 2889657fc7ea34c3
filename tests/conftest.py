"""What every test stands on: no network, a clean cache, and two browser pages where Chromium is installed."""

import importlib.util
import os
import socket

import pytest
from django.conf import settings

from devstack.packages import chromium

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
EXPECT_MS, PAGE_MS = 15_000, 30_000  # how long a browser test waits for what it expects, and for a page
LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure():
    """Give each xdist worker a cache database of its own: clearing one must not clear the others."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        cache = settings.CACHES["default"]
        cache["LOCATION"] = cache["LOCATION"].partition("?")[0] + f"?db={int(worker.removeprefix('gw')) + 2}"


class NetworkRefused(AssertionError):
    """A test tried to leave this machine."""


def _refuse_strangers(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            self.close()
            raise NetworkRefused(f"Tests may only reach this machine, not {address[0]}.")
        return connect(self, address)

    return guarded


def pytest_collection_modifyitems(items):
    """Skip browser tests where they cannot run, unless they are required; keep what migrations filled in."""
    missing = _missing_for_browser()
    if not missing and any(item.get_closest_marker("browser") for item in items):
        # Playwright runs an event loop in our thread, where Django would refuse the database; no test is asynchronous.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        _be_patient()
    for item in items:
        if missing and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=missing))
        if _empties_tables(item):
            item.fixturenames.append("django_db_serialized_rollback")


def _be_patient():
    """Let expect() ask for longer than its 5 seconds before it gives up: machines that run tests are busy."""
    from playwright.sync_api import expect

    expect.set_options(timeout=EXPECT_MS)


def _missing_for_browser():
    """What keeps browser tests from running here, or ""; a failure with PORTAL_BROWSER=required."""
    missing = ""
    if importlib.util.find_spec("pytest_playwright") is None:
        missing = "browser tests need the packages of requirements-browser.lock"
    elif chromium() is None:
        missing = "browser tests need Chromium; install it or set CHROMIUM to its path"
    if missing and os.environ.get("PORTAL_BROWSER") == "required":
        pytest.exit(f"PORTAL_BROWSER=required, but {missing}", returncode=1)
    return missing


def _empties_tables(item):
    """Whether the test empties all tables at its end, and with them the rows that migrations brought."""
    mark = item.get_closest_marker("django_db")
    transactional = mark is not None and (mark.kwargs.get("transaction") or (mark.args and mark.args[0]))
    return bool(transactional) or bool({"live_server", "transactional_db"} & set(item.fixturenames))


@pytest.fixture(scope="session", autouse=True)
def _network_off():
    """Let tests connect to this machine only."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _refuse_strangers(socket.socket.connect))
    patch.setattr(socket.socket, "connect_ex", _refuse_strangers(socket.socket.connect_ex))
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _clean_cache(request):
    """Start each test that uses the database with an empty cache: rate limits and sessions live there."""
    from django.core.cache import cache

    if {"db", "transactional_db", "live_server", "client"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture
def admin_client(client, admin_user):
    """A client signed in as an administrator who has typed the code of their app: the admin asks for it."""
    from tests.staff_session import sign_in_staff

    sign_in_staff(client, admin_user)
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the Chromium of this machine; it reaches nothing but this machine."""
    return {**browser_type_launch_args, "executable_path": chromium(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def phone(browser, live_server):
    """A page of an old phone: 360 pixels wide, no script; addresses are relative to the live server."""
    yield from _page(browser, live_server, PHONE)


@pytest.fixture
def desktop(browser, live_server):
    """A page of a desk computer: 1280 pixels wide, with script; addresses are relative to the live server."""
    yield from _page(browser, live_server, DESKTOP)


def _page(browser, live_server, options):
    context = browser.new_context(base_url=live_server.url, **options)
    context.set_default_timeout(PAGE_MS)
    yield context.new_page()
    context.close()
