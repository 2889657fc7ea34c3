"""Looks at a running portal as a visitor would, without a browser: the pages that must work before anybody is let in."""

import http.client
import re
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_S = 20
SEARCH = "/openings/?zip=12207&miles=25"
_OPENING = re.compile(r'href="(/openings/\d+/[^"?#]*)"')
_STYLE = re.compile(r'<link[^>]+href="(/static/[^"]+\.css)"')


@dataclass(frozen=True)
class Looked:
    """One address and what it answered. `trouble` is "" when all is well; `ms` is the time to the last byte."""

    address: str
    status: int | None
    ms: int
    trouble: str = ""
    note: str = ""


class Door:
    """Where to knock: the host of `url`, or `at` (host:port, or a socket's path) in its place.

    plain: speak HTTP and say, as a proxy would, that the visitor came by HTTPS. insecure: take any certificate.
    """

    def __init__(self, url, *, at="", plain=False, insecure=False):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the address must start with http:// or https:// and name a host")
        self.host, self.netloc = parts.hostname, parts.netloc
        self.tls = parts.scheme == "https" and not plain
        self.at, self.insecure = at, insecure
        self.port = parts.port or (443 if parts.scheme == "https" else 80)
        self.headers = {"Host": self.netloc, "User-Agent": "portal-smoke", "Accept": "text/html,*/*"}
        if plain and parts.scheme == "https":
            self.headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}

    def get(self, path):
        """(status, headers, body as text) of one GET. Raises OSError or http.client.HTTPException."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_S)
        connection.sock = self._connect()
        try:
            connection.request("GET", path, headers=self.headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def _connect(self):
        if self.at.startswith("/"):
            sock = socket.socket(socket.AF_UNIX)
            sock.settimeout(TIMEOUT_S)
            sock.connect(self.at)
        else:
            host, _, port = self.at.rpartition(":") if self.at else (self.host, "", self.port)
            sock = socket.create_connection((host, int(port)), timeout=TIMEOUT_S)
        if not self.tls:
            return sock
        context = ssl.create_default_context()
        if self.insecure:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(sock, server_hostname=self.host)


def look(door):
    """Yield a Looked for each address that must work: health, home, its style sheet, search, one opening, errors."""
    yield _look(door, "/healthz", has="ok")[0]
    yield _look(door, "/readyz", has="ok")[0]
    home, page = _look(door, "/", has="</html>")
    yield home
    style = _STYLE.search(page)
    if home.status == 200 and not style:
        yield Looked("/static/", None, 0, "the first page names no style sheet")
    elif style:
        yield _look(door, style[1])[0]
    found, page = _look(door, SEARCH, has="</html>")
    yield found
    opening = _OPENING.search(page)
    if opening:
        yield _look(door, opening[1], has="</h1>")[0]
    elif found.status == 200:
        yield Looked("/openings/…", None, 0, note="no opening near there to look at")
    yield _look(door, "/accounts/login/", has="csrfmiddlewaretoken")[0]
    yield _look(door, "/no-such-page/", status=404, has="</html>")[0]


def _look(door, path, *, status=200, has=""):
    started = time.monotonic()
    try:
        got, _headers, body = door.get(path)
    except (OSError, http.client.HTTPException) as error:
        return Looked(path, None, _ms(started), f"no answer: {type(error).__name__}"), ""
    trouble = "" if got == status else f"answers {got} instead of {status}"
    if not trouble and has and has not in body:
        trouble = "answers, but not with the page that belongs there"
    return Looked(path, got, _ms(started), trouble), body


def _ms(started):
    return round((time.monotonic() - started) * 1000)
