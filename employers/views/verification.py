"""How an organization shows that it is who it says: where it stands, and the ways to prove it."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careerportal.outbox import tasks as outbox
from employers import evidence, letters, tasks, verification, webcodes
from employers.domains import host_of
from employers.forms.evidence import CallForm, LetterForm, VouchForm
from employers.models import Employer, Evidence, Membership, Verification
from employers.views.membership import employer_of

REFUSALS = (verification.VerificationRefused, evidence.EvidenceRefused, letters.LetterRefused)
Method, Status = Evidence.Method, Verification.Status


def _asked(request, slug):
    """Return (employer, membership or None, newest request or None) for a member, or for who asked to become one."""
    employer = get_object_or_404(Employer, slug=slug)
    membership = employer.memberships.filter(user=request.user).first()
    requests = employer.verifications.order_by("-created_at", "-pk")
    if membership is None:
        own = requests.filter(user=request.user).first()
        if own is not None:
            return employer, None, own
        employer, membership = employer_of(request, slug)  # a moderator who looks on; everyone else is refused
    waiting = requests.filter(status=Status.OPEN)
    asked = waiting.filter(user=request.user).first() or waiting.first() or requests.first()
    return employer, membership, asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, slug):
    """Where the organization stands, and each way to prove it; the button pressed names the step (`step`)."""
    employer, membership, asked = _asked(request, slug)
    if request.method == "POST":
        return _step(request, employer, membership, asked)
    return _render(request, employer, membership, asked)


def _render(request, employer, membership, asked, *, letter=None, call=None, status=200):
    is_open = asked is not None and asked.status == Status.OPEN
    may_act = asked is not None and evidence.may_offer(asked, request.user)
    offered = {one.method: one for one in asked.evidence.select_related("vouched_by")} if asked else {}
    phones = evidence.phones_of(employer)
    website = evidence.website_of(asked) if asked else ""
    agencies, looked_for = _agencies(request, employer) if is_open and may_act else ([], "")
    context = {
        "layout": f"employers/hiring/{'_workspace' if membership else '_outside'}.html",
        "employer": employer,
        "membership": membership,
        "tab": "verification",
        "asked": asked,
        "is_open": is_open,
        "may_act": may_act,
        "can_ask_again": _can_ask_again(employer, membership, asked),
        "offered": [one for one in offered.values() if one.passed_at],
        "mail": offered.get(Method.DOMAIN_MAIL),
        "addresses": verification.confirmed_addresses(request.user),
        "website": website,
        "website_host": host_of(website),
        "website_code": offered.get(Method.WEBSITE_CODE),
        "dns_code": offered.get(Method.DNS_CODE),
        "file": webcodes.FILE,
        "meta": webcodes.META,
        "record": webcodes.RECORD,
        "record_host": webcodes.RECORD_HOST,
        "phones": phones,
        "call": offered.get(Method.CALL_BACK),
        "call_form": call or CallForm(phones=phones),
        "letter": offered.get(Method.LETTERHEAD),
        "letter_form": letter or LetterForm(),
        "vouching": offered.get(Method.VOUCHING),
        "agencies": agencies,
        "looked_for": looked_for,
        "drafts": employer.listings.filter(status="draft").count() if membership else 0,
    }
    return render(request, "employers/hiring/verification.html", context, status=status)


def _can_ask_again(employer, membership, asked):
    is_owner = membership is not None and membership.access == Membership.Access.OWNER
    return is_owner and not employer.is_approved and (asked is None or asked.status != Status.OPEN)


def _agencies(request, employer):
    """Verified employers whose name holds every word of `?agency=`, and the words."""
    words = request.GET.get("agency", "")[:100].replace("\0", "").split()
    if not words:
        return [], ""
    found = Employer.objects.approved().exclude(pk=employer.pk)
    for word in words:
        found = found.filter(name__icontains=word)
    return list(found.order_by("name", "pk")[:10]), " ".join(words)


def _step(request, employer, membership, asked):
    is_owner = membership is not None and membership.access == Membership.Access.OWNER
    if not (evidence.may_offer(asked, request.user) if asked is not None else is_owner):
        raise PermissionDenied(_("Only an owner, or the person who asked, can give evidence."))
    step = request.POST.get("step", "")
    if step not in STEPS or (asked is None and step != "ask-again"):
        raise Http404
    if not consume(request, action="portal_evidence"):
        messages.error(request, _("That is a lot of tries in an hour. Please go on a little later."))
        return redirect("hiring_verification", slug=employer.slug)
    try:
        answer = STEPS[step](request, employer, membership, asked, timezone.now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        answer = None
    outbox.wake("employer")
    if answer is not None:
        return answer
    if membership is None and not Verification.objects.filter(employer=employer, user=request.user).exists():
        return redirect("employer_register")
    return redirect("hiring_verification", slug=employer.slug)


def _mail(request, employer, membership, asked, now):
    done = verification.check_mail(verification=asked, user=request.user, now=now)
    if done.status == Status.APPROVED:
        messages.success(request, _("You are verified. You can publish openings now."))
        return redirect("hiring_employer", slug=employer.slug)
    messages.warning(
        request,
        _("None of your confirmed addresses is at a website that an official register holds for this organization."),
    )
    return None


def _still_here(request, employer, membership, asked, now):
    done = verification.still_here(verification=asked, user=request.user, now=now)
    if done.status == Status.APPROVED:
        messages.success(request, _("Thank you. You are verified again, and your openings are back."))
    else:
        messages.success(request, _("Thank you. A person checks it now. Any proof below makes it faster."))
    return


def _code(method):
    def offer(request, employer, membership, asked, now):
        evidence.offer_code(verification=asked, method=method, user=request.user)

    return offer


def _look(method):
    def look(request, employer, membership, asked, now):
        found = get_object_or_404(asked.evidence, method=method)
        if found.passed_at:
            messages.success(request, _("The code was found."))
        elif not evidence.may_look_now(found, now=now):
            messages.info(request, _("We looked less than a minute ago. Please wait a moment."))
        else:
            tasks.look_for_code(found)
            messages.info(request, _("We are looking. Load this page again in a moment to see what we found."))

    return look


def _call(request, employer, membership, asked, now):
    form = CallForm(request.POST, phones=evidence.phones_of(employer))
    if not form.is_valid():
        return _render(request, employer, membership, asked, call=form)
    evidence.ask_call(verification=asked, user=request.user, now=now, **form.cleaned_data)
    messages.success(request, _("We call that number and ask for you."))
    return None


def _letter(request, employer, membership, asked, now):
    form = LetterForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            evidence.add_letter(verification=asked, content=form.content, user=request.user, now=now)
        except letters.LetterRefused as refusal:
            form.add_error("letter", str(refusal))
    if form.errors:
        return _render(request, employer, membership, asked, letter=form)
    messages.success(request, _("We have your letter. Only our moderators can read it."))
    return None


def _vouch(request, employer, membership, asked, now):
    agency = get_object_or_404(Employer.objects.approved(), slug=request.POST.get("agency", "")[:80])
    evidence.ask_vouching(verification=asked, agency=agency, user=request.user, now=now)
    messages.success(
        request,
        _("%(name)s sees your question in its workspace. Tell its owner that it is there.") % {"name": agency.name},
    )


def _withdraw(request, employer, membership, asked, now):
    verification.withdraw(verification=asked, user=request.user, now=now)
    messages.success(request, _("Your request is taken back."))
    return redirect("hiring")


def _ask_again(request, employer, membership, asked, now):
    verification.ask_again(employer=employer, user=request.user, now=now)
    messages.success(request, _("We have your request. Choose below how you show that you act for this organization."))


STEPS = {
    "mail": _mail,
    "still-here": _still_here,
    "website-code": _code(Method.WEBSITE_CODE),
    "dns-code": _code(Method.DNS_CODE),
    "look-website": _look(Method.WEBSITE_CODE),
    "look-dns": _look(Method.DNS_CODE),
    "call": _call,
    "letter": _letter,
    "vouch": _vouch,
    "withdraw": _withdraw,
    "ask-again": _ask_again,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vouching(request, slug):
    """Other organizations that ask this one to vouch for them; an owner answers yes or no."""
    employer, membership = employer_of(request, slug)
    waiting = list(evidence.asked_of(employer))
    is_owner = membership.access == Membership.Access.OWNER
    form, answered = None, None
    if request.method == "POST":
        if not is_owner:
            raise PermissionDenied(_("Only an owner can vouch."))
        answered = get_object_or_404(evidence.asked_of(employer), pk=_number(request.POST.get("evidence", "")))
        form = VouchForm(request.POST)
        if form.is_valid():
            try:
                evidence.vouch(evidence=answered, by=request.user, now=timezone.now(), **form.cleaned_data)
            except evidence.EvidenceRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Thank you. Your answer is kept with the request."))
                return redirect("hiring_vouching", slug=employer.slug)
    rows = [(one, form if answered == one else VouchForm(auto_id=f"id_{one.pk}_%s")) for one in waiting]
    context = {"employer": employer, "membership": membership, "tab": "vouching", "rows": rows, "is_owner": is_owner}
    return render(request, "employers/hiring/vouching.html", context)


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 12 else 0
