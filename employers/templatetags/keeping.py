"""The clock of openings, for the workspace's lists."""

from django import template

from employers import confirming, lifecycle

register = template.Library()


@register.simple_tag
def keep_clock(listing, now):
    """The confirming.KeepClock of a published opening at the aware datetime `now`, or None."""
    return confirming.clock_of(listing, now=now)


@register.filter
def ended_on(listing):
    """The last day of a closed opening."""
    return lifecycle.ended_on(listing)
