"""Pages that need no app: health, errors, what robots and researchers ask for, and the portal about itself."""

import sys
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import RedisError

from careerportal.core.context import portal_facts
from careerportal.core.health import pending_migrations
from careerportal.core.requests import is_from_inside

NOT_FOR_ROBOTS = (
    "/accounts/", "/admin/", "/alerts/confirm/", "/alerts/manage/", "/alerts/sent/", "/alerts/unsubscribe/",
    "/careers/preview/",
    "/hiring/", "/mail/", "/mailbox/", "/me/", "/moderation/", "/news/confirm/", "/news/manage/", "/support/",
)  # fmt: skip
SECURITY_TXT_LASTS = timedelta(days=180)  # RFC 9116 asks for less than a year

# PostgreSQL's classes of trouble that a moment cures: connection lost, server shutting down, no room for connections.
_AWAY_STATES = ("08", "57P", "53")
_LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Something went wrong</title>'
    "<h1>Something went wrong on our side</h1><p>Please try again in a few minutes.</p>"
)


# --- Health -------------------------------------------------------------------------------------
@login_not_required
@require_safe
def healthz(request):
    """Answer "ok" while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """Answer "ok" while database and cache answer and no migration waits, else 503 and what is wrong.

    For this machine and its private network only; from outside there is nothing here.
    """
    if not is_from_inside(request):
        raise Http404
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = pending_migrations()
    except DatabaseError:
        return HttpResponse("database away", content_type="text/plain", status=503)
    if waiting:
        return HttpResponse("migrations waiting", content_type="text/plain", status=503)
    try:
        cache.get("readyz")
    except RedisError:
        return HttpResponse("cache away", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


# --- Errors: no database, no session, no context processors -------------------------------------
def _plainly(template_name, *, status, **words):
    """Answer with a page made of settings alone, so that it appears whatever else is broken."""
    context = {**portal_facts(), "errors_plainly": True, "status": status, **words}
    return HttpResponse(get_template(template_name).render(context), status=status)


def bad_request(request, exception=None):
    """400: the request makes no sense."""
    return _plainly("400.html", status=400)


def forbidden(request, exception=None):
    """403: signed in, but this is not theirs. A sentence given to PermissionDenied is shown."""
    return _plainly("403.html", status=403, message=str(exception or ""))


def csrf_failure(request, reason=""):
    """403 for a form whose secret is missing or old, in plain words."""
    return _plainly("errors/csrf.html", status=403)


def not_found(request, exception=None):
    """404: nothing at this address."""
    return _plainly("404.html", status=404)


def gone(request, message=""):
    """410: it was here and was taken down. `message`: one sentence on what and why, or "" for the general one."""
    return _plainly("410.html", status=410, message=message)


def server_error(request):
    """500, or 503 when the trouble is only that database or cache cannot be reached."""
    try:
        if is_away(sys.exc_info()[1]):
            response = _plainly("503.html", status=503)
            response["Retry-After"] = "120"
            return response
        return _plainly("500.html", status=500)
    except Exception:  # a page for the broken must not break: templates or static files may be what is wrong
        return HttpResponse(_LAST_RESORT, status=500)


def is_away(error):
    """Whether `error` says that PostgreSQL or Redis cannot be reached now, as opposed to a fault of ours."""
    if isinstance(error, RedisAway):
        return True
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY_STATES)


# --- For robots and researchers -----------------------------------------------------------------
@login_not_required
@require_safe
def robots(request):
    """robots.txt: everything public may be read; private places and addresses with secrets may not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.PORTAL_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116)."""
    expires = (timezone.now() + SECURITY_TXT_LASTS).replace(microsecond=0).isoformat()
    lines = [
        f"Contact: mailto:{settings.SUPPORT_EMAIL}",
        f"Expires: {expires}",
        "Preferred-Languages: en, es",
        f"Canonical: {settings.PORTAL_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# --- The portal about itself --------------------------------------------------------------------
@login_not_required
@require_safe
def page(request, name):
    """A page of words alone, templates/pages/<name>.html."""
    return render(request, f"pages/{name}.html")
