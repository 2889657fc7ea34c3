"""How an organization registers: the page that says what it takes, and the form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers import organizations
from employers.forms import RegistrationForm

_KEPT = "employers_registration"  # what someone typed before they had to sign in
_KEPT_MAX_CHARACTERS = 8_000


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Say what registering takes; for someone signed in, take the form and make an organization that waits."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    if request.method != "POST":
        named = {"name": request.GET["name"][:160]} if "name" in request.GET else None  # from "Claim this page"
        form = RegistrationForm(initial=request.session.pop(_KEPT, None) or named)
        return render(request, "employers/register.html", {"form": form})
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return render(request, "employers/register.html", {"form": form})
    try:
        employer = organizations.register(user=request.user, **form.details())
    except organizations.OrganizationRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("hiring")
    messages.success(
        request,
        _("%(name)s is registered. A person checks it, usually within 2 working days. You can prepare openings now.")
        % {"name": employer.name},
    )
    return redirect("hiring_employer", slug=employer.slug)


def _sign_in_first(request):
    """The page for people without a session; a form sent without one is kept until they have signed in."""
    if request.method != "POST":
        return render(request, "employers/register_sign_in.html")
    typed = {name: request.POST.get(name, "") for name in RegistrationForm.base_fields}
    if sum(map(len, typed.values())) <= _KEPT_MAX_CHARACTERS:
        request.session[_KEPT] = typed
    messages.info(request, _("Please sign in. What you typed is kept."))
    return redirect_to_login(request.get_full_path())
