"""What every page may say about the portal itself, read from settings and headers, never from the database."""

from django.conf import settings

SECTIONS = ("careers", "openings", "employers", "alerts", "hiring", "accounts", "me", "mailbox")
FOR_EMPLOYERS = ("/employers/register/", "/employers/claim/")


def portal(request):
    """Names and addresses of the portal, and what the header shows, for templates.

    `may_be_known` is true when the browser sent a session cookie. Only then may a template ask for `user`:
    a reader without one costs no session and gets no cookie.
    """
    may_be_known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return {
        **portal_facts(),
        "may_be_known": may_be_known,
        "may_have_messages": may_be_known
        or "messages" in request.COOKIES
        or getattr(getattr(request, "_messages", None), "added_new", False),
        "is_preview": getattr(request, "is_preview", False),
        "saves_data": request.headers.get("Save-Data", "").lower() == "on",
        "section": section(request.path),
    }


def portal_facts():
    """What is true on every page whoever asks: enough for an error page that has no request to read.

    `wait_days` is the promise to employers, in working days, wherever a page makes it.
    """
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_short_name": settings.PORTAL_SHORT_NAME,
        "postal_address": settings.POSTAL_ADDRESS,
        "support_email": settings.SUPPORT_EMAIL,
        "portal_url": settings.PORTAL_URL,
        "wait_days": settings.VERIFICATION_WAIT_DAYS,
        "is_demo": settings.PORTAL_ENV == "demo",
    }


def section(path):
    """Which place in the header a path belongs to, or "" for none."""
    if path.startswith(FOR_EMPLOYERS):
        return "hiring"
    first = path.partition("/")[2].partition("/")[0]
    first = "me" if first == "saved" else first
    return first if first in SECTIONS else ""
