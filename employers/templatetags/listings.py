"""Openings and search filters on a page."""

from django import template

register = template.Library()


@register.inclusion_tag("components/opening_card.html")
def opening_card(card):
    """One opening as an item of <ul class="openings" role="list">."""
    return {"card": card}


@register.inclusion_tag("employers/_choices.html")
def choices(group):
    """A group of the search filters (employers.panel.Group) as checkboxes with counts."""
    return {"group": group}


@register.inclusion_tag("employers/_select.html")
def select(name, asked, *, empty=""):
    """A filter that takes one value (of employers.panel.Panel.selects) as a select. `empty`: the label for no choice."""
    return {"name": name, "asked": asked, "empty": empty}
