"""What an anonymous reader gets at an address: the page itself, made here and now, past all middleware."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

NAMESPACE = "careers"
HOME = "/"


def page_at(address):
    """Return the answer at `address` ("/careers/faq/?q=1"): a page about the work or the first page.

    Raises Http404 for any other address: what needs a session is never made here.
    """
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise Http404 from None
    if match.namespace != NAMESPACE and parts.path != HOME:
        raise Http404
    response = match.func(_request(parts, match), *match.args, **match.kwargs)
    if hasattr(response, "render") and callable(response.render):
        response = response.render()
    return response


def _request(parts, match):
    portal = urlsplit(settings.PORTAL_URL)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = parts.path
    request.GET = QueryDict(parts.query)
    request.META = {
        "REQUEST_METHOD": "GET", "HTTP_HOST": portal.netloc, "SERVER_NAME": portal.hostname,
        "SERVER_PORT": str(portal.port or 443), "QUERY_STRING": parts.query, "PATH_INFO": parts.path,
        "wsgi.url_scheme": portal.scheme,
    }  # fmt: skip
    request.user = AnonymousUser()
    request.resolver_match = match
    request.is_preview = True  # never remembered, and the page says what it is
    return request
