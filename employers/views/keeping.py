"""Keeping openings true in the workspace: still open, until when, when it goes out, how it ended."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from employers import confirming, lifecycle, wording
from employers.forms.keeping import KeepForm, OutcomeForm, ReopenForm, ScheduleForm
from employers.models import Listing
from employers.views.drafting import own_listing
from employers.views.membership import employer_of

Status = Listing.Status


def _home(listing):
    return redirect("hiring_employer", slug=listing.employer.slug)


def _take(request, listing, form, act):
    """Take a step with a valid form, say what `act` returns, and return to the workspace.

    None when there is nothing to take yet, or it is refused: the reason is in the form then.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        said = act(form.cleaned_data)
    except lifecycle.TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return _home(listing)


def _page(request, listing, form, **words):
    """The page of one step: `heading`, `lead`, the form, its `button`."""
    context = {
        "employer": listing.employer,
        "membership": listing.employer.memberships.get(user=request.user),
        "tab": "openings",
        "listing": listing,
        "place": wording.place_text(listing),
        "form": form,
        **words,
    }
    return render(request, "employers/hiring/step.html", context)


def _form(request, form_class, **kwargs):
    return form_class(request.POST if request.method == "POST" else None, **kwargs)


def _not_now(request, listing, words):
    messages.info(request, words % {"headline": listing.headline})
    return _home(listing)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request, pk):
    """End a published opening, and say how it ended; one may rather not say."""
    listing = own_listing(request, pk)
    if listing.status != Status.PUBLISHED:
        return _not_now(request, listing, _("“%(headline)s” is not published, so there is nothing to close."))
    form = _form(request, OutcomeForm)

    def act(typed):
        lifecycle.close(
            listing=listing, outcome=typed["outcome"], was_asked="outcome" in request.POST, by=request.user,
            now=timezone.now(),
        )  # fmt: skip
        return _("“%(headline)s” is closed.") % {"headline": listing.headline}

    return _take(request, listing, form, act) or _page(
        request,
        listing,
        form,
        heading=_("Close this opening"),
        lead=_("Nobody can apply any more. Its page stays and says so, and you can open it again later."),
        button=_("Close it"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request, pk):
    """Say how a closed opening ended, once."""
    listing = own_listing(request, pk)
    if listing.status != Status.CLOSED or listing.outcome:
        return _not_now(request, listing, _("There is nothing to answer about “%(headline)s”."))
    form = _form(request, OutcomeForm)

    def act(typed):
        lifecycle.give_outcome(listing=listing, outcome=typed["outcome"], by=request.user, now=timezone.now())
        said = _("Thank you. We noted how “%(headline)s” ended.") if typed["outcome"] else _("Thank you.")
        return said % {"headline": listing.headline}

    return _take(request, listing, form, act) or _page(
        request,
        listing,
        form,
        heading=_("How did it end?"),
        lead=_("It closed on %(day)s.") % {"day": wording.day(lifecycle.ended_on(listing))},
        button=_("Send the answer"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request, pk):
    """Choose another closing date of a published opening, and say why."""
    listing = own_listing(request, pk)
    if listing.status != Status.PUBLISHED:
        return _not_now(request, listing, _("Only a published opening can be extended."))
    form = _form(request, KeepForm, today=timezone.localdate(), initial={"closes_on": listing.closes_on})

    def act(typed):
        lifecycle.extend(listing=listing, by=request.user, now=timezone.now(), **typed)
        return _("“%(headline)s” stays open.") % {"headline": listing.headline}

    return _take(request, listing, form, act) or _page(
        request,
        listing,
        form,
        heading=_("Keep it open longer"),
        lead=_("With this you also tell everyone that it is still open."),
        button=_("Save"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, pk):
    """Publish a closed opening again; one that its date closed needs a later one."""
    listing = own_listing(request, pk)
    if listing.status != Status.CLOSED:
        return _not_now(request, listing, _("Only a closed opening can be opened again."))
    today = timezone.localdate()
    still_ahead = listing.closes_on if listing.closes_on and listing.closes_on >= today else None
    form = _form(request, ReopenForm, today=today, initial={"closes_on": still_ahead})

    def act(typed):
        again = lifecycle.reopen(listing=listing, by=request.user, now=timezone.now(), **typed)
        if again.held_at is not None:
            return _("“%(headline)s” is open again, but hidden until a moderator has looked at it.") % {
                "headline": listing.headline
            }
        return _("“%(headline)s” is open again. Everyone sees it.") % {"headline": listing.headline}

    return _take(request, listing, form, act) or _page(
        request,
        listing,
        form,
        heading=_("Open it again"),
        lead=_(
            "It closed on %(day)s. Everyone sees it again at once; people who heard of it before are not told again."
        )
        % {"day": wording.day(lifecycle.ended_on(listing))},
        button=_("Open it again"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request, pk):
    """Choose when a draft goes out by itself."""
    listing = own_listing(request, pk)
    if listing.status not in lifecycle.SCHEDULABLE:
        return _not_now(request, listing, _("Only a draft can be scheduled."))
    now = timezone.now()
    planned = localtime(listing.publish_at) if listing.publish_at else None
    initial = {"day": planned.date(), "at": planned.time()} if planned else {}
    form = _form(request, ScheduleForm, now=now, initial=initial)

    def act(typed):
        at = typed["publish_at"]
        lifecycle.schedule(listing=listing, publish_at=at, by=request.user, now=now)
        when = date_format(localtime(at), "DATETIME_FORMAT")
        return _("“%(headline)s” goes out on %(when)s.") % {"headline": listing.headline, "when": when}

    return _take(request, listing, form, act) or _page(
        request,
        listing,
        form,
        heading=_("Publish it later"),
        lead=_(
            "It goes out by itself at this time, up to %(days)s days ahead. Until then you can change it like any draft. "
            "If it can't go out, we write to you."
        )
        % {"days": lifecycle.SCHEDULED_DAYS},
        button=_("Schedule it"),
    )


@require_POST
def unschedule(request, pk):
    """Let a scheduled draft stay a draft."""
    listing = own_listing(request, pk)
    lifecycle.unschedule(listing=listing, by=request.user, now=timezone.now())
    messages.success(request, _("“%(headline)s” is off the schedule.") % {"headline": listing.headline})
    return _home(listing)


@require_POST
def keep_open(request, pk):
    """Say with one click that a published opening is still open."""
    listing = own_listing(request, pk)
    now = timezone.now()
    try:
        kept = lifecycle.confirm(listing=listing, by=request.user, now=now)
    except lifecycle.TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        until = wording.day(localdate(confirming.hides_at(kept)))
        text = _("“%(headline)s” stays open. We ask again before %(day)s.")
        messages.success(request, text % {"headline": listing.headline, "day": until})
    return _home(listing)


@require_POST
def keep_all_open(request, slug):
    """Say with one click that all openings which wait for it are still open."""
    employer, _membership = employer_of(request, slug, to_change=True)
    now, kept = timezone.now(), 0
    for listing in confirming.due(now=now).filter(employer=employer).order_by("pk"):
        try:
            lifecycle.confirm(listing=listing, by=request.user, now=now)
        except lifecycle.TransitionRefused:  # closed or ended in this very moment
            continue
        kept += 1
    said = ngettext("%(count)s opening stays open.", "%(count)s openings stay open.", kept) % {"count": kept}
    messages.success(request, said)
    return redirect("hiring_employer", slug=employer.slug)
