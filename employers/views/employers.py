"""Employers: who is near, and the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careerportal.core.views import gone
from employers.directory_page import DirectoryPage
from employers.employerpage import EmployerPage
from employers.models import Employer


@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def employers(request):
    """Employers near a place: those with the best chance first, nearest first; by name without a place."""
    directory = DirectoryPage(request.GET, at=timezone.now(), page=request.GET.get("page", ""))
    return render(request, "employers/employers.html", {"directory": directory})


@login_not_required
@require_safe
@vary_on_headers("Cookie", "Save-Data")
def employer(request, slug):
    """One employer: what it does, where, what is known and from whom. Waiting and suspended ones are for their members."""
    found = get_object_or_404(
        Employer.objects.select_related("care_setting", "group", "merged_into").prefetch_related("sites"), slug=slug
    )
    if not found.is_public and not _may_look(found, request.user):
        if found.merged_into is not None and found.merged_into.is_public:
            return redirect(found.merged_into, permanent=True)
        if found.closed_at is not None and not found.is_suspended:
            return gone(request, _("This employer is gone from the registers we read, so it is no longer shown here."))
        if found.is_suspended and (found.is_approved or found.listed_from == Employer.ListedFrom.REGISTER):
            return gone(request, _("This employer is no longer shown here."))
        raise Http404
    return render(request, "employers/employer.html", {"page": EmployerPage(found, request.GET, at=timezone.now())})


def _may_look(found, user):
    if not user.is_authenticated:
        return False
    return found.memberships.filter(user=user).exists() or user.has_perm("employers.view_employer")
