"""What was typed when a session had ended: kept with the browser's session until its owner has signed in again.

It is kept on the server, for an hour and for the one page it was sent to. Signing out forgets it.
"""

from functools import wraps

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils import timezone

from employers import typed

_KEY = "typed_before_signing_in"
KEPT_S = 60 * 60
MOST_FIELDS = 60
MOST_CHARACTERS = 100_000


def keeps_what_was_typed(view):
    """A private page whose form survives that the session ended: who is signed out goes to sign in and comes back."""

    @login_not_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        if "autosave" in request.POST:
            return HttpResponse(status=401)
        if consume(request, action="portal_keep_typed"):
            _park(request)
        return redirect_to_login(request.path)

    return guarded


def _park(request):
    values = {name: typed.cleaned(texts) for name, texts in list(request.POST.lists())[:MOST_FIELDS]}
    values.pop("csrfmiddlewaretoken", None)
    if sum(len(text) for texts in values.values() for text in texts) <= MOST_CHARACTERS:
        request.session[_KEY] = {"path": request.path, "at": timezone.now().timestamp(), "values": values}


def parked(request):
    """Return what was typed on this page before signing in (lists of texts by name), or None."""
    found = request.session.get(_KEY)
    if not found or found["path"] != request.path or found["at"] < timezone.now().timestamp() - KEPT_S:
        return None
    return found["values"]


def forget(request):
    """Forget what was kept for this page: it has been sent again."""
    if (request.session.get(_KEY) or {}).get("path") == request.path:
        del request.session[_KEY]
