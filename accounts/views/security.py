"""A person's own safety: what protects the account, confirming once more by mail, deleting the account."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import confirming, erasure
from accounts.addresses import verified_address, verified_addresses
from accounts.forms import ConfirmCodeForm
from accounts.limits import is_over_limit
from accounts.models import JobAlert
from accounts.staffgate import has_second_step
from careerportal.outbox.models import normalize_address

Type = Authenticator.Type


@never_cache
@require_safe
def me_security(request):
    """Make your account safer: each protection, whether it is on, and the way to it."""
    held = list(Authenticator.objects.filter(user=request.user))
    recovery = next((one for one in held if one.type == Type.RECOVERY_CODES), None)
    context = {
        "is_safe": has_second_step(request.user),
        "app": any(one.type == Type.TOTP for one in held),
        "keys": sum(one.type == Type.WEBAUTHN for one in held),
        "codes_left": len(recovery.wrap().get_unused_codes()) if recovery else 0,
        "has_password": request.user.has_usable_password(),
        "address": verified_address(request.user),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "accounts/security.html", context)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class ConfirmByCode(BaseReauthenticateView):
    """Confirm that it is you, by a code that is mailed when the button is pressed."""

    template_name = "accounts/security_confirm.html"
    form_class = ConfirmCodeForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "address": verified_address(self.request.user),
            "waiting": confirming.is_waiting(self.request),
        }

    def post(self, request, *args, **kwargs):
        """The button "Email me a code", or the code."""
        if request.POST.get("do") != "send":
            return super().post(request, *args, **kwargs)
        refusal = ""
        if is_over_limit(request, "confirm_send"):
            refusal = _("We have just sent you several codes. Use the newest, or wait ten minutes.")
        elif not confirming.send_code(request):
            refusal = _("Confirm your email address first, so that we know where to send the code.")
        return self.render_to_response(self.get_context_data(form=self.form_class(), refusal=refusal))

    def form_valid(self, form):
        """The right code lets the person go on with what they were about to do."""
        if not confirming.check_code(self.request, form.cleaned_data["code"]):
            form.add_error("code", _("That is not the newest code, or it is too old. Ask for a new one."))
            return self.form_invalid(form)
        return super().form_valid(form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def me_delete(request):
    """Delete the account: a GET says what goes and what stays, a POST deletes after confirming once more."""
    refusal = erasure.refusal(request.user)
    if request.method == "POST" and not refusal:
        try:
            erasure.erase_account(user=request.user, now=timezone.now())
        except erasure.ErasureRefused as refused:
            refusal = str(refused)
        else:
            logout(request)
            return redirect("me_deleted")
    addresses = [normalize_address(address) for address in verified_addresses(request.user)]
    mine = Q(recipient__address__in=addresses) | Q(recipient__user=request.user)
    context = {
        "refusal": refusal,
        "alerts": JobAlert.objects.filter(mine).exclude(state=JobAlert.State.STOPPED).count(),
        "memberships": request.user.memberships.select_related("employer").order_by("employer__name", "pk"),
    }
    return render(request, "accounts/security_delete.html", context)


@login_not_required
@require_safe
def me_deleted(request):
    """The account is gone."""
    return render(request, "accounts/security_deleted.html")
