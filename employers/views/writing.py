"""Writing an opening, or a change to one, in steps. Each step can be visited in any order and keeps what was typed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careerportal.core import stamps
from employers import advice, drafts, lifecycle, revisions, typed, writing
from employers.adcheck import quality
from employers.adcheck import wording as wording_advice
from employers.forms import ListingForm
from employers.forms.steps import BY_NAME, CHECK, STEP_OF, STEPS, StepForm, after, wrong_by_step
from employers.models import Employer, Listing, ListingInput, Membership
from employers.openingpage import standing
from employers.views import openings
from employers.views.drafting import own_listing, publish_and_say
from employers.views.membership import employer_of
from employers.views.parking import forget, keeps_what_was_typed, parked

SEEN_HEADER = "X-Seen"
_FINISHES = ("draft", "publish", "schedule", "save")


@dataclass
class Writing:
    """What is being written: a new opening under a token, or a change to `listing`. `row` is None until something is kept."""

    employer: Employer
    membership: Membership
    token: str = ""
    listing: Listing | None = None
    row: ListingInput | None = None

    @cached_property
    def at_first(self):
        """What the form says before anything is kept."""
        return typed.of_listing(self.listing) if self.listing else typed.to_begin_with(self.employer)

    @property
    def values(self):
        """What was typed so far, lists of texts by name of field."""
        return self.row.values if self.row else self.at_first

    @property
    def origins(self):
        """Where guessed fields came from."""
        return self.row.origins if self.row else {}

    @property
    def visited(self):
        """The names of steps that were saved at least once; of an opening that exists, all."""
        return {step.name for step in STEPS} if self.listing else set(self.row.visited if self.row else ())

    def url(self, step):
        """The address of one step."""
        if self.listing:
            return reverse("hiring_change", args=[self.listing.pk, step])
        return reverse("hiring_write", args=[self.employer.slug, self.token, step])

    def form(self, values=None):
        """The whole form, checked, with what was typed so far or with `values`."""
        return ListingForm(
            MultiValueDict(self.values if values is None else values),
            employer=self.employer,
            today=timezone.localdate(),
        )

    def shown(self):
        """The whole form with what was typed so far, not checked."""
        return ListingForm(
            employer=self.employer, today=timezone.localdate(), initial=ListingForm.as_shown(self.values)
        )

    def kept(self, *, by, now):
        """Return the row, made now if there is none."""
        if self.row is None and self.listing:
            self.row = writing.begin_change(listing=self.listing, by=by, now=now)
        elif self.row is None:
            self.row = writing.begin(employer=self.employer, token=self.token, by=by, now=now)
        return self.row


def _new(request, slug, token):
    """Return the Writing of a new opening, or the opening that was made of it. Raises Http404 for others' tokens."""
    employer, membership = employer_of(request, slug, to_change=True)
    row = ListingInput.objects.select_related("employer", "saved_by").filter(token=token).first()
    if row is not None and (row.employer_id != employer.pk or row.listing_id is not None):
        raise Http404
    if row is None and (made := writing.finished(employer, token)):
        return made
    return Writing(employer, membership, token=str(token), row=row)


def _change(request, pk):
    listing = own_listing(request, pk)
    membership = listing.employer.memberships.filter(user=request.user).first()
    if membership is None:  # removed in this very moment
        raise Http404
    row = ListingInput.objects.select_related("employer", "saved_by").filter(listing=listing, by=request.user).first()
    return Writing(listing.employer, membership, listing=listing, row=row)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug, token, step):
    """One step of a new opening."""
    found = _new(request, slug, token)
    if isinstance(found, Listing):
        return redirect("hiring_employer", slug=slug)
    return _page(request, found, step)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk, step):
    """One step of a change to an opening; a published one changes where it is shown, unless a moderator must look first."""
    return _page(request, _change(request, pk), step)


@require_safe
def edit(request, pk):
    """The way into changing an opening: the step where one was, or the last, where all of it is seen."""
    found = _change(request, pk)
    return redirect(found.url(found.row.step if found.row and found.row.step else CHECK))


def _page(request, found, name):
    if name == CHECK:
        return _finish(request, found) if request.method == "POST" else _check_page(request, found)
    if name not in BY_NAME:
        raise Http404
    step = BY_NAME[name]
    if request.method == "POST":
        return _save(request, found, step)
    if typed_before := parked(request):
        values = {**found.values, **{field: typed_before.get(field, []) for field in step.fields}}
        return _step_page(request, found, step, found.form(values), is_parked=True)
    is_checked = name in found.visited and found.row is not None
    return _step_page(request, found, step, found.form() if is_checked else found.shown())


