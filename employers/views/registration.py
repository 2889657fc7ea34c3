"""The one start page for employers: what it takes, finding one's organization, and registering a new one."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careerportal.outbox import tasks as outbox
from employers import finding, organizations, verification, waits
from employers.forms import RegistrationForm
from employers.forms.finding import FindingForm

_KEPT = "employers_registration"  # what someone typed before they had to sign in
_KEPT_MAX_CHARACTERS = 8_000


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Say what it takes and find the organization among those we know; a posted form registers a new one."""
    if request.method == "POST":
        return register_new(request)
    form, found = FindingForm(request.GET or None), None
    if request.GET and form.is_valid() and form.asks_something:
        found = finding.find(**form.wanted, at=timezone.now())
    context = {
        "form": form,
        "found": found,
        "typed": form.cleaned_data.get("q", "") if found is not None else "",
    }
    return render(request, "employers/register.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_new(request):
    """For someone signed in: take the form and make an organization that waits."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    if request.method != "POST":
        named = {"name": request.GET["name"][:160]} if "name" in request.GET else None
        return _form(request, RegistrationForm(initial=request.session.pop(_KEPT, None) or named))
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    if not consume(request, action="portal_registration"):
        form.add_error(None, _("That is a lot of requests in an hour. Please try again later; what you typed is kept."))
        return _form(request, form)
    try:
        asked = verification.register(user=request.user, now=timezone.now(), **form.details())
    except organizations.OrganizationRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("hiring")
    except verification.VerificationRefused as refusal:
        form.add_error(None, str(refusal))
        return _form(request, form)
    outbox.wake("employer")
    messages.success(
        request,
        _("%(name)s is registered. A person checks it, %(when)s.")
        % {"name": asked.employer.name, "when": waits.usually()},
    )
    return redirect("hiring_verification", slug=asked.employer.slug)


def _form(request, form):
    return render(request, "employers/register_new.html", {"form": form})


def _sign_in_first(request):
    """The page for people without a session; a form sent without one is kept until they have signed in."""
    if request.method != "POST":
        return render(request, "employers/register_sign_in.html")
    typed = {name: request.POST.get(name, "") for name in RegistrationForm.base_fields}
    if sum(map(len, typed.values())) <= _KEPT_MAX_CHARACTERS:
        request.session[_KEPT] = typed
    messages.info(request, _("Please sign in. What you typed is kept."))
    return redirect_to_login(reverse("employer_register_new"))
