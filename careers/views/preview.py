"""A page as it would be with a draft, for whoever holds the signed link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_safe

from careers import drafts, previewing


@login_not_required
@require_safe
def preview(request, token):
    """The page with the draft in it; 404 once the link is a day old or the draft is closed."""
    found = previewing.opened(token)
    if found is None:
        raise Http404
    try:
        response = previewing.page(*found)
    except drafts.DraftRefused as refusal:
        raise Http404 from refusal
    response.cookies.clear()
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response
