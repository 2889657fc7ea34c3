"""Criteria back into the address of the search they came from."""

from django.urls import reverse
from django.utils.http import urlencode

from careers import vocabulary

_PARAMETERS = {
    "roles": "role", "titles": "title", "settings": "setting", "populations": "population", "employment": "employment",
    "schedules": "schedule", "modes": "mode", "visits": "visits", "licences": "licence", "languages": "language",
    "employers": "employer",
}  # fmt: skip


def search_query(criteria):
    """Return the query string of /openings/ that means these criteria; parsing it gives equal criteria."""
    pairs = [("q", criteria.words)] if criteria.words else []
    pairs += _place(criteria.place) if criteria.place else []
    pairs += [(name, value) for facet, name in _PARAMETERS.items() for value in getattr(criteria, facet)]
    if criteria.titles and not criteria.same_work:
        pairs.append(("same_work", "0"))
    if criteria.education_rank is not None:
        pairs.append(("education", list(vocabulary.Education)[criteria.education_rank].value))
    if criteria.experience_months is not None:
        pairs.append(("experience", criteria.experience_months))
    if criteria.pay_floor_usd_hour is not None:
        pairs += [("pay_min", criteria.pay_floor_usd_hour), ("pay_period", "hour")]
    if criteria.posted_days is not None:
        pairs.append(("posted", criteria.posted_days))
    return urlencode(pairs)


def search_path(criteria):
    """Return the path and query of the search page that shows what these criteria find."""
    query = search_query(criteria)
    return reverse("openings") + (f"?{query}" if query else "")


def _place(place):
    if place.kind == "radius":
        where = ("zip", place.zip) if place.zip else ("place", f"{place.town}, {place.state}")
        return [where, ("miles", place.miles)]
    if place.kind == "county":
        return [("place", f"{place.county} County, {place.state}")]
    return [("place", place.state if place.kind == "state" else "remote")]
