"""A search in words, for alerts and their mails: "Openings in care management within 25 miles of 12207, full time"."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers import vocabulary
from careers.models import CareSetting, JobTitle, Population
from employers.models import Employer
from employers.wording import dollars

_FIXED = (
    ("employment", vocabulary.EmploymentType),
    ("schedules", vocabulary.Schedule),
    ("modes", vocabulary.WorkMode),
    ("visits", vocabulary.HomeVisits),
    ("licences", vocabulary.License),
    ("languages", vocabulary.Language),
)
_ROWS = (("titles", JobTitle), ("settings", CareSetting), ("populations", Population), ("employers", Employer))


def criteria_text(criteria):
    """Return what a ListingCriteria asks as one line; "All openings" when it asks nothing.

    Costs one query for each of titles, settings, people served and employers that is asked.
    """
    if criteria.is_empty:
        return _("All openings")
    where = _where(criteria.place)
    lead = f"{_kind(criteria.roles)} {where}" if where else _kind(criteria.roles)
    return ", ".join([lead, *_conditions(criteria)])


def criteria_parts(criteria):
    """Return the same as a list of short phrases, one for each condition after kind and place."""
    if criteria.is_empty:
        return [_("All openings")]
    where = _where(criteria.place)
    return [_kind(criteria.roles), *([where[:1].upper() + where[1:]] if where else []), *_conditions(criteria)]


def _kind(roles):
    if not roles:
        return _("Openings")
    names = dict(vocabulary.ROLE_SEARCH_CHOICES)
    return _("Openings in %(kinds)s") % {"kinds": _any_of(str(names[slug]).lower() for slug in roles)}


def _where(place):
    if place is None:
        return ""
    if place.kind == "radius":
        return _("within %(place)s") % {"place": place.label}
    if place.kind == "remote":
        return _("for remote work")
    return _("in %(place)s") % {"place": place.label}


def _conditions(criteria):
    said = [_("with the words “%(words)s”") % {"words": criteria.words}] if criteria.words else []
    for facet, model in _ROWS:
        if slugs := getattr(criteria, facet):
            names = dict(model.objects.filter(slug__in=slugs).values_list("slug", "name"))
            said.append(_any_of(names.get(slug, slug) for slug in slugs))
    for facet, choices in _FIXED:
        if slugs := getattr(criteria, facet):
            said.append(_any_of(choices(slug).label for slug in slugs))
    if criteria.education_rank is not None:
        level = list(vocabulary.Education)[criteria.education_rank]
        said.append(_("asks at most: %(level)s") % {"level": level.label})
    if criteria.experience_months is not None:
        most = ngettext(
            "asks at most %(months)s month of experience",
            "asks at most %(months)s months of experience",
            criteria.experience_months,
        )
        said.append(most % {"months": criteria.experience_months})
    if criteria.pay_floor_usd_hour is not None:
        said.append(_("pays %(pay)s an hour or more") % {"pay": dollars(criteria.pay_floor_usd_hour)})
    return said


def _any_of(labels):
    return get_text_list([str(label) for label in labels], _("or"))
