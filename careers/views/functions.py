"""What care coordinators and care managers do."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.pages import functions as pages


@require_safe
@login_not_required
def functions(request):
    """Every function, and who leads it more often."""
    return render(request, "careers/functions.html", pages.functions())
