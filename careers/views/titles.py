"""Job titles: the A to Z and one title."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.pages import titles as pages


@require_safe
@login_not_required
def titles(request):
    """Every title from A to Z, narrowed by a word, role, setting or license."""
    return render(request, "careers/titles.html", pages.titles(request.GET))


@require_safe
@login_not_required
def title(request, slug):
    """One title: what it means, what it asks, where it is used, what is open."""
    page = pages.title(slug)
    if page is None:
        raise Http404("There is no job title with this name.")
    return render(request, "careers/title.html", page)
