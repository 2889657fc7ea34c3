"""Openings as they stand now, for pages about the work."""

from django import template
from django.utils import timezone

from employers import openings_now as now

register = template.Library()


@register.simple_tag
def openings_now():
    """How many openings are live by title, setting and role (employers.openings_now.OpenNow); one statement."""
    return now.open_now(at=timezone.now())


@register.filter
def of(counts, key):
    """The count under `key`, 0 when there is none."""
    return counts.get(key, 0)


@register.filter
def in_setting(open_now, setting_slug):
    """The counts of one setting by title slug."""
    return {title: found for (setting, title), found in open_now.pairs.items() if setting == setting_slug}


@register.filter
def with_title(open_now, title_slug):
    """The counts of one title by setting slug."""
    return {setting: found for (setting, title), found in open_now.pairs.items() if title == title_slug}


@register.inclusion_tag("employers/_newest.html")
def newest_openings(*, title="", setting="", role=""):
    """The count and the newest openings of a title, setting or role, and what to do when there are none."""
    return {"newest": now.newest(at=timezone.now(), title=title, setting=setting, role=role)}


@register.inclusion_tag("employers/_setting_title_table.html")
def setting_title_table(groups, settings):
    """Titles down, settings across, openings in the cells. `groups`: (family, titles with `settings` loaded); one statement."""
    counts = now.open_now(at=timezone.now())
    return {
        "settings": settings,
        "groups": [
            {"family": family, "rows": [{"title": title, "cells": _cells(title, settings, counts)} for title in titles]}
            for family, titles in groups
        ],
        "total": counts.total,
    }


def _cells(title, settings, counts):
    used = {setting.pk for setting in title.settings.all()}
    return [
        {"setting": setting, "open": counts.pairs[setting.slug, title.slug], "is_used": setting.pk in used}
        for setting in settings
    ]
