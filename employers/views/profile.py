"""What an organization says about itself, and its inbox address."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from careerportal.outbox import tasks as outbox
from employers import inbox, profile, team_emails, verification
from employers.emails import STREAM
from employers.forms.profile import ProfileForm
from employers.forms.team import InboxForm
from employers.models import Employer, Verification
from employers.views.membership import employer_of

OWNERS_ONLY = ("name", "website")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request, slug):
    """The public profile; a new name or website waits for a check, the rest is saved at once."""
    employer, membership = employer_of(request, slug, to_change=request.method == "POST")
    reason = profile.refusal(employer)
    present = Employer.objects.get(pk=employer.pk)  # the form writes what was typed into it; it is not saved
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=present)
    for name, field in form.fields.items():
        field.disabled = (
            bool(reason) or not membership.may_edit or (name in OWNERS_ONLY and membership.access != "owner")
        )
    if request.method == "POST" and reason:
        form.add_error(None, reason)
    elif request.method == "POST" and form.is_valid() and _save(request, employer, form):
        return redirect("hiring_profile", slug=employer.slug)
    return _page(request, employer, membership, form, reason)


def _save(request, employer, form):
    """Save the profile and say how it went; False with the reason in the form when it was refused."""
    typed = form.cleaned_data
    try:
        waits = profile.change(
            employer=employer, name=typed["name"], website=typed["website"], details=form.details(), by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except (profile.ProfileRefused, verification.VerificationRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    if waits is None:
        messages.success(request, _("Your profile is saved."))
    else:
        messages.info(
            request, _("Saved. The new name or website waits for a check; until then everyone sees the present one.")
        )
    return True


def _page(request, employer, membership, form, reason, inbox_form=None):
    waits = employer.verifications.filter(status=Verification.Status.OPEN, reason=Verification.Reason.CHANGE).first()
    waiting = inbox.waiting_address(employer)
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "profile",
        "form": form,
        "reason": reason,
        "waits": waits,
        "inbox_form": inbox_form or InboxForm(initial={"email": waiting or employer.inbox}, prefix="inbox"),
        "inbox_waiting": waiting,
    }
    return render(request, "employers/hiring/profile.html", context)


@never_cache
@require_POST
def inbox_set(request, slug):
    """Ask for another inbox address, or for its confirmation mail once more; owners only."""
    employer, membership = employer_of(request, slug, as_owner=True)
    return _inbox_set(request, employer, membership)


@reauthentication_required
def _inbox_set(request, employer, membership):
    form, now = InboxForm(request.POST, prefix="inbox"), timezone.now()
    if form.is_valid():
        try:
            employer = inbox.want(employer=employer, email=form.cleaned_data["email"], by=request.user, now=now)
        except inbox.InboxRefused as refusal:
            form.add_error("email", str(refusal))
    if not form.is_valid():
        return _page(request, employer, membership, ProfileForm(instance=employer), profile.refusal(employer), form)
    if not inbox.waiting_address(employer):
        messages.success(request, _("Your inbox address is saved."))
    elif team_emails.send_inbox_confirmation(employer, now=now):
        outbox.wake(STREAM)
        messages.success(
            request, _("We mailed a button to this address. It is used once somebody there has pressed it.")
        )
    else:
        messages.info(
            request, _("A mail went to this address within this hour already. Look there, also in the spam folder.")
        )
    return redirect("hiring_profile", slug=employer.slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inbox_confirm(request, token):
    """The button in the mail to an inbox address. Who reads a shared mailbox needs no account."""
    employer, mark = inbox.employer_of(token)
    if employer is None:
        raise Http404
    refusal, done = "", False
    if request.method == "POST":
        try:
            inbox.confirm(employer=employer, mark=mark, now=timezone.now())
        except inbox.InboxRefused as refused:
            refusal = str(refused)
        else:
            done = True
    elif employer.inbox and inbox.address_mark(employer, employer.inbox) == mark:
        done = True
    elif inbox.waiting_mark(employer) != mark:
        refusal = _("This link is old: the organization has chosen another address since.")
    context = {"employer": employer, "refusal": refusal, "done": done}
    return render(request, "employers/hiring/inbox_confirm.html", context)
