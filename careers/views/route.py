"""The route finder: what I have, and what is open to me with it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from careers import route
from careers.pages import route as pages
from careers.route_form import RouteForm


@require_safe
@login_not_required
def finder(request):
    """The questions, and under them the answer to what the address says. Nothing is stored."""
    credentials, rules = pages.choices()
    form = RouteForm(request.GET, credentials=credentials, askable=route.askable(rules))
    page = {"form": form, "found": None}
    if request.GET and form.is_valid():
        asked = form.cleaned_data
        page["found"] = pages.result(
            answers=form.answers,
            credentials=credentials,
            rules=rules,
            state=asked["state"] or "NY",
            asked=asked,
            today=localdate(),
        )
        page["kept"] = [
            (name, value) for name, values in request.GET.lists() for value in values if name in form.fields
        ]
    return render(request, "careers/route.html", page)
