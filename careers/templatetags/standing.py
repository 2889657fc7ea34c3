"""Who says so and since when: lines beside a rule, and amounts of wage tables."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from careers.templatetags.careers import known, source_link

register = template.Library()


@register.simple_tag
def education_known(route):
    """How well the line on school of an EntryRoute is known, from its tier."""
    return known(_Tiered(route.education_tier))


class _Tiered:
    """What `known` looks at, for a tier that stands in a field of another name."""

    def __init__(self, tier):
        self.tier = tier


@register.simple_tag
def rule_standing(rule):
    """Who says so, since when, how well it is known, and when someone looks again, for a Rule."""
    words = []
    if rule.kind == "usual":
        words.append(gettext("What employers mostly ask. No one set it as a rule."))
        if rule.source:
            words.append(format_html(gettext("School and training: {}."), source_link(rule.source)))
    else:
        words.append(known(rule))
        if rule.source:
            words.append(format_html(gettext("Source: {}."), source_link(rule.source)))
        words.append(
            gettext("In force since %(date)s.") % {"date": date_format(rule.effective, "F j, Y")}
            if rule.effective
            else gettext("We read no start date.")
        )
    if rule.reviewed_on:
        words.append(gettext("Last reviewed %(date)s.") % {"date": date_format(rule.reviewed_on, "F j, Y")})
    if rule.review_due:
        words.append(gettext("We look again by %(date)s.") % {"date": date_format(rule.review_due, "F j, Y")})
    return format_html_join(" ", "{}", ((word,) for word in words if word))


@register.filter
def wage(amount):
    """Decimal 93600.00 -> "$93,600", 24.5 -> "$24.50"."""
    return f"${amount:,.0f}" if amount == int(amount) else f"${amount:,.2f}"
