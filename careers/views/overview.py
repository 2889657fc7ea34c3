"""The information pages: what the work is, the two roles side by side, one role."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.pages import overview as pages

# Miles offered beside a ZIP code in "Find a Local Employer"; the directory takes others too.
MILES_OFFERED = (5, 10, 25, 50, 100)
MILES_FIRST = 25


@require_safe
@login_not_required
def overview(request):
    """Care coordinators and managers: the page this portal grew from."""
    choices = {"miles_offered": MILES_OFFERED, "miles_first": MILES_FIRST}
    return render(request, "careers/overview.html", {**pages.overview(), **choices})


@require_safe
@login_not_required
def compare(request):
    """Care coordination and care management line by line."""
    return render(request, "careers/compare.html", pages.compare())


@require_safe
@login_not_required
def role(request, slug):
    """One role: what it is, a day, what it takes, where it leads."""
    page = pages.role(slug)
    if page is None:
        raise Http404("There is no role page with this name.")
    return render(request, "careers/role.html", page)
