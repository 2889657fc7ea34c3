"""Care settings: all with the table of titles, and one setting."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.pages import settings as pages


@require_safe
@login_not_required
def settings(request):
    """Where the work is done, and which titles each place uses."""
    return render(request, "careers/settings.html", pages.settings())


@require_safe
@login_not_required
def setting(request, slug):
    """One setting: who hires, what it is like, which titles, what is open."""
    page = pages.setting(slug)
    if page is None:
        raise Http404("There is no care setting with this name.")
    return render(request, "careers/setting.html", page)
