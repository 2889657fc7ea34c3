"""Employers: who is near, and the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerportal.core.views import gone
from employers.cards import opening_card
from employers.directory import DirectoryPage
from employers.models import Employer, Listing
from employers.openingpage import web_host

SHOWN_OPENINGS = 20


@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def employers(request):
    """Employers near a place, nearest first; by name without one."""
    directory = DirectoryPage(request.GET, at=timezone.now(), page=request.GET.get("page", ""))
    return render(request, "employers/employers.html", {"directory": directory})


@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def employer(request, slug):
    """One employer: what it does, where, and what is open. Waiting and suspended ones are for their own members."""
    now = timezone.now()
    found = get_object_or_404(Employer.objects.select_related("care_setting").prefetch_related("sites"), slug=slug)
    is_public = found.is_public
    if not is_public and not _may_look(found, request.user):
        if found.is_suspended and found.is_approved:
            return gone(request, _("This employer is no longer shown here."))
        raise Http404
    live = Listing.objects.live(at=now).filter(employer=found)
    count = live.count()
    return render(
        request,
        "employers/employer.html",
        {
            "employer": found,
            "is_public": is_public,
            "sites": sorted(found.sites.all(), key=lambda site: (site.state, site.city, site.pk)),
            "website_host": web_host(found.website),
            "openings_count": count,
            "more_openings": max(0, count - SHOWN_OPENINGS),
            "cards": [
                opening_card(listing, at=now) for listing in live.newest_first().with_card_details()[:SHOWN_OPENINGS]
            ],
        },
    )


def _may_look(found, user):
    if not user.is_authenticated:
        return False
    return found.memberships.filter(user=user).exists() or user.has_perm("employers.view_employer")
