"""Proving an address by a mailed code while one is signed in: for merging accounts and for mail that was stopped.

The session holds the code's keyed hash, when it was sent, wrong tries, and the number of what it is about; no address.
"""

import time

from allauth.account.adapter import get_adapter
from django.utils.crypto import constant_time_compare, salted_hmac

LIFETIME_S = 15 * 60
TRIES = 3


def send(request, *, purpose: str, about: int, address: str, mail: str) -> None:
    """Mail a new code to `address` with the mail `mail` (a prefix of templates); an earlier one no longer works.

    `about` is the number of what the code will prove; 0 when there is nothing to prove, and then no code ever fits.
    """
    adapter = get_adapter()
    code = adapter.generate_login_code()
    digest = _hash(request, purpose, about, code) if about else ""
    request.session[_key(purpose)] = {"hash": digest, "about": about, "at": time.time(), "tries": 0}
    adapter.send_mail(f"account/email/{mail}", address, {"code": code} if about else {})


def begin(request, *, purpose: str) -> None:
    """Look as if a code had been sent, where none may be."""
    request.session[_key(purpose)] = {"hash": "", "about": 0, "at": time.time(), "tries": 0}


def is_waiting(request, purpose: str) -> bool:
    """True while a code that was sent can still be typed."""
    state = request.session.get(_key(purpose))
    return bool(state) and state["tries"] < TRIES and state["at"] + LIFETIME_S > time.time()


def check(request, purpose: str, code: str) -> int:
    """The number of what the code proves, 0 for a wrong one, which counts as a try. A right one is used up."""
    if not is_waiting(request, purpose):
        return 0
    state = request.session[_key(purpose)]
    if not state["about"] or not constant_time_compare(_hash(request, purpose, state["about"], code), state["hash"]):
        request.session[_key(purpose)] = state | {"tries": state["tries"] + 1}
        return 0
    del request.session[_key(purpose)]
    return state["about"]


def forget(request, purpose: str) -> None:
    """Let a code that was sent no longer count."""
    request.session.pop(_key(purpose), None)


def _key(purpose):
    return f"mailcode_{purpose}"


def _hash(request, purpose, about, code):
    typed = "".join(character for character in code.upper() if character.isalnum())
    asker = request.user.pk or 0
    return salted_hmac(f"accounts.mailcode.{purpose}", f"{asker}:{about}:{typed}", algorithm="sha256").hexdigest()
