"""Telling people about an opening: a flyer to hang up, and text for other boards."""

import segno
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from employers import telling, wording
from employers.cards import role_code
from employers.facts import facts
from employers.models import Listing
from employers.views.membership import employer_of

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks for


def _opening(request, pk):
    """The context of an opening of one's own employer. Raises Http404 for strangers and for what was taken down."""
    known = Listing.objects.exclude(status=Listing.Status.TAKEN_DOWN).with_page_details()
    listing = get_object_or_404(known, pk=pk)
    employer, membership = employer_of(request, listing.employer.slug)
    return {
        "listing": listing,
        "employer": employer,
        "membership": membership,
        "tab": "openings",
        "is_public": listing.status == Listing.Status.PUBLISHED,
        "pay_text": wording.pay_text(listing),
        "address": telling.address(listing),
    }


@never_cache
@require_safe
def flyer(request, pk):
    """One sheet of paper to hang up, with a code that leads to the opening."""
    context = _opening(request, pk)
    listing = context["listing"]
    code = segno.make(context["address"], error="m", micro=False)
    context |= {
        "code": mark_safe(code.svg_inline(omitsize=True, svgclass="flyer__code", lineclass=None, border=QUIET_ZONE)),
        "short_address": context["address"].partition("://")[2],
        "role_code": role_code(listing),
        "place_text": wording.place_text(listing),
        "pay_alt_text": wording.pay_alt_text(listing),
        "facts": [fact for fact in facts(listing) if fact.value and not fact.is_lead],
        "benefits": wording.benefits_list(listing),
        "closes_text": wording.closes_text(listing),
    }
    return render(request, "employers/hiring/flyer.html", context)


@never_cache
@require_safe
def copy_text(request, pk):
    """The opening as text in three lengths, to copy to other boards."""
    context = _opening(request, pk)
    context["texts"] = telling.texts(context["listing"])
    return render(request, "employers/hiring/copy_text.html", context)
