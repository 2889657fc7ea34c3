"""Pages that are the same for everyone: remembered, answered without a query while nothing changed, and conditionally.

`remembered(view)` is for GET pages without a session. What a page shows is covered by stamps (careerportal.core.stamps)
and by the minute: openings end by the clock, and should a stamp ever be lost a page is a minute old at most.
"""

import hashlib
import logging
from functools import lru_cache, wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from redis.exceptions import RedisError

from careerportal.core import stamps

log = logging.getLogger("portal.pages")

BUCKET_S = 60
KEPT_S = 300
LONGEST_BODY = 300_000  # bytes
HEADERS = ("Content-Type", "Content-Language", "Link", "Last-Modified", "X-Robots-Tag")
VARY = ("Cookie", "Save-Data")
CACHE_CONTROL = "no-cache"  # keep it, and ask each time whether it changed


def remembered(view):
    """Wrap a view whose answer to a reader without a session depends on address, language, stamps and time alone.

    Signed-in readers, previews, other methods and answers other than 200 pass through untouched.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if settings.DEBUG or not is_for_everyone(request):
            return view(request, *args, **kwargs)
        try:
            place = _place(request)
            tag, entry = _look(place)
        except RedisError:
            log.warning("Redis is away; pages are made anew")
            return view(request, *args, **kwargs)
        if entry and entry["tag"] == tag and ("body" in entry or _asks_for(request, entry["etag"])):
            return _told(request, entry)
        response = view(request, *args, **kwargs)
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
        if not _is_whole(request, response):
            return response
        entry = _entry(tag, response, with_body=not request.META.get("QUERY_STRING"))
        try:
            cache.set(place, entry, KEPT_S)
        except RedisError:
            log.warning("Redis is away; a page was not kept")
        return _dressed(get_conditional_response(request, etag=entry["etag"], response=response), entry)

    answer.is_remembered = True
    return answer


def is_for_everyone(request):
    """Whether the answer may be one made for all: asked without a session, without messages, and no preview."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and not getattr(request, "is_preview", False)
    )


def _place(request):
    """The key of a page in the cache: all that its words depend on besides stamps and time."""
    address = "\n".join(
        [
            request.method,
            request.get_host(),
            request.scheme,
            translation.get_language() or "",
            request.headers.get("Save-Data", "").lower(),
            request.get_full_path(),
        ]
    )
    return "page:" + hashlib.sha256(address.encode()).hexdigest()[:40]


def _look(place):
    """Return (tag of this minute, entry or None) in one round trip; two when a stamp is missing."""
    names = {stamps.key(name): name for name in stamps.ALL}
    found = cache.get_many([place, *names])
    words = [found.get(where) or stamps.renewed(name) for where, name in names.items()]
    minute = int(timezone.now().timestamp()) // BUCKET_S
    return "-".join([*words, str(minute), build()]), found.get(place)


@lru_cache(maxsize=1)
def build():
    """Which build this process runs: the time of the newest template, style sheet or line of code."""
    folders = ("templates", "static", "locale", "careerportal", "careers", "employers", "accounts")
    files = (path for folder in folders for path in (settings.BASE_DIR / folder).rglob("*.*"))
    newest = max((path.stat().st_mtime_ns for path in files if path.suffix != ".pyc"), default=0)
    return format(newest, "x")


def _is_whole(request, response):
    """Whether this answer is the same for the next reader: a plain 200 that sets no cookie."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) <= LONGEST_BODY
    )


def _entry(tag, response, *, with_body):
    kept = {name: response[name] for name in HEADERS if name in response}
    etag = hashlib.sha256(response.content + repr(sorted(kept.items())).encode()).hexdigest()[:32]
    entry = {"tag": tag, "etag": f'W/"{etag}"', "headers": kept}
    return {**entry, "body": response.content} if with_body else entry


def _asks_for(request, etag):
    """Whether the reader holds exactly this page."""
    response = get_conditional_response(request, etag=etag)
    return response is not None and response.status_code == 304


def _told(request, entry):
    response = HttpResponse(entry.get("body", b""), headers=entry["headers"])
    return _dressed(get_conditional_response(request, etag=entry["etag"], response=response), entry)


def _dressed(response, entry):
    response["ETag"] = entry["etag"]
    response.setdefault("Cache-Control", CACHE_CONTROL)
    patch_vary_headers(response, VARY)
    return response
