"""Leaving for an employer's own site to apply: a page that names the host, and the way out, which is counted."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careerportal.core.views import gone
from employers import counting, wording
from employers.models import Listing
from employers.openingpage import Standing, may_preview, standing, web_host
from employers.weblinks import leads_where_it_says


def _leaves_to(listing):
    """The stored address when it is one that people may be sent to, else ""."""
    url = listing.apply_url
    is_safe = urlsplit(url).scheme == "https" if web_host(url) else False
    return url if is_safe and leads_where_it_says(url) else ""


def _opening(request, pk):
    """(opening, how it stands); a response instead of the standing when there is nothing to apply to."""
    listing = get_object_or_404(Listing.objects.select_related("employer", "search").prefetch_related("sites"), pk=pk)
    stands = standing(listing, at=timezone.now())
    if stands is Standing.GONE:
        return listing, gone(request, _("This opening was taken down, or its employer is no longer shown here."))
    if stands is Standing.UNSEEN and not may_preview(listing, request.user):
        raise Http404
    if stands is Standing.ENDED or not _leaves_to(listing):
        return listing, redirect(listing)  # its page says that it is over, or how else to apply
    return listing, None


@login_not_required
@never_cache
@require_safe
def apply_page(request, pk):
    """Where the link to apply leads, before one goes there."""
    listing, answer = _opening(request, pk)
    if answer is not None:
        return answer
    context = {
        "listing": listing,
        "employer": listing.employer,
        "host": web_host(listing.apply_url),
        "website_host": web_host(listing.employer.website),
        "place_text": wording.place_text(listing),
    }
    return render(request, "employers/apply.html", context)


@login_not_required
@never_cache
@require_safe
def apply_go(request, pk):
    """On to the address that the opening itself holds, and nowhere else; readers who go are counted."""
    listing, answer = _opening(request, pk)
    if answer is not None:
        return answer
    if counting.is_reader(request) and not may_preview(listing, request.user):
        counting.count(listing.pk, "apply_clicks", now=timezone.now())
    response = HttpResponseRedirect(_leaves_to(listing))
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
