"""Staff pages open only after a second step."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_step(user):
    """Whether an app or a key protects this account."""
    return is_mfa_enabled(user, types=SECOND_STEPS)


def used_second_step(request):
    """Whether this session has passed a second step: an app, a key, a passkey or a recovery code."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


class StaffSecondStep:
    """Middleware: leads staff without a second step to set one up, and asks for it, before any of settings.STAFF_PATHS."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Strangers and people who are no staff go on to the page itself, which sends them to sign in or refuses them."""
        if not request.path.startswith(settings.STAFF_PATHS) or not request.user.is_staff:
            return None
        if not has_second_step(request.user):
            return redirect("me_security")  # which says why
        if not used_second_step(request):
            way = "mfa_reauthenticate"
            if not is_mfa_enabled(request.user, types=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]):
                way = "mfa_reauthenticate_webauthn"
            return redirect(f"{reverse(way)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
        return None
