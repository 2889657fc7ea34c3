"""Leave to look: given and ended by the seeker on their page, used by support on theirs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import supporting
from accounts.limits import is_over_limit
from accounts.models import SupportGrant
from accounts.privacy_forms import GrantForm, SupportAskForm
from careerportal.outbox.tasks import wake

SHOWN_AT_MOST = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_support(request):
    """What support may see of mine, until when, and when somebody looked; give leave, answer a request, take it back."""
    now = timezone.now()
    form = GrantForm()
    if request.method == "POST":
        try:
            done = _act(request, now)
        except supporting.SupportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("me_support")
        if done:
            messages.success(request, done)
            return redirect("me_support")
        form = GrantForm(request.POST)
    grants = list(SupportGrant.objects.filter(user=request.user).newest_first()[:SHOWN_AT_MOST])
    looks = supporting.looks(grants)
    rows = [{"grant": grant, "state": _state(grant, now), "looks": looks.get(grant.pk, [])} for grant in grants]
    return render(request, "accounts/support.html", {"tab": "support", "form": form, "rows": rows})


def _state(grant, now):
    if grant.ended_at:
        return "ended"
    if grant.granted_at is None:
        return "asked"
    return "live" if grant.until > now else "over"


def _act(request, now):
    """Carry out one button; return what to say, "" for a form with errors. Raises SupportRefused."""
    what = request.POST.get("do")
    if what == "give":
        form = GrantForm(request.POST)
        if not form.is_valid():
            return ""
        supporting.give(user=request.user, reason=form.cleaned_data["reason"], days=form.cleaned_data["days"], now=now)
        return _("Support may look at your page now. You can end it here at any time.")
    number = request.POST.get("grant", "")
    mine = SupportGrant.objects.filter(user=request.user)
    grant = get_object_or_404(mine, pk=int(number) if number.isdigit() else 0)
    if what == "allow":
        supporting.allow(grant=grant, now=now)
        return _("Support may look at your page now. You can end it here at any time.")
    supporting.end(grant=grant, now=now)
    return _("Ended. Nobody of support can look any more.")


def _staff_only(request):
    """Raises PermissionDenied for those who may not look under a grant."""
    if not (request.user.is_staff and request.user.has_perm(supporting.PERMISSION)):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_desk(request):
    """Support's list: live leave and open requests, and asking a person for leave."""
    _staff_only(request)
    now = timezone.now()
    form = SupportAskForm()
    if request.method == "POST":
        form = SupportAskForm(request.POST)
        if is_over_limit(request, "support"):
            form.add_error(None, _("That is a lot of requests. Please wait a while."))
        elif form.is_valid():
            asked = form.cleaned_data
            try:
                supporting.ask(
                    address=asked["email"], reason=asked["reason"], days=asked["days"], by=request.user, now=now
                )
            except supporting.SupportRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                wake("account")
                messages.success(request, _("If this address has an account, the person is asked now."))
                return redirect("support_desk")
    live = SupportGrant.objects.live(at=now).newest_first()
    asked = SupportGrant.objects.asked().filter(asked_by=request.user).newest_first()
    return render(request, "accounts/support_desk.html", {"form": form, "live": live, "asked": asked})


@never_cache
@require_safe
def support_look(request, pk):
    """A seeker's page under a live grant; each look is noted and shown to the seeker. 404 without one."""
    _staff_only(request)
    found = supporting.look(grant_id=pk, by=request.user, now=timezone.now())
    if found is None:
        raise Http404
    grant, tables = found
    return render(request, "accounts/support_look.html", {"grant": grant, "tables": tables})
