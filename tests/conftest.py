"""What every test stands on: no network, a clean cache, and two browser pages where Chromium is installed."""

import os
import socket

import pytest
from django.conf import settings

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
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
