"""The page behind the link in a mail about an opening: is it still open, and how did it end. Needs no signing in."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from employers import confirming, idle, lifecycle, wording
from employers.forms.keeping import OutcomeForm
from employers.models import Listing

Status = Listing.Status


def _secret_address(view):
    """Keep an address that holds a token in no cache, no index and no other site's log."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"  # "no-referrer" would make forms send "Origin: null"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(answer)


@login_not_required
@_secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request, token):
    """Show an opening and ask; a button keeps it open, closes it, or says how it ended. An old link only says what is so."""
    read = confirming.read_token(token)
    if read is None:
        raise Http404
    listing, number, recipient = read
    who = confirming.answerer(listing, recipient)
    now, refusal = timezone.now(), ""
    is_now = number == confirming.round_of(listing)
    if request.method == "POST" and is_now and _state(listing, number, who, now=now) in ("asked", "closed"):
        try:
            _act(request, listing, who, now=now)
        except lifecycle.TransitionRefused as refused:
            refusal = str(refused)
        else:
            answered = "?answered" if request.POST.get("do") == "outcome" else ""
            return redirect(reverse("hiring_keep", args=[token]) + answered)
    listing.refresh_from_db()
    return render(
        request, "employers/hiring/keep.html", _context(request, listing, number, recipient, who, refusal, now=now)
    )


def _act(request, listing, who, *, now):
    """Take the step that a button names; any other value takes none. A step taken already is not taken again."""
    step, said = request.POST.get("do"), {"by": who.user, "now": now, "via": who.via}
    if step == "open" and listing.status == Status.PUBLISHED:
        lifecycle.confirm(listing=listing, **said)
    elif step == "over" and listing.status == Status.PUBLISHED:
        lifecycle.close(listing=listing, was_asked=True, **said)
    elif step == "outcome" and (form := OutcomeForm(request.POST)).is_valid():
        lifecycle.give_outcome(listing=listing, outcome=form.cleaned_data["outcome"], **said)
    else:
        return
    if who.user is not None:
        idle.touch(listing.employer_id, now=now)


def _state(listing, number, who, *, now):
    """What is true now, as one word that the page has sentences for."""
    if listing.status == Status.TAKEN_DOWN or not listing.employer.is_approved or listing.employer.is_suspended:
        return "gone"
    if who is None:
        return "stranger"
    if listing.status == Status.CLOSED:
        return "closed"
    if listing.held_at is not None or listing.employer.held_at is not None:
        return "held"
    if listing.closes_on and listing.closes_on < localdate(now):
        return "ended"
    return "asked" if number == confirming.round_of(listing) else "kept"


def _context(request, listing, number, recipient, who, refusal, *, now):
    state = _state(listing, number, who, now=now)
    clock = confirming.clock_of(listing, now=now)
    is_now = number == confirming.round_of(listing)
    others = confirming.others_due(listing, recipient, now=now) if state in ("kept", "closed") else ()
    return {
        "listing": listing,
        "employer": listing.employer,
        "state": state,
        "refusal": refusal,
        "place": wording.place_text(listing),
        "pay": wording.pay_text(listing),
        "posted": wording.posted_text(listing),
        "confirmed": wording.day(localdate(listing.confirmed_at)) if listing.confirmed_at else "",
        "confirm_by": wording.day(clock.confirm_by) if clock else "",
        "hidden_since": wording.day(localdate(clock.hidden_since)) if clock and clock.hidden_since else "",
        "asked_again": wording.day(localdate(listing.confirmed_at + confirming.ASK_AFTER))
        if listing.confirmed_at
        else "",
        "ended_on": wording.day(lifecycle.ended_on(listing)) if listing.closed_at else "",
        "outcome_form": OutcomeForm(),
        "asks_outcome": is_now and listing.outcome == "" and "answered" not in request.GET,
        "others": [{"listing": one, "url": confirming.keep_url(one, recipient)} for one in others],
    }
