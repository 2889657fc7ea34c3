"""Claiming an employer's entry: what it takes, and the form that asks."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careerportal.outbox import tasks as outbox
from employers import directory_cards, evidence, verification
from employers.domains import automatic
from employers.forms.claim import ClaimForm
from employers.models import Employer, Verification


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request, slug):
    """Say what proof counts for this employer; for someone signed in, take the claim."""
    employer = get_object_or_404(Employer.objects.public(), slug=slug)
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return _page(request, employer, form=None)
    if employer.memberships.filter(user=request.user).exists():
        return redirect("hiring_employer", slug=employer.slug)
    if Verification.objects.filter(employer=employer, user=request.user, status="open").exists():
        return redirect("hiring_verification", slug=employer.slug)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, employer, form=form)
    if not consume(request, action="portal_registration"):
        form.add_error(None, _("That is a lot of requests in an hour. Please try again later; what you typed is kept."))
        return _page(request, employer, form=form)
    try:
        asked = verification.claim(
            employer=employer, user=request.user, statement=form.cleaned_data["statement"], now=timezone.now()
        )
    except verification.VerificationRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, employer, form=form)
    outbox.wake("employer")
    if asked.status == Verification.Status.APPROVED:
        messages.success(request, _("You are verified. You can publish openings now."))
        return redirect("hiring_employer", slug=employer.slug)
    messages.success(request, _("We have your request. Choose below how you show that you act for this organization."))
    return redirect("hiring_verification", slug=employer.slug)


def _page(request, employer, *, form):
    entries = employer.register_entries.filter(closed_at=None).select_related("kind").order_by("-register_date", "pk")
    addresses = verification.confirmed_addresses(request.user) if request.user.is_authenticated else []
    at_once = next((one for one in addresses if automatic(one.rpartition("@")[2], employer)), "")
    site = employer.sites.filter(closed_at=None).order_by("pk").first()
    context = {
        "employer": employer,
        "form": form,
        "site": site,
        "registers": list(dict.fromkeys(directory_cards.register_text(entry) for entry in entries)),
        "phones": evidence.phones_of(employer),
        "addresses": addresses,
        "at_once": at_once,
        "has_team": employer.is_approved and employer.memberships.exists(),
    }
    return render(request, "employers/claim.html", context)
