"""Licenses, certificates and training that help."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from careers.pages import pathways as pages


@require_safe
@login_not_required
def credentials(request):
    """All credentials worth knowing, by kind."""
    return render(request, "careers/credentials.html", pages.credentials())


@require_safe
@login_not_required
def credential(request, slug):
    """One credential: who gives it, what it takes, what it opens."""
    page = pages.credential(slug, today=localdate())
    if page is None:
        raise Http404("There is no credential with this name.")
    return render(request, "careers/credential.html", page)
