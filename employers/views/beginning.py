"""How an opening is begun: with an empty form, with an ad that exists, from another opening, or many at once."""

import uuid

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from employers import pasted, writing
from employers.models import Employer
from employers.views.membership import employer_of
from employers.views.parking import forget, keeps_what_was_typed, parked

COPIES_SHOWN = 5


class PasteForm(forms.Form):
    """The text of an ad."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    ad = forms.CharField(
        label=gettext_lazy("The text of your ad"),
        widget=forms.Textarea({"rows": 16}),
        max_length=pasted.LONGEST,
        help_text=gettext_lazy("All of it, as it stands on your website or in your document."),
        error_messages={"required": gettext_lazy("Paste the text of an ad, or start with an empty form.")},
    )


@require_safe
def start(request, slug):
    """The ways to begin, and what the team has not finished yet."""
    employer, membership = employer_of(request, slug, to_change=True)
    openings = employer.listings.exclude(status="taken_down").order_by("-updated_at", "-pk")
    context = {
        "employer": employer,
        "membership": membership,
        "tab": "openings",
        "token": uuid.uuid4(),
        "unfinished": [(row, (row.values.get("headline") or [""])[0]) for row in writing.unfinished(employer)],
        "to_copy": openings.only("pk", "headline")[:COPIES_SHOWN],
        "wish": timezone.now().isoformat(),
        "has_sites": employer.sites.exists(),
    }
    return render(request, "employers/hiring/write/start.html", context)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request, slug):
    """Paste my ad: what it says fills the steps, each guess with the phrase it came from."""
    employer, membership = employer_of(request, slug, to_change=True)
    if request.method == "POST":
        form = PasteForm(request.POST)
    elif typed_before := parked(request):
        form = PasteForm(initial={"token": uuid.uuid4(), "ad": (typed_before.get("ad") or [""])[0]})
    else:
        form = PasteForm(initial={"token": uuid.uuid4()})
    if form.is_bound and form.is_valid():
        token, text = form.cleaned_data["token"], form.cleaned_data["ad"]
        try:
            row, count = _begun(employer, token, text, by=request.user)
        except writing.WritingRefused as refusal:
            form.add_error(None, str(refusal))
        except Employer.DoesNotExist:  # a token of somebody else's: begin anew
            return redirect("hiring_paste", slug=slug)
        else:
            forget(request)
            if row is None:
                return redirect("hiring_employer", slug=slug)
            messages.success(request, _filled(count))
            return redirect("hiring_write", slug=slug, token=row.token, step="work")
    context = {"employer": employer, "membership": membership, "tab": "openings", "form": form}
    return render(request, "employers/hiring/write/paste.html", context)


def _begun(employer, token, text, *, by):
    """Return (what is kept of the ad, how many fields it filled); (None, 0) when it became an opening already."""
    if writing.finished(employer, token):
        return None, 0
    now = timezone.now()
    found = pasted.read(text, employer=employer, now=now)
    values = {**{name: [] for name in pasted.NEVER_PRESUMED}, **found.values}
    row = writing.begin(
        employer=employer, token=token, by=by, now=now, values=values, origins=found.origins, advert=text
    )
    return row, len(found.values)


def _filled(count):
    if not count:
        return _("We could not read any answers out of this text. It is kept beside the form.")
    return ngettext(
        "We filled in %(count)s answer. Look at it: the phrase it came from stands with it.",
        "We filled in %(count)s answers. Look at each: the phrase it came from stands with it.",
        count,
    ) % {"count": count}
