"""Writing openings in the workspace, and the steps they take."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers import advice, drafts, lifecycle, revisions
from employers.forms import ListingForm
from employers.models import Listing
from employers.views.workspace import employer_of, own_or_refused


def own_listing(request, pk):
    """Return one's own opening. Raises Http404 for strangers, PermissionDenied for staff and who may only look."""
    mine = Listing.objects.of_member(request.user).select_related("employer", "title")
    listing = own_or_refused(request, Listing.objects.filter(pk=pk), mine)
    if not Listing.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(_("You may look at this employer's pages, but not change anything."))
    return listing


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    """Write a new opening; it is saved as a draft."""
    employer, _membership = employer_of(request, slug, to_change=True)
    form = ListingForm(
        request.POST if request.method == "POST" else None, employer=employer, today=timezone.localdate()
    )
    if form.is_bound and form.is_valid():
        listing, is_new = drafts.create(
            employer=employer,
            content=form.content(),
            by=request.user,
            source="form",
            source_id=form.cleaned_data["form_token"],
        )
        if is_new:
            messages.success(request, _("Saved as a draft. Look at it, then publish it."))
        return _after_saving(request, listing)
    return _form_page(request, form, employer=employer, listing=None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Change an opening; a published one changes where it is shown, at once, unless a moderator must look first."""
    listing = own_listing(request, pk)
    form = ListingForm(
        request.POST if request.method == "POST" else None,
        employer=listing.employer,
        listing=listing,
        today=timezone.localdate(),
    )
    if form.is_bound and form.is_valid():
        try:
            listing, waits = revisions.change(
                listing=listing, content=form.content(), by=request.user, now=timezone.now()
            )
        except lifecycle.TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_saved(request, waits)
            return _after_saving(request, listing)
    return _form_page(request, form, employer=listing.employer, listing=listing)


def _say_saved(request, waits):
    if waits is None:
        messages.success(request, _("Your changes are saved."))
        return
    what = ", ".join(str(revisions.HELD_WORDS[name]) for name in waits.held_for)
    text = _("Your changes wait for a moderator because of %(what)s. Until then everyone sees the text as it was.")
    messages.info(request, text % {"what": what})


def _form_page(request, form, *, employer, listing):
    waits = revisions.waiting_for(listing) if listing else None
    context = {"form": form, "employer": employer, "listing": listing, "waits": waits}
    return render(request, "employers/hiring/opening.html", context)


def _after_saving(request, listing):
    """Go to the workspace; with the button "Save and publish" take that step too. Says so when title and words disagree."""
    words = {"headline": listing.headline, "description": listing.description}
    if said := advice.on_title(**words, title=listing.title, roles=listing.roles):
        messages.info(request, said)
    if "publish" in request.POST and listing.status in (Listing.Status.DRAFT, Listing.Status.REJECTED):
        try:
            publish_and_say(request, listing)
        except lifecycle.TransitionRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("hiring_employer", slug=listing.employer.slug)


def publish_and_say(request, listing):
    """Publish, and say how it stands now. Raises lifecycle.TransitionRefused."""
    listing = lifecycle.publish(listing=listing, by=request.user, now=timezone.now())
    if listing.status == Listing.Status.IN_REVIEW:
        text = _("“%(headline)s” is in review. A moderator looks at it before everyone sees it.")
    elif listing.held_at is not None:
        text = _("“%(headline)s” is open again, but hidden until a moderator has looked at it.")
    else:
        text = _("“%(headline)s” is now visible to everyone.")
    messages.success(request, text % {"headline": listing.headline})


def _step(act):
    """A POST view that takes one step with one's own opening, says how it went, and returns to the workspace."""

    @require_POST
    @wraps(act)
    def view(request, pk):
        listing = own_listing(request, pk)
        try:
            answer = act(request, listing)
        except lifecycle.TransitionRefused as refusal:
            messages.error(request, str(refusal))
            answer = None
        return answer or redirect("hiring_employer", slug=listing.employer.slug)

    return view


@_step
def publish(request, listing):
    """Make a draft or a closed opening visible."""
    publish_and_say(request, listing)


@_step
def withdraw(request, listing):
    """Take an opening back from review."""
    lifecycle.withdraw(listing=listing, by=request.user, now=timezone.now())
    messages.success(request, _("“%(headline)s” is a draft again.") % {"headline": listing.headline})


@_step
def copy(request, listing):
    """Start a new draft from an opening, and open its form."""
    wish = request.POST.get("wish", "").replace("\0", "")[:60] or timezone.now().isoformat()
    draft, is_new = drafts.copy(listing=listing, by=request.user, source_id=f"{listing.pk}:{wish}")
    if is_new:
        messages.success(request, _("Here is a copy. Change what differs, then save it."))
    return redirect("hiring_edit", pk=draft.pk)


@_step
def delete_draft(request, listing):
    """Delete a draft for good; owners only."""
    get_object_or_404(Listing.objects.of_member(request.user, access=("owner",)), pk=listing.pk)
    drafts.delete(listing=listing)
    messages.success(request, _("The draft “%(headline)s” is deleted.") % {"headline": listing.headline})
