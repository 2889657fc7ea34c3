"""The moderators' pages: the queue, one case, and the steps that can be taken with it."""

from functools import wraps

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careerportal.outbox import tasks as outbox
from employers import casetalk, evidence, letters, moderation
from employers.case_mail import STREAM
from employers.casepage import CasePage, QueuePage
from employers.forms.moderation import BlockForm, CallForm, DecisionForm, MendForm, MessageForm
from employers.models import Case, Employer, Evidence

PER_PAGE = 25


def moderators_only(view):
    """Let in staff with the right to decide cases; a second step is asked for by accounts.staffgate before that."""

    @never_cache
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not (request.user.is_staff and request.user.has_perm(moderation.MAY_DECIDE)):
            raise PermissionDenied(_("Only moderators work here."))
        return view(request, *args, **kwargs)

    return checked


def _case(request, pk):
    """The case, for somebody who may decide on it. Raises Http404 for a guest's foreign case, else PermissionDenied."""
    related = ("employer", "listing__title", "verification__user", "correction", "decided_by")
    case = get_object_or_404(Case.objects.select_related(*related), pk=pk)
    if not moderation.may_see(request.user, case):
        raise Http404
    if moderation.is_own(request.user, case):
        raise PermissionDenied(_("You belong to this organization, so someone else must decide on it."))
    return case


@moderators_only
@require_safe
def queue(request):
    """Everything that waits, urgent first, then the oldest; `?kind=` narrows it."""
    shown = QueuePage(request.user, kind=request.GET.get("kind", ""), now=timezone.now())
    page = Paginator(shown.cases(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"queue": shown, "page": page, "rows": shown.rows(page.object_list)}
    return render(request, "moderation/queue.html", context)


@moderators_only
@require_safe
def case(request, pk):
    """One case with all that is needed to decide it."""
    return _page(request, _case(request, pk))


def _page(request, case, *, status=200, **forms):
    shown = CasePage(case, request.user, now=timezone.now())
    context = {
        "page": shown,
        "case": case,
        "decision_form": DecisionForm(kind=case.kind),
        "question_form": MessageForm(auto_id="question_%s"),
        "note_form": MessageForm(auto_id="note_%s"),
        "call_form": CallForm(phones=shown.phones, auto_id="call_%s") if case.verification else None,
        "block_form": BlockForm(initial={"domain": shown.domain}, auto_id="block_%s"),
        "shown": moderation.shown_mark(case),
        **forms,
    }
    return render(request, "moderation/case.html", context, status=status)


@moderators_only
@require_POST
def decide(request, pk):
    """Take a decision; the first one wins."""
    found = _case(request, pk)
    form = DecisionForm(request.POST, kind=found.kind)
    if not form.is_valid():
        return _page(request, found, decision_form=form)
    try:
        decided = moderation.decide(
            case=found, by=request.user, decision=form.cleaned_data["decision"], words=form.said,
            shown=request.POST.get("shown", ""), now=timezone.now(),
        )  # fmt: skip
    except moderation.AlreadyDecided as refusal:
        messages.warning(request, str(refusal))
        return redirect("moderation_case", pk=found.pk)
    except moderation.DecisionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _case(request, pk), decision_form=form)  # as it is now
    outbox.wake(STREAM)
    messages.success(request, _("Decided: %(outcome)s.") % {"outcome": moderation.outcome_text(decided)})
    return redirect("moderation")


def _step(request, pk, step, done, refused):
    """Take one step with a case, say `done` or why not, and go back to its page."""
    found = _case(request, pk)
    try:
        step(found, timezone.now())
    except refused as refusal:
        messages.error(request, str(refusal))
    else:
        outbox.wake(STREAM)
        messages.success(request, done)
    return redirect("moderation_case", pk=found.pk)


@moderators_only
@require_POST
def say(request, pk):
    """Write to the employer, or with `internal` a note for staff."""
    is_internal = "internal" in request.POST
    said = request.POST.get("text", "")

    def step(found, now):
        casetalk.say(case=found, by=request.user, text=said, is_internal=is_internal, now=now)

    done = _("The note is kept for staff.") if is_internal else _("Your message is with the employer.")
    return _step(request, pk, step, done, casetalk.TalkRefused)


