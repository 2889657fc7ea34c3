"""Download a register from its publisher: https only, with limits of size and time."""

import ssl
import time
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from employers.models.register import Source

#: The publishers' own addresses. HIFLD Open has ended, and the agencies' file is a sum of the programs.
ADDRESSES = {
    Source.NYSDOH: "https://health.data.ny.gov/api/views/vn5v-hh5r/rows.csv?accessType=DOWNLOAD",
    Source.OMH: "https://data.ny.gov/api/views/6nvr-tbv8/rows.csv?accessType=DOWNLOAD",
    Source.CMS_HOSPITALS: "https://data.cms.gov/provider-data/api/1/datastore/query/xubh-q36u/0/download?format=csv",
    Source.CMS_HOSPICES: "https://data.cms.gov/provider-data/api/1/datastore/query/yc9t-dgbk/0/download?format=csv",
}
MOST_BYTES = 100 * 1024 * 1024
MOST_SECONDS = 300
SILENCE_SECONDS = 30
_CHUNK = 64 * 1024


class FetchFailed(Exception):
    """The register could not be downloaded; str(error) says why."""


class _OnlyHttps(HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, request, response, code, message, headers, newurl):
        _check(newurl)
        return super().redirect_request(request, response, code, message, headers, newurl)


def download(url, path, *, most_bytes=MOST_BYTES, most_seconds=MOST_SECONDS):
    """Write what `url` answers to `path` and return the date it carries (Last-Modified), None if it carries none.

    Raises FetchFailed for anything but a complete answer over https within the limits; `path` is then incomplete.
    """
    _check(url)
    until = time.monotonic() + most_seconds
    opener = OpenerDirector()
    for handler in (
        HTTPSHandler(context=ssl.create_default_context()), _OnlyHttps(), HTTPDefaultErrorHandler(), HTTPErrorProcessor(),
    ):  # fmt: skip
        opener.add_handler(handler)
    request = Request(url, headers={"User-Agent": "careers-portal register import", "Accept": "text/csv"})  # noqa: S310
    try:
        with opener.open(request, timeout=min(SILENCE_SECONDS, most_seconds)) as response, open(path, "wb") as file:
            stated, taken = response.headers.get("Content-Length"), 0
            while chunk := response.read1(_CHUNK):
                taken += len(chunk)
                if taken > most_bytes:
                    raise FetchFailed(f"The answer is longer than {most_bytes:,} bytes.")
                if time.monotonic() > until:
                    raise FetchFailed(f"The download took longer than {most_seconds} seconds.")
                file.write(chunk)
            if stated and stated.isdecimal() and taken != int(stated):
                raise FetchFailed(f"The connection ended after {taken:,} of {int(stated):,} bytes.")
            return _dated(response.headers.get("Last-Modified"))
    except HTTPError as error:
        raise FetchFailed(f"The server answered {error.code} {error.reason}.") from error
    except (URLError, TimeoutError, ssl.SSLError, ConnectionError) as error:
        raise FetchFailed(f"The server cannot be reached: {getattr(error, 'reason', error)}.") from error


def _check(url):
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise FetchFailed(f"Only https addresses are fetched, not {url[:80]!r}.")


def _dated(header) -> date | None:
    try:
        return parsedate_to_datetime(header).date() if header else None
    except ValueError:
        return None
