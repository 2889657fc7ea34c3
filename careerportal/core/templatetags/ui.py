"""Components with no domain in them."""

from django import template

register = template.Library()