@moderators_only
@require_POST
def call(request, pk):
    """Keep how a call back on a register's number went."""
    found = _case(request, pk)
    if found.verification is None:
        raise Http404
    form = CallForm(request.POST, phones=evidence.phones_of(found.employer), auto_id="call_%s")
    if not form.is_valid():
        return _page(request, found, call_form=form)
    result, note = form.cleaned_data["result"], form.cleaned_data["note"]
    words = f"{dict(CallForm.RESULTS)[result]}. {note}"

    def step(one, now):
        if result == "not-reached":
            casetalk.say(case=one, by=request.user, text=words, is_internal=True, now=now)
        else:
            phone = form.cleaned_data["phone"]
            heard = {"phone": phone, "is_confirmed": result == "reached", "note": words}
            evidence.record_call(verification=one.verification, by=request.user, now=now, **heard)

    return _step(request, pk, step, _("The call is written down."), (evidence.EvidenceRefused, casetalk.TalkRefused))


@csp({"default-src": [NONE], "sandbox": True})
@moderators_only
@require_safe
def letter(request, pk):
    """A letter on letterhead, as a download that may do nothing even where a browser shows it."""
    found = _case(request, pk)
    kept = get_object_or_404(Evidence, verification=found.verification, method=Evidence.Method.LETTERHEAD)
    try:
        content, kind = letters.read(kept.letter)
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="letter-{kept.pk}.{kept.letter.rpartition(".")[2]}"'
    return answer


@moderators_only
@require_POST
def judge_letter(request, pk):
    """Keep whether a letter holds."""
    is_good = request.POST.get("holds") == "yes"

    def step(found, now):
        kept = get_object_or_404(Evidence, verification=found.verification, method=Evidence.Method.LETTERHEAD)
        note = request.POST.get("note", "")
        evidence.judge_letter(evidence=kept, by=request.user, is_good=is_good, note=note, now=now)

    return _step(request, pk, step, _("What you think of the letter is written down."), evidence.EvidenceRefused)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request, pk):
    """Correct typing errors in an opening; the employer is shown the difference."""
    found = _case(request, pk)
    if not CasePage(found, request.user, now=timezone.now()).can_be_mended:
        raise Http404
    form = MendForm(request.POST if request.method == "POST" else None, instance=found.listing)
    if request.method == "POST" and form.is_valid():
        try:
            casetalk.mend(case=found, by=request.user, changes=form.cleaned_data, now=timezone.now())
        except casetalk.TalkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            outbox.wake(STREAM)
            messages.success(request, _("Corrected. The employer sees what you changed."))
            return redirect("moderation_case", pk=found.pk)
    return render(request, "moderation/mend.html", {"case": found, "form": form})


@moderators_only
@require_POST
def hold(request, pk):
    """Hide what the case is about until it is decided."""

    def step(found, now):
        moderation.hold(case=found, by=request.user, now=now)

    return _step(request, pk, step, _("It is hidden until somebody decides."), moderation.DecisionRefused)


@moderators_only
@require_POST
def suspend(request, pk):
    """The kill switch."""
    reason = request.POST.get("reason", "")

    def step(found, now):
        moderation.suspend(case=found, by=request.user, reason=reason, now=now)

    return _step(request, pk, step, _("Suspended: everything of it is hidden."), moderation.DecisionRefused)


@moderators_only
@require_POST
def release(request, pk):
    """End a suspension."""

    def step(found, now):
        moderation.release(case=found, by=request.user, now=now)

    return _step(request, pk, step, _("Released: everything is shown again."), moderation.DecisionRefused)


@moderators_only
@require_POST
def block(request, pk):
    """Keep a domain out."""
    form = BlockForm(request.POST, auto_id="block_%s")
    if not form.is_valid():
        return _page(request, _case(request, pk), block_form=form)

    def step(found, now):
        moderation.block_domain(case=found, by=request.user, now=now, **form.cleaned_data)

    return _step(request, pk, step, _("The domain is blocked."), moderation.DecisionRefused)


@moderators_only
@require_POST
def look_at(request, slug):
    """Open a case about any employer, so that a moderator can act on what they noticed themselves; go to it."""
    employer = get_object_or_404(Employer, slug=slug)
    try:
        opened = moderation.look_at(employer=employer, by=request.user, now=timezone.now())
    except moderation.SomeoneElse as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return redirect("moderation_case", pk=opened.pk)
