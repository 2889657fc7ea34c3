"""What moderators wrote to an employer, and the answers: under /hiring/<slug>/messages/."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from employers import casetalk
from employers.casepage import about_text
from employers.forms.moderation import MessageForm
from employers.models import Employer, Verification
from employers.moderation import outcome_text


def _employer(request, slug):
    """The employer, for its members and for who asks to act for it. Raises Http404 for strangers, PermissionDenied for staff."""
    employer = get_object_or_404(Employer, slug=slug)
    asked = Verification.objects.filter(employer=employer, user=request.user)
    if not employer.memberships.filter(user=request.user).exists() and not asked.exists():
        if request.user.is_staff:
            raise PermissionDenied(_("You don't act for this employer. Moderators write from the case."))
        raise Http404
    return employer


@never_cache
@require_safe
def case_messages(request, slug):
    """All conversations with the moderators, the newest first."""
    employer = _employer(request, slug)
    cases = [
        {"case": case, "about": about_text(case), "outcome": outcome_text(case)}
        for case in casetalk.told_to(request.user, employer)[:100]
    ]
    return render(request, "employers/hiring/messages.html", {"employer": employer, "cases": cases})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_message(request, slug, pk):
    """One conversation, and the form for an answer."""
    employer = _employer(request, slug)
    case = get_object_or_404(casetalk.told_to(request.user, employer), pk=pk)
    may_answer = casetalk.may_answer(request.user, case)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_answer:
            raise PermissionDenied(_("You may read this, but only an owner or a recruiter answers."))
        if form.is_valid():
            try:
                casetalk.answer(case=case, by=request.user, text=form.cleaned_data["text"], now=timezone.now())
            except casetalk.TalkRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your answer is with the moderators."))
                return redirect("hiring_message", slug=slug, pk=pk)
    context = {
        "employer": employer,
        "case": case,
        "about": about_text(case),
        "outcome": outcome_text(case),
        "said": case.messages.filter(is_internal=False).order_by("created_at", "pk"),
        "may_answer": may_answer,
        "form": form,
    }
    return render(request, "employers/hiring/message.html", context)
