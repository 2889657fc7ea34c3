"""Components about the work: role badge, the hub in the wheel, how well a fact is known."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers import hub
from careers.models import HubSpoke, Passage
from careers.vocabulary import RoleMask, Tier
from careers.vocabulary import role_codes as codes_of

register = template.Library()

HUB_INTRO = "hub-intro"

# What the work in a setting is like, field by field of CareSetting. A value that is not named here is left out.
WORK_STYLE = {
    "work_place": {
        "office": _("In an office"),
        "desk": _("At a desk or on the phone"),
        "on-site": _("On site"),
        "field": _("Out in the community"),
        "mixed": _("Partly in, partly out"),
    },
    "driving": {
        "often": _("Driving often"),
        "sometimes": _("Driving sometimes"),
        "rarely": _("Driving rarely"),
    },
    "evenings": {
        "often": _("Evenings or weekends often"),
        "sometimes": _("Evenings or weekends sometimes"),
        "rarely": _("Evenings or weekends rarely"),
    },
    "focus": {
        "medical": _("Mostly medical needs"),
        "social": _("Mostly social needs"),
        "both": _("Medical and social needs"),
    },
}


@register.simple_tag
def role_badge(mask, *, small=False):
    """CC, CM or both as a badge; nothing visible for related work. `mask`: a role mask, 0 to 3."""
    if mask not in RoleMask.values:
        raise template.TemplateSyntaxError(f"role_badge: {mask!r} is not a role mask")
    return render_to_string("components/role_badge.html", {"code": " and ".join(codes_of(mask)), "small": small})


@register.simple_tag
def role_badges(mask):
    """A small badge for each role in `mask`, side by side in a line."""
    badges = [render_to_string("components/role_badge.html", {"code": code, "small": True}) for code in codes_of(mask)]
    return mark_safe("".join(badge.strip() for badge in badges))


@register.inclusion_tag("careers/hub_wheel.html")
def hub_wheel():
    """The wheel with its first sentence and its list twin (two queries)."""
    intro = Passage.objects.filter(slug=HUB_INTRO).values_list("text", flat=True).first()
    rows = HubSpoke.objects.filter(wheel_place__isnull=False)
    return {"spokes": hub.spokes(rows), "ticks": hub.ticks(), "intro": intro or ""}


@register.inclusion_tag("careers/hub_explorer.html")
def hub_explorer(rows, passages):
    """The wheel to explore: each spoke shows what comes in, what goes out and how the roles differ; then the same as a list.

    `rows`: every HubSpoke in order. `passages`: the words of the hub by key.
    """
    return {"stops": hub.stops(rows), "ticks": hub.ticks(), "passages": passages}


@register.inclusion_tag("careers/_work_style.html")
def work_style(setting):
    """What the work in a care setting is like, as a line of short facts; field knowledge."""
    said = (words.get(getattr(setting, field)) for field, words in WORK_STYLE.items())
    return {"facts": [fact for fact in said if fact]}


@register.simple_tag
def known(item):
    """One quiet sentence: how well `item` is known, from its tier."""
    sentences = {
        Tier.SOURCED: gettext("Read in the primary source."),
        Tier.REPORTED: gettext("Read in a second-hand source."),
        Tier.PRACTICE: gettext("Field knowledge, with no published source. Ask the employer."),
    }
    return sentences.get(item.tier, "")


@register.simple_tag
def source_link(source):
    """The name of a source, linked where it has an address; "" for none."""
    if source is None:
        return ""
    if not source.url:
        return source.name
    return format_html('<a href="{}" rel="noopener external">{}</a>', source.url, source.name)


@register.simple_tag
def linked(text, label, to):
    """`text` with its part `label` made a link to `to`; the text alone when the label is not in it."""
    if not label or label not in text:
        return text
    before, found, after = text.partition(label)
    if after.strip() == ">":  # the owner's text ends in an arrow: it belongs to the link
        found, after = found + after, ""
    return format_html('{}<a href="{}">{}</a>{}', before, to, found, after)


@register.filter
def dollars(amount):
    """45120 -> "$45,120"; amounts are whole U.S. dollars."""
    return f"${amount:,.0f}"
