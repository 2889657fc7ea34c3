"""Joining two accounts of one person: type the other address, type the code mailed there, look, join."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import mailcodes, merging
from accounts.forms import ConfirmCodeForm
from accounts.limits import is_over_limit
from accounts.privacy_forms import AddressForm
from careerportal.outbox.tasks import wake

PURPOSE = "merge"
_PROVEN = "merge_proven"  # in the session: the number of the account whose code was typed
# Kinds of the copy of data, in words; others are shown by their own name.
WORDS = {
    "alerts": gettext_lazy("email alerts"),
    "career-news": gettext_lazy("career news"),
    "mail": gettext_lazy("what we mailed you, so that nothing comes twice"),
    "memberships": gettext_lazy("organizations you act for"),
    "invitations": gettext_lazy("invitations"),
    "stops": gettext_lazy("mail you stopped"),
    "saved-openings": gettext_lazy("saved openings"),
    "saved-employers": gettext_lazy("saved employers"),
    "applications": gettext_lazy("applications you track"),
    "profile": gettext_lazy("profile"),
    "profile-licenses": gettext_lazy("licenses in the profile"),
    "resume-lines": gettext_lazy("lines of your one-page resume"),
    "kept-answers": gettext_lazy("answers you kept"),
    "inquiries": gettext_lazy("conversations with employers"),
    "inquiry-messages": gettext_lazy("messages in them"),
    "resumes": gettext_lazy("resumes"),
}


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def me_merge(request):
    """Each step is one button: send, code, join, or cancel."""
    what = request.POST.get("do", "")
    context = {"tab": "merge", "form": AddressForm(), "code_form": ConfirmCodeForm()}
    if request.method == "POST":
        step = {"send": _send, "code": _code, "join": _join, "cancel": _cancel}.get(what, _cancel)
        if step(request, context):
            return redirect("me_merge")
    gone = _proven(request)
    if gone is not None:
        context["refusal"] = merging.refusal(request.user, gone)
        moves = merging.preview(gone)
        context["moves"] = [(WORDS.get(name, name.replace("-", " ")), number) for name, number in moves]
    context |= {"gone": gone, "waiting": mailcodes.is_waiting(request, PURPOSE)}
    return render(request, "accounts/merge.html", context)


def _send(request, context):
    """Mail a code to the other address; the answer is the same whether there is an account."""
    form = context["form"] = AddressForm(request.POST)
    if not form.is_valid():
        return False
    address = form.cleaned_data["email"]
    if is_over_limit(request, "mail_code"):
        form.add_error("email", _("We have just sent several codes. Use the newest, or wait ten minutes."))
        return False
    request.session.pop(_PROVEN, None)
    if is_over_limit(request, "mail_code_to", key=address):
        mailcodes.begin(request, purpose=PURPOSE)  # nobody's inbox is filled, and nobody learns whose
        return True
    gone = merging.account_of(address)
    mailcodes.send(
        request,
        purpose=PURPOSE,
        about=gone.pk if gone else 0,
        address=address,
        mail="merge_code" if gone else "merge_none",
    )
    return True


def _code(request, context):
    form = context["code_form"] = ConfirmCodeForm(request.POST)
    if not form.is_valid():
        return False
    proven = mailcodes.check(request, PURPOSE, form.cleaned_data["code"])
    if not proven:
        form.add_error("code", _("That is not the newest code, or it is too old. Ask for a new one."))
        return False
    request.session[_PROVEN] = proven
    return True


def _join(request, context):
    gone = _proven(request)
    if gone is None:
        messages.error(request, _("That took too long. Please begin again."))
        return True
    try:
        merging.merge(kept=request.user, gone=gone, now=timezone.now())
    except merging.MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        wake("account")
        messages.success(request, _("Done. Everything is in this account now."))
    request.session.pop(_PROVEN, None)
    return True


def _cancel(request, context):
    mailcodes.forget(request, PURPOSE)
    request.session.pop(_PROVEN, None)
    return True


def _proven(request):
    return get_user_model().objects.filter(pk=request.session.get(_PROVEN, 0)).first()
