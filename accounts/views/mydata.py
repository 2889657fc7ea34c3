"""A copy of one's own data: ask for it, wait a moment, download it once."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import datacopy
from accounts.limits import is_over_limit
from accounts.models import DataExport
from accounts.tasks import make_copy
from accounts.views.alerts import secret_address

_TOKENS = "data_copy"  # in the session of who asked: the token of the newest copy; the table holds its hash


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def me_data(request):
    """What a copy holds and how far it is; POST asks for one."""
    now = timezone.now()
    if request.method == "POST":
        if is_over_limit(request, "data_copy"):
            messages.error(request, _("You have made several copies today. Please come back tomorrow."))
        else:
            asked = datacopy.ask(user=request.user, now=now)
            request.session[_TOKENS] = asked.token
            make_copy.delay_on_commit(asked.export.pk)
        return redirect("me_data")
    return render(request, "accounts/data.html", _standing(request, now))


def _standing(request, now):
    """Where the newest copy stands: "", "packing", "stuck", "ready", "elsewhere" (asked for on another device), "over"."""
    export = DataExport.objects.filter(user=request.user).first()
    token = request.session.get(_TOKENS, "")
    state = ""
    if export is not None:
        if export.fetched_at or (export.expires_at and export.expires_at <= now):
            state = "over"
        elif not export.ready_at:
            state = "stuck" if export.asked_at <= now - datacopy.STUCK else "packing"
        else:
            state = "ready" if datacopy.is_token_of(export, token) else "elsewhere"
    return {"export": export, "state": state, "token": token, "tab": "data"}


@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def me_data_file(request, token):
    """The link of one copy: a GET shows the button, a POST hands the file out, once."""
    if request.method != "POST":
        return redirect("me_data")
    now = timezone.now()
    try:
        content = datacopy.fetch(user=request.user, token=token, now=now)
    except datacopy.CopyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("me_data")
    request.session.pop(_TOKENS, None)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{localdate(now).isoformat()}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
