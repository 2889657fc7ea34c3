"""What /privacy/ prints from the constants that the timers clear by."""

from django import template
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import retention

register = template.Library()


@register.simple_tag
def retention_rules():
    """Each kind of thing that is kept, and for how long."""
    return retention.rules()


@register.simple_tag
def cookies():
    """Every cookie the portal sets: its name, what for, how long."""
    days = settings.SESSION_COOKIE_AGE // 86_400
    kept = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    year = settings.CSRF_COOKIE_AGE // 86_400
    return [
        {
            "name": settings.SESSION_COOKIE_NAME,
            "what": _("keeps you signed in, or knows what you saved before you sign in"),
            "how_long": kept,
        },
        {
            "name": settings.CSRF_COOKIE_NAME,
            "what": _("protects forms: what is sent comes from our page. Set when a page with a form needs it"),
            "how_long": ngettext("%(days)s day", "%(days)s days", year) % {"days": year},
        },
        {
            "name": "messages",
            "what": _("carries a sentence such as “Saved.” to the next page"),
            "how_long": _("until that page has shown it"),
        },
    ]
