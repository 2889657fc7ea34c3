"""Common questions, and where the facts come from."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.pages import faq as faq_page
from careers.pages import sources as sources_page


@require_safe
@login_not_required
def faq(request):
    """Questions of people looking for work, of employers and of everyone, with answers."""
    return render(request, "careers/faq.html", faq_page.faq())


@require_safe
@login_not_required
def sources(request):
    """Every source: what it is, how well it knows, what it supports, and the pages that rely on it."""
    page = sources_page.sources(tier=request.GET.get("tier", ""), at=timezone.now())
    return render(request, "careers/sources.html", page)
