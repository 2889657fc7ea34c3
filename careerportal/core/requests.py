"""What is done for every request: an id in, an id out, one line in the log; and where it came from."""

import ipaddress
import logging
import re
import time
import uuid

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from redis.exceptions import RedisError

from careerportal.core import logs

log = logging.getLogger("portal.request")

HEADER = "X-Request-ID"
_FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")
PROBES = ("/healthz", "/readyz")

# What the doctor compares with TRUSTED_PROXY_COUNT: fewest and most entries of X-Forwarded-For, lately.
SEEN_KEY, SEEN_FOR_S, SEEN_EVERY_S = "core:forwarded-seen", 86_400, 60


class RequestIdMiddleware:
    """Takes the id a proxy gave (X-Request-ID), or makes one; answers with it; logs page, status and time, no more."""

    def __init__(self, get_response):
        self.get_response = get_response
        self._noted_at = None

    def __call__(self, request):
        given = request.headers.get(HEADER, "")
        request.id = given if settings.TRUSTED_PROXY_COUNT and _FIT.fullmatch(given) else uuid.uuid4().hex
        token = logs.request_id.set(request.id)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response[HEADER] = request.id
            if request.path not in PROBES:
                log.info(
                    "%s %s %s %d ms", request.method, logs.route(request), response.status_code,
                    (time.monotonic() - started) * 1000,
                )  # fmt: skip
                self._note_proxies(request)
            return response
        finally:
            logs.request_id.reset(token)

    def _note_proxies(self, request):
        """Once a minute and process: how many proxies named themselves. Without Redis it is left out."""
        now = time.monotonic()
        if not settings.PRODUCTION or (self._noted_at is not None and now - self._noted_at < SEEN_EVERY_S):
            return
        self._noted_at = now
        count = len(forwarded(request))
        try:
            low, high = cache.get(SEEN_KEY) or (count, count)
            cache.set(SEEN_KEY, (min(low, count), max(high, count)), SEEN_FOR_S)
        except RedisError:
            log.warning("Redis is away")


class NoNulMiddleware:
    """Answers 400 to an address of the admin with a NUL in it: PostgreSQL stores none, and the admin's filters pass it on.

    Pages of our own take such a value like any other they do not know.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/") and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the query string")
        return self.get_response(request)


def forwarded(request):
    """The addresses in X-Forwarded-For, the visitor's first."""
    return [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]


def is_from_inside(request):
    """Whether the request comes from this machine or its private network, past as many proxies as we trust.

    A chain of another length than TRUSTED_PROXY_COUNT proves nothing and counts as outside.
    """
    chain = forwarded(request)
    if not chain:
        return _is_private(request.META.get("REMOTE_ADDR") or "127.0.0.1")  # empty: a socket of this machine
    if len(chain) < settings.TRUSTED_PROXY_COUNT or not settings.TRUSTED_PROXY_COUNT:
        return False
    return _is_private(chain[-settings.TRUSTED_PROXY_COUNT])


def _is_private(address):
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return found.is_loopback or found.is_private
