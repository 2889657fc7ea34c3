"""What live openings pay, for pages of lower apps."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from careerportal.places import regions
from careers.vocabulary import ROLE_SEARCH_CHOICES
from employers import payfigures

register = template.Library()


@register.inclusion_tag("employers/_posted_pay.html")
def posted_pay():
    """Posted ranges of live openings by role and region, now; one query. In a demo: of the invented openings."""
    is_demo = settings.PORTAL_ENV == "demo"
    now = timezone.now()
    areas = payfigures.posted_pay(at=now, samples=is_demo)
    shown = [figure.high for area in areas for figure in area.figures if figure.is_shown]
    return {
        "areas": [area for area in areas if area.has_figure],
        "waiting": [area for area in areas if not area.has_figure],
        "top": max(shown, default=1),  # the end of the scale that all bars share
        "roles": ROLE_SEARCH_CHOICES,
        "now": now,
        "is_demo": is_demo,
        "least_openings": payfigures.LEAST_OPENINGS,
        "least_employers": payfigures.LEAST_EMPLOYERS,
        "region_source": {"name": regions.SOURCE_NAME, "url": regions.SOURCE_URL},
    }


@register.simple_tag
def pay_bar(low, high, *, top, tone="", tick=None):
    """A bar from `low` to `high` on a scale from 0 to `top`, as inline SVG, with a mark at `tick`.

    It is decoration: the numbers stand beside it.
    """
    share = 100 / float(top)
    facts = {"x": round(share * float(low), 2), "width": round(max(share * float(high - low), 0.8), 2), "tone": tone}
    facts["tick"] = round(share * float(tick), 2) if tick is not None else None
    return render_to_string("components/pay_bar.html", facts)
