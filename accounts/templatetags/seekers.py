"""What a seeker may do with an opening or an employer, on pages of the apps below."""

from django import template
from django.urls import reverse

from accounts import my_alerts, saved
from employers.criteria_wording import criteria_text
from employers.models import Listing

register = template.Library()


@register.inclusion_tag("accounts/_save_button.html", takes_context=True)
def save_button(context, thing):
    """The button that saves an opening or an employer. Pages for everyone show it without asking who reads them."""
    is_opening = isinstance(thing, Listing)
    address = reverse("saved_opening", args=[thing.pk]) if is_opening else reverse("saved_employer", args=[thing.slug])
    is_saved = bool(context.get("may_be_known") and saved.shelf_of(context["request"]).find(thing))
    return {"address": address, "is_opening": is_opening, "is_saved": is_saved}


@register.inclusion_tag("accounts/_alert_in_hand.html", takes_context=True)
def alert_in_hand(context, query):
    """Above the search: the alert that its owner is changing, and the button that lets it look for `query`."""
    if not context.get("may_be_known"):
        return {}
    request = context["request"]
    held = request.session.get(my_alerts.IN_HAND) if request.user.is_authenticated else None
    alert = my_alerts.of_user(request.user).filter(pk=held).first() if held else None
    return {
        **context.flatten(),
        "alert": alert,
        "summary": criteria_text(alert.criteria) if alert else "",
        "query": query,
    }


@register.inclusion_tag("accounts/_keep_answers.html", takes_context=True)
def keep_answers(context, kind):
    """Under a result: the way to keep its answers in an account. `kind`: route or fit."""
    return {"kind": kind, "query": context["request"].META.get("QUERY_STRING", "")}
