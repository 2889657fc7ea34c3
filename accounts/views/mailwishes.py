"""Mail preferences: for people with an account, and by a link from a mail for everybody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import erasure, mailcodes, mailwishes, ownership
from accounts.forms import ConfirmCodeForm
from accounts.limits import is_over_limit
from accounts.privacy_forms import ConsentForm
from accounts.tokens import MAIL_WISHES, read_token
from accounts.views.alerts import secret_address
from careerportal.outbox import moving
from careerportal.outbox.models import Recipient
from careerportal.outbox.models.recipients import Suppression

BOUNCE, COMPLAINT = "mail_bounce", "mail_complaint"


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def me_mail(request):
    """My mail: streams, subjects, and what keeps us from mailing."""
    now = timezone.now()
    recipient = ownership.settle(request.user, now=now) if request.method == "POST" else _mine(request.user)
    context = {"tab": "mail", "recipient": recipient, "code_form": ConfirmCodeForm(), "consent_form": ConsentForm()}
    if request.method == "POST" and recipient is not None:
        done = _act(request, recipient, now, context)
        if done:
            messages.success(request, done)
        if done is not None:
            return redirect("me_mail")
    if recipient is not None:
        context |= _shown(recipient, now) | {
            "bounce_waits": mailcodes.is_waiting(request, BOUNCE),
            "complaint_waits": mailcodes.is_waiting(request, COMPLAINT),
        }
    return render(request, "accounts/mail.html", context)


def _mine(user):
    return Recipient.objects.filter(user=user).first()


def _shown(recipient, now):
    held = mailwishes.held(recipient)
    return {
        "wishes": mailwishes.wishes(recipient),
        "alerts_on": mailwishes.alerts_on(recipient, now=now),
        "bounced": [one for one in held if one.reason in mailwishes.CURABLE],
        "complained": [one for one in held if one.reason == Suppression.Reason.COMPLAINT],
        "by_hand": [one for one in held if one.reason == Suppression.Reason.MANUAL],
    }


def _act(request, recipient, now, context):
    """Carry out one button; return what to say, "" for nothing, None to show the page with the errors in `context`."""
    what = request.POST.get("do")
    if what in ("bounce", "complaint"):
        return _send_code(request, recipient, now, context, what)
    if what in ("bounce-code", "complaint-code"):
        return _check_code(request, recipient, now, context, what)
    wanted = set(request.POST.getlist("stream"))
    mailwishes.choose(
        recipient=recipient, wanted=wanted, is_discreet="discreet" in request.POST, is_verified=True, now=now
    )
    return _("Saved.")


def _send_code(request, recipient, now, context, what):
    purpose = BOUNCE if what == "bounce" else COMPLAINT
    if what == "complaint":
        form = context["consent_form"] = ConsentForm(request.POST)
        if not form.is_valid():
            return None
    if is_over_limit(request, "mail_code"):
        messages.error(request, _("We have just sent you several codes. Use the newest, or wait ten minutes."))
        return ""
    try:
        if what == "bounce":
            mailwishes.try_again(recipient=recipient, now=now, actor=request.user)
    except mailwishes.MailRefused as refusal:
        messages.error(request, str(refusal))
        return ""
    mailcodes.send(request, purpose=purpose, about=recipient.pk, address=recipient.address, mail="mail_again_code")
    return ""


def _check_code(request, recipient, now, context, what):
    purpose = BOUNCE if what == "bounce-code" else COMPLAINT
    form = context["code_form"] = ConfirmCodeForm(request.POST)
    if not form.is_valid():
        return None
    if mailcodes.check(request, purpose, form.cleaned_data["code"]) != recipient.pk:
        form.add_error("code", _("That is not the newest code, or it is too old. Ask for a new one."))
        return None
    if what == "bounce-code":
        mailwishes.cure(recipient=recipient, now=now, actor=request.user)
    else:
        mailwishes.ask_again(recipient=recipient, now=now, actor=request.user)
    return _("Thank you. Our mail comes again.")


@login_not_required
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def mail_by_link(request, token):
    """The same choices for the reader of a mail, without signing in. The token acts on its recipient and nothing else."""
    pk = read_token(MAIL_WISHES, token)
    recipient = Recipient.objects.filter(pk=moving.current(pk), address__isnull=False).first() if pk else None
    if recipient is None:
        raise Http404
    now = timezone.now()
    if request.method == "POST" and request.POST.get("do") == "forget":
        return _forget(request, recipient, token, now)
    if request.method == "POST":
        wanted = set(request.POST.getlist("stream"))
        mailwishes.choose(
            recipient=recipient, wanted=wanted, is_discreet="discreet" in request.POST, is_verified=False, now=now
        )
        messages.success(request, _("Saved."))
        return redirect("mail_by_link", token=token)
    context = {
        "recipient": recipient,
        "action": reverse("mail_by_link", args=[token]),
        "has_account": erasure.has_account(recipient),
        **_shown(recipient, now),
    }
    return render(request, "accounts/mail_by_link.html", context)


def _forget(request, recipient, token, now):
    """Erase what is kept of somebody without an account; the links in their mails lead nowhere from then on."""
    try:
        erasure.forget_address(recipient=recipient, now=now)
    except erasure.ErasureRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("mail_by_link", token=token)
    return render(request, "accounts/mail_forgotten.html")
