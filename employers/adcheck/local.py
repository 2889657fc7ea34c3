"""Pay rules of cities and counties, from careers.models.LocalPayRule."""

from django.db.models import Q
from django.utils.translation import gettext as _

from careerportal.places.names import BOROUGHS, squash
from careers.models import LocalPayRule
from careers.models.pay import PayRuleStatus
from employers.adcheck.findings import RuleFinding

_NEW_YORK_CITY = "New York City"


def of(ad, *, on):
    """Yield a RuleFinding for each local rule in force that reaches a site of the ad. The state's rule decides first."""
    if not ad.site_states:
        return
    started = Q(effective=None) | Q(effective__lte=on)
    rules = LocalPayRule.objects.filter(started, state__in=ad.site_states, status=PayRuleStatus.IN_FORCE)
    for rule in rules.prefetch_related("sources").order_by("place", "pk"):
        if _reaches(rule, ad):
            source = min(rule.sources.all(), key=lambda source: source.slug, default=None)
            text = _("%(place)s has a rule of its own: %(rule)s") % {"place": rule.place, "rule": rule.rule}
            yield RuleFinding(
                "local-pay-range",
                "should",
                "pay_min_usd",
                text,
                source.name if source else "",
                source.url if source else "",
            )


def _reaches(rule, ad):
    """True when a site lies in the rule's city or county."""
    place = rule.place.partition(",")[0].strip()
    if place == _NEW_YORK_CITY:
        return any(f"NY:{county}" in ad.site_counties for county in BOROUGHS)
    if place.endswith(" County"):
        return f"{rule.state}:{place.removesuffix(' County')}" in ad.site_counties
    return f"{rule.state}:{squash(place)}" in {f"{city[:3]}{squash(city[3:])}" for city in ad.site_cities}
