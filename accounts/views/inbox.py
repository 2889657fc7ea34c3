"""An employer's inbox: threads with seekers, answers, and templates for them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import inquiries, resumes
from accounts.inquiry_forms import AnswerForm, CloseForm, ReplyTemplateForm
from accounts.inquiry_page import page_of
from accounts.models import Inquiry, ReplyTemplate
from accounts.response_record import LEAST, record_of
from careerportal.outbox.tasks import wake
from employers import standing
from employers.views.membership import employer_of

PER_PAGE = 25
GENERAL = "general"  # threads about no opening
ALL = "all"  # states
MOST_TEMPLATES = 50

State = Inquiry.State


@never_cache
@require_safe
def inbox(request, slug):
    """Threads by state and opening. It is empty while the organization is not verified or not shown."""
    employer, membership = employer_of(request, slug)
    is_open = employer.takes_inquiries
    threads = Inquiry.objects.of_employer(employer) if is_open and membership.access else Inquiry.objects.none()
    counts = dict(threads.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    if state == ALL:
        state = ""
    elif state not in State.values:
        state = State.WAITING if counts.get(State.WAITING) else ""
    shown = threads.filter(state=state) if state else threads
    openings = _openings(threads)
    opening = request.GET.get("opening", "")
    if opening == GENERAL:
        shown = shown.filter(about="")
    elif opening in {str(one["pk"]) for one in openings}:
        shown = shown.filter(listing=int(opening))
    else:
        opening = ""
    page = Paginator(shown.with_people().newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "inbox",
        "is_open": is_open,
        "standing": standing.standing_of(employer) if not is_open else None,
        "page": page,
        "counts": [{"state": one, "count": counts.get(one, 0)} for one in State],
        "total": sum(counts.values()),
        "state": state,
        "openings": openings,
        "opening": opening,
        "record": record_of(employer, at=now) if is_open else None,
        "least": LEAST,
    }
    return render(request, "accounts/inbox.html", context)


def _openings(threads):
    """The openings that threads are about, with how many, by headline."""
    found = threads.exclude(listing=None).order_by("listing__headline", "listing")
    return [
        {"pk": pk, "headline": headline, "count": count}
        for pk, headline, count in found.values_list("listing", "listing__headline").annotate(Count("pk"))
    ]


def _thread_of(request, slug, pk, *, to_change=False):
    employer, membership = employer_of(request, slug, to_change=to_change)
    if not membership.access:
        raise Http404  # moderators look on, but what people write to each other is not theirs
    inquiry = get_object_or_404(Inquiry.objects.of_employer(employer).with_people(), pk=pk)
    if not employer.takes_inquiries:
        raise PermissionDenied(_("Your organization's inbox is closed while it is not verified or not shown."))
    return employer, membership, inquiry


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, slug, pk):
    """One thread; a posted form answers."""
    if request.method != "POST":
        return _thread(request, *_thread_of(request, slug, pk))
    employer, membership, inquiry = _thread_of(request, slug, pk, to_change=True)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _thread(request, employer, membership, inquiry, form=form)
    said = {"text": form.cleaned_data["text"], "token": form.cleaned_data["token"]}
    try:
        _message, is_new = inquiries.answer(inquiry=inquiry, by=request.user, now=timezone.now(), **said)
    except inquiries.InquiryRefused as refusal:
        form.add_error(None, str(refusal))
        return _thread(request, employer, membership, inquiry, form=form)
    wake("account")
    if is_new:
        messages.success(request, _("Your answer is sent."))
    return redirect("hiring_inquiry", employer.slug, inquiry.pk)


def _thread(request, employer, membership, inquiry, *, form=None, close_form=None):
    templates = list(employer.reply_templates.order_by("name", "pk")) if membership.may_edit else []
    if form is None:
        chosen = next((one.text for one in templates if str(one.pk) == request.GET.get("use")), "")
        form = AnswerForm(initial={"text": chosen})
    page = page_of(inquiry, at=timezone.now())
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "inbox",
        "inquiry": inquiry,
        "page": page,
        "form": form,
        "close_form": close_form or _close_form(inquiry),
        "templates": templates,
        "resume_token": resumes.link(inquiry=inquiry, member=request.user) if page.resume else "",
    }
    return render(request, "accounts/inbox_thread.html", context)


def _close_form(inquiry, data=None):
    words = _(
        "Thank you for writing to us. We can't go further with this at the moment. We wish you well in your search."
    )
    is_answered = inquiry.answered_at is not None
    initial = None if is_answered else {"text": words}
    return CloseForm(data, may_be_empty=is_answered, initial=initial, auto_id="close_%s")


@never_cache
@require_POST
def close(request, slug, pk):
    """Close a thread with last words."""
    employer, membership, inquiry = _thread_of(request, slug, pk, to_change=True)
    form = _close_form(inquiry, request.POST)
    if not form.is_valid():
        return _thread(request, employer, membership, inquiry, close_form=form)
    said = {"text": form.cleaned_data["text"], "token": form.cleaned_data["token"]}
    try:
        inquiries.close_by_employer(inquiry=inquiry, by=request.user, now=timezone.now(), **said)
    except inquiries.InquiryRefused as refusal:
        form.add_error(None, str(refusal))
        return _thread(request, employer, membership, inquiry, close_form=form)
    wake("account")
    messages.success(request, _("The thread is closed, and the seeker is told."))
    return redirect("hiring_inbox", employer.slug)


# --- Templates ------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request, slug):
    """The organization's templates for answers; a posted form adds one."""
    employer, membership = employer_of(request, slug, to_change=request.method == "POST")
    form = ReplyTemplateForm(request.POST or None, instance=ReplyTemplate(employer=employer))
    if request.method == "POST":
        if employer.reply_templates.count() >= MOST_TEMPLATES:
            form.add_error(
                None, _("You have %(number)s templates already. Delete one first.") % {"number": MOST_TEMPLATES}
            )
        elif form.is_valid():
            form.save()
            messages.success(request, _("The template is kept."))
            return redirect("hiring_replies", employer.slug)
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "inbox",
        "form": form,
        "templates": employer.reply_templates.order_by("name", "pk"),
    }
    return render(request, "accounts/replies.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, slug, pk):
    """Change one template."""
    employer, membership = employer_of(request, slug, to_change=True)
    template = get_object_or_404(ReplyTemplate, employer=employer, pk=pk)
    form = ReplyTemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The template is changed."))
        return redirect("hiring_replies", employer.slug)
    context = {"employer": employer, "membership": membership, "tab": "inbox", "form": form, "template": template}
    return render(request, "accounts/reply.html", context)


@never_cache
@require_POST
def reply_delete(request, slug, pk):
    """Delete one template; one that is gone already is fine."""
    employer, _membership = employer_of(request, slug, to_change=True)
    employer.reply_templates.filter(pk=pk).delete()
    messages.success(request, _("The template is deleted."))
    return redirect("hiring_replies", employer.slug)
