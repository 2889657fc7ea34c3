"""Saved openings and employers, with an account or without."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from accounts import saved
from accounts.forms import NoteForm
from accounts.limits import is_over_limit
from employers.models import Employer, Listing


@login_not_required
@never_cache
@require_safe
def saved_page(request):
    """Everything this person saved; for someone without an account, how long it is kept and how to keep it."""
    now = timezone.now()
    saved.pick_up(request, now=now)
    shelf = saved.shelf_of(request)
    context = {
        "tab": "saved",
        "openings": saved.openings(shelf, at=now),
        "employers": saved.employers(shelf, at=now),
        "has_account": shelf.user is not None,
        "days": saved.DEVICE_DAYS,
    }
    return render(request, "accounts/saved.html", context)


def _from_our_page(view):
    """Let a form on our own pages post without a token: those pages are the same for everyone and set no cookie.

    Browsers name where a form stands (the Origin header). Without our name there the usual token is asked for.
    """
    with_token = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
        checked = view if request.headers.get("Origin") in ours else with_token
        return checked(request, *args, **kwargs)

    return answer


@_from_our_page
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_opening(request, pk):
    """Save an opening, write a note, take it off the list; a GET shows how it stands and changes nothing."""
    found = get_object_or_404(Listing.objects.select_related("employer", "search").defer("search__tsv"), pk=pk)
    is_public = saved.may_be_saved(found, at=timezone.now())
    if not is_public and saved.shelf_of(request).find(found) is None:
        raise Http404
    return _shelve(request, found, name=found.headline, here=reverse("saved_opening", args=[found.pk]))


@_from_our_page
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_employer(request, slug):
    """Save an employer, write a note, take it off the list."""
    found = get_object_or_404(Employer, slug=slug)
    is_public = Employer.objects.public().filter(pk=found.pk).exists()
    if not is_public and saved.shelf_of(request).find(found) is None:
        raise Http404
    return _shelve(request, found, name=found.name, here=reverse("saved_employer", args=[found.slug]))


def _shelve(request, thing, *, name, here):
    now = timezone.now()
    saved.pick_up(request, now=now)
    if request.method == "POST":
        return _act(request, thing, name=name, here=here, now=now)
    held = saved.shelf_of(request).find(thing)
    context = {
        "tab": "saved",
        "thing": thing,
        "name": name,
        "is_opening": isinstance(thing, Listing),
        "held": held,
        "ended": saved.fate(thing, at=now) if isinstance(thing, Listing) else "",
        "form": NoteForm(initial={"note": held.note}) if held else None,
        "has_account": request.user.is_authenticated,
        "days": saved.DEVICE_DAYS,
    }
    return render(request, "accounts/saved_one.html", context)


def _act(request, thing, *, name, here, now):
    what = request.POST.get("do", "save")
    if what == "remove":
        if saved.remove(shelf=saved.shelf_of(request), thing=thing):
            messages.success(request, _("Removed: %(name)s.") % {"name": name})
        return redirect("saved")
    if is_over_limit(request, "save"):
        messages.error(request, _("That is a lot of saving from one place. Please try again in an hour."))
        return redirect(here)
    shelf = saved.shelf_of(request, make=True)
    try:
        if what == "note":
            form = NoteForm(request.POST)
            if not form.is_valid():
                messages.error(request, " ".join(form.errors["note"]))
                return redirect(here)
            saved.write_note(shelf=shelf, thing=thing, note=form.cleaned_data["note"], now=now)
            messages.success(request, _("Your note is saved."))
            return redirect("saved")
        saved.save(shelf=shelf, thing=thing, now=now)
    except saved.SavedRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(here)
