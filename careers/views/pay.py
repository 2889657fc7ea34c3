"""What the work pays, and who must say so."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from careerportal.places.states import STATES
from careers.pages import pay as pages


@require_safe
@login_not_required
def pay(request):
    """Posted ranges of openings here beside published wages of occupations."""
    return render(request, "careers/pay.html", pages.pay())


@require_safe
@login_not_required
def pay_rules(request):
    """Pay transparency, state by state."""
    asked = request.GET.get("state", "").strip().upper()
    page = pages.pay_rules(today=localdate(), state=asked if asked in STATES else "")
    page |= {"is_unknown": bool(asked) and asked not in STATES, "asked_name": STATES.get(asked, "")}
    return render(request, "careers/pay_rules.html", page)
