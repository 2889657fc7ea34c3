"""A seeker's threads with employers: asking, reading, going on, closing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import inquiries, resumes
from accounts.inquiry_forms import AskForm, AttachForm, MessageForm
from accounts.inquiry_page import page_of
from accounts.limits import is_over_limit
from accounts.models import Inquiry
from careerportal.outbox.tasks import wake
from employers.models import Employer, Listing

_KEPT = "inquiry_drafts"  # what people wrote before they had to sign in, by the page they wrote it on
_KEPT_MOST = 5
PER_PAGE = 20

Kind = Inquiry.Kind


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_opening(request, pk):
    """Ask about an opening."""
    return _ask(request, listing=_opening(request, pk), kind=Kind.QUESTION)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_opening(request, pk):
    """Apply for an opening here, with or without a resume."""
    return _ask(request, listing=_opening(request, pk), kind=Kind.APPLICATION)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_employer(request, slug):
    """Ask an employer, without an opening."""
    employer = get_object_or_404(Employer.objects.public(), slug=slug)
    return _ask(request, employer=employer, kind=Kind.QUESTION)


def _opening(request, pk):
    seen = Listing.objects.select_related("employer", "search", "title").exclude(published_at=None)
    listing = get_object_or_404(seen, pk=pk)
    if listing.status in (Listing.Status.PUBLISHED, Listing.Status.CLOSED) and listing.employer.is_public:
        return listing
    raise Http404


def _ask(request, *, kind, listing=None, employer=None):
    now = timezone.now()
    employer = employer or listing.employer
    reason = inquiries.why_not(employer=employer, listing=listing, user=request.user, at=now)
    context = {"employer": employer, "listing": listing, "kind": kind, "is_application": kind == Kind.APPLICATION}
    if reason:
        return render(request, "accounts/inquiry_closed.html", context | {"reason": reason})
    if request.method != "POST":
        return _before_asking(request, kind=kind, context=context)
    form = AskForm(request.POST, request.FILES, user=request.user, kind=kind)
    if not _may_upload(request, form) or not form.is_valid():
        return render(request, "accounts/inquiry_ask.html", context | {"form": form})
    if not request.user.is_authenticated:
        _keep(request, form.typed)
        messages.info(request, _("Please sign in. What you wrote is kept, and nothing is sent before you say so."))
        return redirect_to_login(request.path)
    try:
        inquiry, is_new = inquiries.ask(
            seeker=request.user,
            employer=employer,
            listing=listing,
            kind=kind,
            text=form.cleaned_data["text"],
            called=form.cleaned_data["called"],
            token=form.cleaned_data["token"],
            file=getattr(form, "file", None),
            now=now,
        )
    except inquiries.InquiryRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "accounts/inquiry_ask.html", context | {"form": form})
    _forget(request)
    if getattr(form, "is_new_file", False):
        _keep_file(request, form.file, now)
    wake("employer")
    if is_new:
        messages.success(request, _("Sent. You find the answer here, and we mail you when it comes."))
    return redirect("me_inquiry", inquiry.pk)


def _before_asking(request, *, kind, context):
    open_one = inquiries.opened_by(request.user, employer=context["employer"], listing=context["listing"], kind=kind)
    kept = request.session.get(_KEPT, {}).get(request.path)
    if open_one is not None and not kept:
        return redirect("me_inquiry", open_one.pk)
    form = AskForm(user=request.user, kind=kind, initial=kept)
    is_kept = kept is not None and request.user.is_authenticated
    return render(request, "accounts/inquiry_ask.html", context | {"form": form, "is_kept": is_kept})


def _may_upload(request, form):
    if request.FILES and request.user.is_authenticated and is_over_limit(request, "resume"):
        form.add_error(None, _("That is a lot of files in an hour. Try again later, or send none."))
        return False
    return True


def _keep(request, typed):
    kept = {key: value for key, value in request.session.get(_KEPT, {}).items() if key != request.path}
    newest = list(kept.items())[-(_KEPT_MOST - 1) :]
    request.session[_KEPT] = {**dict(newest), request.path: typed}


def _forget(request):
    kept = request.session.get(_KEPT, {})
    if kept.pop(request.path, None) is not None:
        request.session[_KEPT] = kept


def _keep_file(request, file, now):
    """Put a file that was just sent on the shelf as well, while there is room."""
    try:
        resumes.keep(user=request.user, file=file, now=now)
    except resumes.FileRefused:
        messages.info(request, _("The resume was sent. It is not kept for later: your shelf is full."))


# --- Threads --------------------------------------------------------------------------------------


@never_cache
@require_safe
def me_inquiries(request):
    """All threads of the signed-in person, the newest first."""
    own = Inquiry.objects.of_seeker(request.user).with_people().newest_first()
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/inquiries.html", {"page": page, "tab": "inquiries"})


def _own(request, pk):
    return get_object_or_404(Inquiry.objects.of_seeker(request.user).with_people(), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_inquiry(request, pk):
    """One thread; a posted form goes on in it."""
    inquiry = _own(request, pk)
    if request.method != "POST":
        return _thread(request, inquiry)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _thread(request, inquiry, form=form)
    said = {"text": form.cleaned_data["text"], "token": form.cleaned_data["token"]}
    try:
        inquiries.write(inquiry=inquiry, seeker=request.user, now=timezone.now(), **said)
    except inquiries.InquiryRefused as refusal:
        form.add_error(None, str(refusal))
        return _thread(request, inquiry, form=form)
    wake("employer")
    messages.success(request, _("Sent."))
    return redirect("me_inquiry", inquiry.pk)


def _thread(request, inquiry, *, form=None, attach_form=None):
    now = timezone.now()
    context = {
        "tab": "inquiries",
        "inquiry": inquiry,
        "page": page_of(inquiry, at=now),
        "form": form or MessageForm(),
        "attach_form": attach_form or AttachForm(user=request.user, auto_id="attach_%s"),
        "downloads": inquiry.downloads.order_by("-at", "-pk")[:20],
        "is_halted": not inquiry.employer.takes_inquiries,
        "is_live": inquiry.listing is not None and inquiry.listing.is_live(at=now),
    }
    return render(request, "accounts/inquiry.html", context)


@never_cache
@require_POST
def me_inquiry_close(request, pk):
    """Close a thread."""
    inquiry = _own(request, pk)
    inquiries.close_by_seeker(inquiry=inquiry, seeker=request.user, now=timezone.now())
    messages.success(request, _("Closed. You can still read it here."))
    return redirect("me_inquiry", inquiry.pk)


@never_cache
@require_POST
def me_inquiry_attach(request, pk):
    """Send a resume along."""
    inquiry = _own(request, pk)
    form = AttachForm(request.POST, request.FILES, user=request.user, auto_id="attach_%s")
    if not _may_upload(request, form) or not form.is_valid():
        return _thread(request, inquiry, attach_form=form)
    now = timezone.now()
    try:
        inquiries.attach_resume(inquiry=inquiry, seeker=request.user, file=form.file, now=now)
    except inquiries.InquiryRefused as refusal:
        form.add_error(None, str(refusal))
        return _thread(request, inquiry, attach_form=form)
    if form.is_new_file:
        _keep_file(request, form.file, now)
    wake("employer")
    messages.success(request, _("Your resume is sent. Only members of this organization who answer can download it."))
    return redirect("me_inquiry", inquiry.pk)


@never_cache
@require_POST
def me_inquiry_withdraw(request, pk):
    """Take the sent resume back."""
    inquiry = _own(request, pk)
    inquiries.withdraw_resume(inquiry=inquiry, seeker=request.user, now=timezone.now())
    messages.success(request, _("Your resume is taken back. Who downloaded it before still has it."))
    return redirect("me_inquiry", inquiry.pk)