def _save(request, found, step):
    """Keep what was typed, right or wrong; go on when it is right, or when one leaves."""
    values = {name: typed.cleaned(request.POST.getlist(name)) for name in step.fields}
    seen = request.POST.get("seen") or typed.mark(found.at_first, step.fields)
    is_autosave, now = "autosave" in request.POST, timezone.now()
    try:
        row = found.kept(by=request.user, now=now)
        found.row = writing.save(row=row, step=step, values=values, seen=seen, by=request.user, now=now)
    except (Employer.DoesNotExist, ListingInput.DoesNotExist):  # another team's, or finished in this moment
        raise Http404 from None
    except writing.SavedMeanwhile as meanwhile:
        found.row = meanwhile.found
        if is_autosave:
            return HttpResponse(status=409)
        theirs = _differences(found.shown(), found.values, values, step.fields)
        return _step_page(
            request, found, step, found.form({**found.values, **values}), theirs=theirs, by=meanwhile.found.saved_by
        )
    except writing.WritingRefused as refusal:
        if is_autosave:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
        return _step_page(request, found, step, found.form({**found.values, **values}))
    forget(request)
    if is_autosave:
        return HttpResponse(status=204, headers={SEEN_HEADER: typed.mark(found.values, step.fields)})
    if "leave" in request.POST:
        messages.success(request, _("Kept as it is. You find it under “Write an opening”."))
        return redirect("hiring_new" if not found.listing else "hiring_employer", slug=found.employer.slug)
    form = found.form()
    if StepForm(form, step).errors:
        return _step_page(request, found, step, form)
    return redirect(found.url(after(step)))


def _step_page(request, found, step, form, *, is_parked=False, theirs=(), by=None):
    part = StepForm(form, step)
    part.form.is_valid()  # brings the findings
    at = STEPS.index(step)
    context = {
        **_around(found, step.name),
        "step": step,
        "number": at + 1,
        "count": len(STEPS) + 1,
        "form": part,
        "findings": {finding.field: finding for finding in reversed(form.findings) if finding.source_url},
        "seen": typed.mark(found.values, step.fields),
        "back_url": found.url(STEPS[at - 1].name) if at else "",
        "is_parked": is_parked,
        "theirs": theirs,
        "their_name": _called(by) if by else "",
        "sites": form.fields["sites"].queryset if step.name == "place" else (),
    }
    return render(request, "employers/hiring/write/step.html", context)


def _around(found, here):
    """What every step shows: whose it is, the way through the steps, how it stands."""
    steps = [
        {
            "label": step.label,
            "url": found.url(step.name),
            "is_now": step.name == here,
            "is_done": step.name in found.visited,
        }
        for step in STEPS
    ]
    steps.append({"label": _("Check"), "url": found.url(CHECK), "is_now": here == CHECK, "is_done": False})
    return {
        "employer": found.employer,
        "membership": found.membership,
        "tab": "openings",
        "listing": found.listing,
        "writing": found,
        "steps": steps,
        "origins": found.origins,
        "waits": revisions.waiting_for(found.listing) if found.listing else None,
    }  # fmt: skip


# --- The last step ------------------------------------------------------------------------------
def _check_page(request, found, *, form=None, clashes=(), schedule_error="", publish_at=""):
    form = form or found.form()
    form.is_valid()
    content = {name: value for name, value in form.cleaned_data.items() if value is not None}
    title = content.get("title")
    context = {
        **_around(found, CHECK),
        "number": len(STEPS) + 1,
        "count": len(STEPS) + 1,
        "form": form,
        "wrong": wrong_by_step(form),
        "whole_form_errors": form.non_field_errors(),
        "sources": {finding.field: finding for finding in form.findings if finding.is_must and finding.source_url},
        "should": [finding for finding in form.findings if not finding.is_must],
        "advice": [
            {"field": form[name], "step": STEP_OF[name], "said": said, "url": found.url(STEP_OF[name].name)}
            for name in ("headline", "description", "benefits")
            for said in wording_advice.of(content.get(name) or "")
        ],
        "on_title": advice.on_title(
            headline=content.get("headline", ""),
            description=content.get("description", ""),
            title=title,
            roles=content.get("roles"),
        )
        if title
        else "",
        "quality": quality.of(content),
        "step_of": {name: found.url(step.name) for name, step in STEP_OF.items()},
        "answers": _answers(found),
        "clashes": clashes,
        "schedule_error": schedule_error,
        "publish_at": publish_at,
        "may_publish": found.employer.is_approved and not found.employer.is_suspended,
        "is_draft": found.listing is None or found.listing.status in ("draft", "rejected"),
    }
    return render(request, "employers/hiring/write/check.html", context)


def _answers(found):
    """What was said, by step: (step, its address, pairs of label and words)."""
    form, said = found.shown(), []
    for step in STEPS:
        words = [(form[name].label, _words(form, name, found.values)) for name in step.fields]
        said.append((step, found.url(step.name), [pair for pair in words if pair[1]]))
    return said


def _words(form, name, values):
    """What a field says, as people read it."""
    field, texts = form.fields[name], values.get(name) or []
    if not hasattr(field, "choices"):
        return _("Yes") if name in typed.BOXES and texts else " ".join(texts)[:300]
    labels = {str(value): str(label) for value, label in field.choices if str(value)}
    return ", ".join(labels.get(text, text) for text in texts if text)


