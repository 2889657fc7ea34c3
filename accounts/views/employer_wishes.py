"""Invite an employer: a page that says what happens, and a button that counts a wish."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import employer_wishes
from accounts.limits import is_over_limit
from employers.models import Employer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def employer_invite(request, slug):
    """Say what an invitation is; count it when the button is pressed."""
    employer = get_object_or_404(Employer.objects.public(), slug=slug)
    if request.method != "POST":
        return render(request, "accounts/employer_invite.html", {"employer": employer})
    if is_over_limit(request, "employer_wish"):
        return render(
            request, "accounts/employer_invite.html", {"employer": employer, "is_too_often": True}, status=429
        )
    employer_wishes.wish(
        employer=employer,
        address=get_adapter(request).get_client_ip(request) or "",
        browser=request.headers.get("User-Agent", "")[:400],
        now=timezone.now(),
    )
    return redirect("employer_invite_thanks", slug=employer.slug)


@login_not_required
@never_cache
@require_safe
def employer_invite_thanks(request, slug):
    """Says that the wish is counted, and how to hear when they list."""
    employer = get_object_or_404(Employer.objects.public(), slug=slug)
    return render(request, "accounts/employer_invite.html", {"employer": employer, "is_done": True})
