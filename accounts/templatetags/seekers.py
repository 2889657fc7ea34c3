"""What a seeker may do with an opening or an employer, on pages of the apps below."""

from django import template
from django.urls import reverse

from accounts import saved
from employers.models import Listing

register = template.Library()


@register.inclusion_tag("accounts/_save_button.html", takes_context=True)
def save_button(context, thing):
    """The button that saves an opening or an employer. Pages for everyone show it without asking who reads them."""
    is_opening = isinstance(thing, Listing)
    address = reverse("saved_opening", args=[thing.pk]) if is_opening else reverse("saved_employer", args=[thing.slug])
    is_saved = bool(context.get("may_be_known") and saved.shelf_of(context["request"]).find(thing))
    return {"address": address, "is_opening": is_opening, "is_saved": is_saved}
