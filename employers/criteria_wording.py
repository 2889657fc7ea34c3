"""A search in words, for alerts and their mails: "Care management openings, 25 miles of 12207 (Albany, NY), full time"."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers import vocabulary
from careers.models import CareSetting, JobTitle, Population
from employers.models import Employer
from employers.wording import dollars

_FIXED = (
    ("employment", vocabulary.EmploymentType), ("schedules", vocabulary.Schedule), ("modes", vocabulary.WorkMode),
    ("visits", vocabulary.HomeVisits), ("licences", vocabulary.License), ("languages", vocabulary.Language),
)  # fmt: skip
_ROWS = (("titles", JobTitle), ("settings", CareSetting), ("populations", Population), ("employers", Employer))


def criteria_parts(criteria):
    """Return what a ListingCriteria asks, one short phrase a condition, in a fixed order; empty when it asks nothing.

    Costs one query for each of titles, settings, people served and employers that is asked.
    """
    parts = []
    if criteria.roles:
        names = dict(vocabulary.ROLE_SEARCH_CHOICES)
        parts.append(_any_of(names[slug] for slug in criteria.roles))
    if criteria.words:
        parts.append(_("the words “%(words)s”") % {"words": criteria.words})
    if criteria.place:
        parts.append(
            _("within %(place)s") % {"place": criteria.place.label} if criteria.place.kind == "radius" else criteria.place.label
        )
    for facet, model in _ROWS:
        if slugs := getattr(criteria, facet):
            names = dict(model.objects.filter(slug__in=slugs).values_list("slug", "name"))
            parts.append(_any_of(names.get(slug, slug) for slug in slugs))
    for facet, choices in _FIXED:
        if slugs := getattr(criteria, facet):
            parts.append(_any_of(choices(slug).label for slug in slugs))
    if criteria.education_rank is not None:
        level = list(vocabulary.Education)[criteria.education_rank]
        parts.append(_("asks at most: %(level)s") % {"level": level.label})
    if criteria.experience_months is not None:
        parts.append(
            ngettext(
                "asks at most %(months)s month of experience", "asks at most %(months)s months of experience",
                criteria.experience_months,
            ) % {"months": criteria.experience_months}
        )  # fmt: skip
    if criteria.pay_floor_usd_hour is not None:
        parts.append(_("pays %(pay)s an hour or more") % {"pay": dollars(criteria.pay_floor_usd_hour)})
    return parts


def criteria_text(criteria):
    """Return the same as one line: "Care management, within 25 miles of 12207 (Albany, NY)", or "All openings"."""
    return ", ".join(criteria_parts(criteria)) or _("All openings")


def _any_of(labels):
    return get_text_list([str(label) for label in labels], _("or"))
