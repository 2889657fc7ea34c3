"""The list of applications, one of them, and the kit for its interview."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import saved, tracking
from accounts.models import TrackedApplication
from accounts.tracking_forms import ApplicationForm, KitForm
from employers.facts import kit
from employers.models import Listing
from employers.openingpage import Standing, standing


def _rows(user):
    found = user.applications.select_related("listing__employer", "listing__search")
    return found.defer("listing__description", "listing__search__tsv")


def _own(request, pk):
    return get_object_or_404(_rows(request.user), pk=pk)


@never_cache
@require_safe
def applications(request):
    """Every application of this person: those that go on first, by their next step."""
    now = timezone.now()
    rows = [_row(one, now) for one in _rows(request.user)]
    rows.sort(
        key=lambda row: (row["one"].next_step_on is None, row["one"].next_step_on or localdate(now), -row["one"].pk)
    )
    context = {
        "tab": "applications",
        "going": [row for row in rows if row["one"].is_open],
        "over": [row for row in rows if not row["one"].is_open],
    }
    return render(request, "accounts/applications.html", context)


def _row(one, now):
    today = localdate(now)
    listing = one.listing
    is_readable = listing is not None and standing(listing, at=now) in (Standing.LIVE, Standing.ENDED)
    return {
        "one": one,
        "steps": tracking.steps(one),
        "is_late": bool(one.is_open and one.next_step_on and one.next_step_on < today),
        "opening": listing if is_readable else None,
        "ended": saved.fate(listing, at=now) if listing else "",
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request):
    """Write down an application made elsewhere."""
    form = ApplicationForm(request.POST if request.method == "POST" else None, initial={"applied_on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            tracking.add(user=request.user, now=timezone.now(), **form.cleaned_data)
        except tracking.TrackingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on your list."))
            return redirect("applications")
    return render(request, "accounts/application_edit.html", {"tab": "applications", "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_from(request, pk):
    """ "I applied": put an opening on the list with one press of a button."""
    now = timezone.now()
    found = Listing.objects.select_related("employer", "search").prefetch_related("sites").filter(pk=pk).first()
    held = saved.Shelf(user=request.user).find(found) if found else None
    if found is None or not (held or saved.may_be_saved(found, at=now)):
        raise Http404
    if request.method == "POST":
        try:
            made = tracking.add(user=request.user, listing=found, now=now)
        except tracking.TrackingRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("applications")
        messages.success(request, _("It is on your list. Good luck!"))
        return redirect("application", pk=made.pk)
    existing = request.user.applications.filter(listing=found).first()
    if existing:
        return redirect("application", pk=existing.pk)
    context = {"tab": "applications", "listing": found, "place_text": tracking.of_opening(found)["place"]}
    return render(request, "accounts/application_from.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request, pk):
    """One application: how far it is, buttons to move it, its next step and notes."""
    one, now = _own(request, pk), timezone.now()
    form = ApplicationForm(instance=one, without_state=True)
    if request.method == "POST":
        what = request.POST.get("do")
        if what == "delete":
            one.delete()
            messages.success(request, _("Deleted from your list."))
            return redirect("applications")
        if what == "move":
            return _move(request, one, now)
        form = ApplicationForm(request.POST, instance=TrackedApplication.objects.get(pk=one.pk), without_state=True)
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect("application", pk=one.pk)
    context = {"tab": "applications", "form": form, "is_edited": form.is_bound, **_row(one, now)}
    return render(request, "accounts/application.html", context)


def _move(request, one, now):
    try:
        moved = tracking.move(application=one, to=request.POST.get("to", ""), now=now)
    except tracking.TrackingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Now at: %(state)s.") % {"state": moved.get_state_display()})
    return redirect("application", pk=one.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_kit(request, pk):
    """What to ask at the interview, and one's own notes; made to be printed and taken along."""
    one, now = _own(request, pk), timezone.now()
    form = KitForm(
        request.POST if request.method == "POST" else None, initial={"note": one.note, "interview_on": one.interview_on}
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if asked["interview_on"] and one.state in ("applied", "heard-back", "interview"):
            tracking.move(application=one, to="interview", on=asked["interview_on"], now=now)
        user_rows = request.user.applications.filter(pk=one.pk)
        user_rows.update(note=asked["note"], interview_on=asked["interview_on"] or one.interview_on, updated_at=now)
        messages.success(request, _("Saved."))
        return redirect("application_kit", pk=one.pk)
    left_out, always = _questions(one.listing)
    context = {"tab": "applications", "form": form, "left_out": left_out, "always": always, **_row(one, now)}
    return render(request, "accounts/application_kit.html", context)


def _questions(listing):
    """What to ask: of an opening here, first what its ad leaves out; of one elsewhere all eight facts."""
    return kit(Listing.objects.with_page_details().get(pk=listing.pk) if listing else None)
