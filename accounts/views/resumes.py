"""Resumes: a seeker's shelf, and the one way an employer gets a sent one."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import resumes
from accounts.inquiry_forms import ShelfForm
from accounts.limits import is_over_limit
from accounts.models import Inquiry, Resume
from accounts.resumefiles import MEDIA_TYPES, folder
from employers.views.membership import employer_of

_inert = csp({"default-src": [NONE], "sandbox": True})  # nothing acts even where a browser shows the file


def _download(content, media_type, name):
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me_resumes(request):
    """The files a seeker keeps here; a posted form adds one."""
    form = ShelfForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _took(request, form):
        messages.success(request, _("Your resume is kept. Nobody sees it until you send it."))
        return redirect("me_resumes")
    kept = Resume.objects.kept_by(request.user).order_by("-created_at", "-pk")
    sent = Resume.objects.sent().filter(user=request.user).select_related("inquiry__employer", "inquiry__listing")
    context = {
        "tab": "profile",
        "form": form,
        "kept": kept,
        "sent": sent.order_by("-created_at", "-pk"),
        "most": resumes.ON_THE_SHELF,
    }
    return render(request, "accounts/resumes.html", context)


def _took(request, form):
    if request.FILES and is_over_limit(request, "resume"):
        form.add_error(None, _("That is a lot of files in an hour. Try again later."))
        return False
    if not form.is_valid():
        return False
    try:
        resumes.keep(user=request.user, file=form.file, now=timezone.now())
    except resumes.FileRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@_inert
@never_cache
@require_safe
def me_resume(request, pk):
    """One's own file, kept or sent, as a download."""
    resume = get_object_or_404(Resume, pk=pk, user=request.user)
    try:
        content = folder.read(resume.stored)
    except FileNotFoundError:
        raise Http404 from None
    return _download(content, MEDIA_TYPES[resume.kind], resume.name)


@never_cache
@require_POST
def me_resume_delete(request, pk):
    """Delete a kept file. What was sent stays with its thread and is taken back there."""
    resumes.delete(get_object_or_404(Resume.objects.kept_by(request.user), pk=pk))
    messages.success(request, _("Deleted."))
    return redirect("me_resumes")


@_inert
@never_cache
@require_safe
def hiring_resume(request, slug, pk, token):
    """A sent resume, for the member the five-minute link was made for. Each opening is written down."""
    employer, membership = employer_of(request, slug)
    inquiry = get_object_or_404(Inquiry.objects.of_employer(employer), pk=pk)
    if not membership.access:
        raise Http404  # moderators who look on
    if not membership.may_edit:
        raise PermissionDenied(_("Only owners and recruiters download resumes."))
    if request.method == "HEAD":
        return HttpResponse()
    try:
        content, media_type, name = resumes.open_link(token, inquiry=inquiry, by=request.user, now=timezone.now())
    except resumes.LinkOld:
        messages.info(request, _("That link was good for five minutes. Here is a new one."))
        return redirect("hiring_inquiry", employer.slug, inquiry.pk)
    except resumes.ResumeGone:
        raise Http404 from None
    return _download(content, media_type, name)
