"""What every page under /careers/ has: it is remembered, and its old addresses lead to it."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect

from careerportal.core.remembered import remembered
from careers import addresses


def content_page(view):
    """Wrap a view: answered from memory while nothing changed; a key the object had before leads on with 301."""
    page = remembered(view)

    @wraps(page)
    def answer(request, *args, **kwargs):
        try:
            return page(request, *args, **kwargs)
        except Http404:
            slug = kwargs.get("slug")
            moved = slug and addresses.moved_to(slug, view_name=request.resolver_match.view_name)
            if not moved:
                raise
            query = request.META.get("QUERY_STRING")
            return HttpResponsePermanentRedirect(f"{moved}?{query}" if query else moved)

    return answer