def _differences(form, theirs, mine, names):
    """Where two say different things: label, and their words."""
    return [
        {"label": form[name].label, "words": _words(form, name, theirs) or _("nothing")}
        for name in names
        if not typed.same(theirs.get(name), mine.get(name))
    ]


def _called(user):
    return user.name or user.email


def _finish(request, found):
    """Make it an opening, or change the opening; then publish or schedule it, if that was asked."""
    how = request.POST.get("finish", "draft")
    if how not in _FINISHES:
        raise Http404
    if found.listing and found.row is None:
        return _take_step(request, found, found.listing, how)  # nothing was changed, or it is saved already
    form = found.form()
    if not form.is_valid():
        return _check_page(request, found, form=form)
    now = timezone.now()
    try:
        if found.listing is None:
            row = found.kept(by=request.user, now=now)
            listing, is_new = writing.finish(row=row, content=form.content(), by=request.user, now=now)
            if is_new and how == "draft":
                messages.success(request, _("Saved as a draft. Look at it, then publish it."))
        else:
            listing, waits = writing.finish_change(row=found.row, content=form.content(), by=request.user, now=now)
            _say_saved(request, waits)
    except writing.ChangedMeanwhile as news:
        clashes = _differences(found.shown(), news.now_says, found.values, news.names)
        found.row = writing.catch_up(row=found.row, now_says=news.now_says, now=now)
        return _check_page(request, found, clashes=clashes or [None])
    except lifecycle.TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return _check_page(request, found)
    except Employer.DoesNotExist:
        raise Http404 from None
    except writing.WritingRefused as refusal:
        messages.error(request, str(refusal))
        return _check_page(request, found, form=form)
    return _take_step(request, found, listing, how)


def _say_saved(request, waits):
    if waits is None:
        messages.success(request, _("Your changes are saved."))
        return
    what = ", ".join(str(revisions.HELD_WORDS[name]) for name in waits.held_for)
    text = _("Your changes wait for a moderator because of %(what)s. Until then everyone sees the text as it was.")
    messages.info(request, text % {"what": what})


def _take_step(request, found, listing, how):
    """Publish or schedule what was saved, if asked, and go to the workspace; a refusal is told there, nothing is lost."""
    try:
        if how == "publish" and listing.status in (Listing.Status.DRAFT, Listing.Status.REJECTED):
            publish_and_say(request, listing)
        elif how == "schedule":
            at = _moment(request.POST.get("publish_at", ""))
            if at is None:
                messages.error(request, _("It is saved as a draft. Give a day and a time to publish it later."))
            else:
                lifecycle.schedule(listing=listing, publish_at=at, by=request.user, now=timezone.now())
                text = _("“%(headline)s” goes out by itself on %(day)s.")
                day = timezone.localtime(at).strftime("%B %-d, %Y, %-I:%M %p")
                messages.success(request, text % {"headline": listing.headline, "day": day})
    except lifecycle.TransitionRefused as refusal:
        messages.error(request, _("It is saved as a draft. %(why)s") % {"why": refusal})
    return redirect("hiring_employer", slug=found.employer.slug)


def _moment(text):
    """The time of a datetime-local field, in the portal's zone; None for anything else."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text[:16]))
    except (ValueError, OverflowError):
        return None


# --- Beside the steps ---------------------------------------------------------------------------
@require_safe
def preview_new(request, slug, token):
    """A new opening as its page will be, made and taken back within one transaction: nothing is kept."""
    found = _new(request, slug, token)
    if isinstance(found, Listing):
        return redirect(found)
    return _preview(request, found)


@require_safe
def preview_change(request, pk):
    """A changed opening as its page will be."""
    return _preview(request, _change(request, pk))


def _preview(request, found):
    form = found.form()
    if not form.is_valid():
        messages.info(request, _("Mend these first. Then you can look at the page."))
        return redirect(found.url(CHECK))
    if found.listing and found.listing.status == Listing.Status.TAKEN_DOWN:
        return redirect(found.listing)
    with stamps.kept(), transaction.atomic():
        if found.listing:
            listing = drafts.revise(listing=found.listing, content=form.content())
        else:
            listing, _is_new = drafts.create(employer=found.employer, content=form.content(), by=request.user)
        now, shown = timezone.now(), Listing.objects.with_page_details().get(pk=listing.pk)
        page = openings.page(request, shown, stands=standing(shown, at=now), now=now, preview=True)
        transaction.set_rollback(True)
    return page


@require_POST
def discard_new(request, slug, token):
    """Remove what was typed of a new opening."""
    found = _new(request, slug, token)
    if isinstance(found, Writing) and found.row:
        writing.discard(row=found.row)
        messages.success(request, _("What was typed is removed."))
    return redirect("hiring_new", slug=slug)


@require_POST
def discard_change(request, pk):
    """Remove one's own change; the opening stays as it is."""
    found = _change(request, pk)
    if found.row:
        writing.discard(row=found.row)
        messages.success(request, _("Your changes are removed. The opening is as it was."))
    return redirect("hiring_employer", slug=found.employer.slug)
