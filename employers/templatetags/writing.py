"""Questions of the form of an opening, with what a pasted ad said and which rule asks."""

from django import template
from django.template.loader import render_to_string

from careerportal.core.templatetags.ui import field

register = template.Library()


@register.simple_tag(takes_context=True)
def asked(context, name, *, size="", label=None):
    """One question of the step's form: hint, the phrase of the ad that a guess came from, the rule that asks for it."""
    bound = context["form"][name]
    origin = context["origins"].get(name)
    hint = bound.help_text
    if origin:
        hint = render_to_string("employers/hiring/write/_origin.html", {"hint": hint, "origin": origin})
    shown = field(bound, size=size, hint=hint, label=label)
    finding = context["findings"].get(name)
    if finding is None:
        return shown
    return shown + render_to_string("employers/hiring/write/_rule.html", {"finding": finding})


@register.filter
def by_key(mapping, key):
    """The value under `key`, or None."""
    return mapping.get(key)


@register.simple_tag
def has_any(form, origins, *names):
    """True when one of these questions is answered, wrong or guessed: its fold stands open."""
    return any(form[name].value() or form[name].errors or name in origins for name in names)
