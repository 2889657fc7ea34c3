"""Fetching a page that somebody named: https only, the public internet only, never long, never much."""

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from careerportal.core import safefetch
from careerportal.core.safefetch import FetchRefused

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1", "240.0.0.1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_on_the_public_internet_are_refused(monkeypatch, address):
    monkeypatch.setattr(safefetch, "look_up", lambda host: [PUBLIC, address])

    assert not safefetch.is_public(address)
    with pytest.raises(FetchRefused, match="not on the public internet"):
        safefetch.fetch("https://hudsoncare.org/")


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111"])
def test_addresses_on_the_public_internet_are_fine(address):
    assert safefetch.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://hudsoncare.org/", "ftp://hudsoncare.org/", "file:///etc/passwd", "https://", "https://hudsoncare.org:8443/",
        "https://user:word@hudsoncare.org/", "https://[::1", "hudsoncare.org", "https://hudsoncare.org/a b", "gopher://x/",
        "https://hudsoncare.org/\r\nHost: x",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_fetched(monkeypatch, url):
    monkeypatch.setattr(safefetch, "look_up", lambda host: pytest.fail("looked up") if host != "hudsoncare.org" else [])

    with pytest.raises(FetchRefused):
        safefetch.fetch(url)


@pytest.fixture
def site(monkeypatch):
    """A server of our own that stands for the internet: every public address leads to it, without TLS."""
    answers = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/drip":  # a byte now and then, for ever
                try:
                    while True:
                        self.wfile.write(b"H")
                        time.sleep(0.05)
                except OSError:
                    return
            status, headers, body = answers.get((self.headers["Host"], self.path), (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened = safefetch.open_socket
    monkeypatch.setattr(
        safefetch, "look_up", lambda host: [PUBLIC] if host != "inside.hudsoncare.org" else ["10.0.0.1"]
    )
    monkeypatch.setattr(
        safefetch,
        "open_socket",
        lambda address, port, timeout: opened("127.0.0.1", server.server_port, timeout=timeout),
    )
    monkeypatch.setattr(safefetch.ssl, "create_default_context", lambda: _PlainContext())
    yield answers
    server.shutdown()
    server.server_close()


class _PlainContext:
    """Leaves the connection as it is, so that a test needs no certificate."""

    def wrap_socket(self, plain, server_hostname):
        return plain


def test_a_page_comes_with_its_status(site):
    site["hudsoncare.org", "/x?y=1"] = (200, {}, b"here")

    page = safefetch.fetch("https://hudsoncare.org/x?y=1")

    assert (page.status, page.body) == (200, b"here")


def test_a_site_that_never_ends_is_cut_off(site):
    began = time.monotonic()

    with pytest.raises(FetchRefused):
        safefetch.fetch("https://hudsoncare.org/drip", most_seconds=0.5)
    assert time.monotonic() - began < 5


def test_what_is_too_long_is_cut(site):
    site["hudsoncare.org", "/"] = (200, {}, b"x" * 5000)

    assert len(safefetch.fetch("https://hudsoncare.org/", most_bytes=1000).body) == 1000


def test_redirects_are_checked_like_the_first_address(site):
    site["hudsoncare.org", "/"] = (302, {"Location": "https://www.hudsoncare.org/a"}, b"")
    site["www.hudsoncare.org", "/a"] = (200, {}, b"there")
    assert safefetch.fetch("https://hudsoncare.org/").body == b"there"

    for bad in ("http://www.hudsoncare.org/a", "https://inside.hudsoncare.org/", "https://127.0.0.1/", "//evil.org/"):
        site["hudsoncare.org", "/"] = (302, {"Location": bad}, b"")
        with pytest.raises(FetchRefused):
            safefetch.fetch("https://hudsoncare.org/", may_follow=lambda host: host.endswith("hudsoncare.org"))


def test_a_circle_of_redirects_ends(site):
    site["hudsoncare.org", "/"] = (302, {"Location": "/"}, b"")

    with pytest.raises(FetchRefused, match="too many times"):
        safefetch.fetch("https://hudsoncare.org/")


def test_a_host_that_nobody_knows_is_said(monkeypatch):
    monkeypatch.setattr(safefetch, "look_up", lambda host: [])

    with pytest.raises(FetchRefused, match=r"find hudsoncare"):
        safefetch.fetch("https://hudsoncare.org/")
