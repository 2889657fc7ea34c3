"""Fetch a page or a file that somebody named: never from a machine of ours, never long, never much.

Every hop is looked up once, and the connection goes to exactly the address that was looked up, so that a name which
answers differently the second time (DNS rebinding) gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

MOST_BYTES = 256 * 1024
MOST_SECONDS = 10
MOST_HOPS = 4
AGENT = "careers-portal check"
_CHUNK = 16 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"https": 443, "http": 80}


class FetchRefused(Exception):
    """The page was not fetched; str(error) says why and is fit to show to whoever named it."""


@dataclass(frozen=True)
class Page:
    """What came: status, the address it came from after redirects, and the body, at most as long as allowed."""

    status: int
    url: str
    body: bytes


def fetch(url, *, may_follow=None, most_bytes=MOST_BYTES, most_seconds=MOST_SECONDS):
    """Return the Page at `url` (https, port 443), whatever its status; what is longer than `most_bytes` is cut.

    `may_follow(host)` says whether a redirect may lead to a host. Raises FetchRefused for other schemes and ports, for
    hosts with an address that is not on the public internet, and when it takes longer than `most_seconds` in all.
    """
    return _followed(url, ("https",), may_follow=may_follow, most_bytes=most_bytes, most_seconds=most_seconds)


def download(url, *, write, most_bytes, most_seconds):
    """Give the bytes at `url` (http or https on their own ports) to `write`, piece by piece, and return the Page without them.

    Nothing is written unless the status is 200. Raises FetchRefused as `fetch` does, on every hop, and for what is
    longer than `most_bytes` or ends before its announced length.
    """
    return _followed(url, ("https", "http"), most_bytes=most_bytes, most_seconds=most_seconds, write=write)


def _followed(url, schemes, *, may_follow=None, most_bytes, most_seconds, write=None):
    until = time.monotonic() + most_seconds
    for hop in range(MOST_HOPS):
        parts = _checked(url, schemes)
        if hop and may_follow is not None and not may_follow(parts.hostname):
            raise FetchRefused(f"The page sends visitors on to another site, {parts.hostname}.")
        status, location, body = _ask(parts, until=until, most_bytes=most_bytes, write=write)
        if status not in _REDIRECTS or not location:
            return Page(status=status, url=url, body=body)
        url = urljoin(url, location)
    raise FetchRefused("The page sends visitors on too many times.")


def _checked(url, schemes):
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("This is no web address.") from error
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None:
        raise FetchRefused(f"Only plain {' and '.join(schemes)} addresses are looked at.")
    if port not in (None, _PORTS[parts.scheme]):
        raise FetchRefused(f"Only plain {' and '.join(schemes)} addresses are looked at, without a port of their own.")
    return parts


def _ask(parts, *, until, most_bytes, write):
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    if not target.isascii() or any(ord(sign) <= 32 for sign in target):
        raise FetchRefused("This is no web address.")
    connection = _Pinned(parts.hostname, scheme=parts.scheme, until=until)
    watch = None
    try:
        connection.connect()
        plain = connection.sock  # the response closes the connection's own name for it
        watch = threading.Timer(_left(until), _cut, [plain])  # a server that sends a byte now and then is cut off too
        watch.start()
        accept = "text/html, text/plain" if write is None else "*/*"
        connection.request("GET", target, headers={"User-Agent": AGENT, "Accept": accept})
        response = connection.getresponse()
        if write is not None and response.status == 200:
            _pass_on(response, plain, until=until, most_bytes=most_bytes, write=write)
            return response.status, None, b""
        body = bytearray()
        most_bytes = min(most_bytes, MOST_BYTES)
        while len(body) < most_bytes:
            plain.settimeout(_left(until))
            chunk = response.read1(min(_CHUNK, most_bytes - len(body)))
            if not chunk:
                break
            body += chunk
        return response.status, response.getheader("Location"), bytes(body)
    except ssl.SSLError as error:
        raise FetchRefused("The site has no valid certificate for https.") from error
    except TimeoutError as error:
        raise FetchRefused("The site took too long to answer.") from error
    except (OSError, http.client.HTTPException) as error:
        raise FetchRefused("The site did not answer.") from error
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()


def _pass_on(response, plain, *, until, most_bytes, write):
    """Give a whole body to `write`. Raises FetchRefused when it is too long, or ends too early."""
    size = 0
    while True:
        plain.settimeout(_left(until))
        chunk = response.read1(_CHUNK)
        if not chunk:
            break
        size += len(chunk)
        if size > most_bytes:
            raise FetchRefused(f"The file is larger than {most_bytes // 1024 // 1024} MB.")
        write(chunk)
    if _left(until) and response.length:
        raise FetchRefused("The file broke off before its end.")


def _cut(plain):
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it is closed already


def _left(until):
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name that was asked for."""

    def __init__(self, host, *, scheme, until):
        self.default_port = _PORTS[scheme]
        super().__init__(host, self.default_port, timeout=_left(until))
        self._scheme, self._until = scheme, until

    def connect(self):
        plain = open_socket(public_address(self.host), self.default_port, timeout=_left(self._until))
        if self._scheme == "http":
            self.sock = plain
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        self.sock.settimeout(_left(self._until))


def public_address(host):
    """Return one address of `host`. Raises FetchRefused if it has none, or any that is not on the public internet."""
    found = look_up(host)
    if not found:
        raise FetchRefused(f"We can't find {host}. Check the spelling.")
    if not all(is_public(address) for address in found):
        raise FetchRefused(f"{host} is not on the public internet.")
    return found[0]


def is_public(address):
    """Whether an IP address belongs to the public internet; mapped and translated ones are judged by what they hide."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if parsed.version == 6:
        hidden = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            hidden = ipaddress.ip_address(int(parsed) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def look_up(host):
    """The addresses of a host, as the machine's resolver gives them; none when it has none."""
    try:
        return [found[4][0] for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def open_socket(address, port, *, timeout):
    """A connection to an IP address."""
    return socket.create_connection((address, port), timeout=timeout)
