"""The steps an opening takes in the workspace: publish, close, extend, copy, delete."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employers import drafts, lifecycle
from employers.models import Listing
from employers.views.workspace import own_or_refused


def own_listing(request, pk):
    """Return one's own opening. Raises Http404 for strangers, PermissionDenied for staff and who may only look."""
    mine = Listing.objects.of_member(request.user).select_related("employer", "title")
    listing = own_or_refused(request, Listing.objects.filter(pk=pk), mine)
    if not Listing.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(_("You may look at this employer's pages, but not change anything."))
    return listing


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
    drafts.delete(listing=listing, by=request.user, now=timezone.now())
    messages.success(request, _("The draft “%(headline)s” is deleted.") % {"headline": listing.headline})
