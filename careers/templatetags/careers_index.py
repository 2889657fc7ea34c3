"""The list of all pages about the work."""

from django import template

from careers import index

register = template.Library()


@register.inclusion_tag("careers/_index.html")
def careers_index():
    """Every page about the work with a line on what it answers."""
    return {"pages": index.pages()}
