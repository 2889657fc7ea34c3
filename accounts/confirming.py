"""Asking once more by a mailed code: for those with no second step, before they change what keeps an account safe."""

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.addresses import verified_address

STATE = "accounts_confirm_code"  # in the session: the code's keyed hash, when it was sent, wrong tries
LIFETIME_S = 15 * 60
TRIES = 3


def is_due(request):
    """True when the signed-in person has only mailed codes to prove who they are, and has not done so lately.

    Lately means within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds; signing in by a mailed code counts, and is noted as such
    in the session, so that it still counts a moment later when the first app or key has been added.
    """
    user = request.user
    if not user.is_authenticated or user.has_usable_password() or is_mfa_enabled(user):
        return False
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    lately = [one for one in get_authentication_records(request, user) if one["at"] > since and one["method"] == "code"]
    if lately and not any(one.get("reauthenticated") for one in lately):
        record_authentication(request, user, method="code", reauthenticated=True, at=lately[-1]["at"])
    return not lately


def send_code(request):
    """Mail a new code to the person's confirmed address; an earlier one no longer works. False without such an address."""
    address = verified_address(request.user)
    if not address:
        return False
    adapter = get_adapter()
    code = adapter.generate_login_code()
    request.session[STATE] = {"hash": _hash(request, code), "at": time.time(), "tries": 0}
    adapter.send_mail("account/email/confirm_code", address, {"code": code})
    return True


def is_waiting(request):
    """True while a code that was sent can still be typed."""
    state = request.session.get(STATE)
    return bool(state) and state["tries"] < TRIES and state["at"] + LIFETIME_S > time.time()


def check_code(request, code):
    """True when `code` is the one we sent, which then is used up and recorded as proof; False counts as a try."""
    if not is_waiting(request):
        return False
    state = request.session[STATE]
    if not constant_time_compare(_hash(request, code), state["hash"]):
        request.session[STATE] = state | {"tries": state["tries"] + 1}
        return False
    del request.session[STATE]
    record_authentication(request, request.user, method="code", reauthenticated=True)
    return True


def _hash(request, code):
    typed = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("accounts.confirm_code", f"{request.user.pk}:{typed}", algorithm="sha256").hexdigest()
