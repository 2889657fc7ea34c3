"""How many openings each choice of a search would leave: one statement for the result and all its counts."""

from dataclasses import dataclass, field, replace

from django.db import connection
from django.db.models import Count, Value

from employers.models import Listing
from employers.search import OVERLAPS, ListingCriteria

COUNTED = ("roles", "settings", "employment", "modes", "licences")


@dataclass(frozen=True)
class Facets:
    """`total`: openings that fit. `counts[facet][value]`: those that would fit if `value` were the facet's only choice."""

    total: int = 0
    counts: dict = field(default_factory=dict)

    def count(self, facet, value):
        """Openings under one choice; 0 when there are none."""
        return self.counts.get(facet, {}).get(value, 0)


def facets(criteria, *, at):
    """Return the Facets of a ListingCriteria over what is live at the aware datetime `at`.

    The openings that fit everything but the counted facets are found once; each facet is then counted among those
    that fit the other four, so that its own choices do not hide each other.
    """
    columns = [OVERLAPS[facet] for facet in COUNTED]
    found = Listing.objects.live(at=at).matching(replace(criteria, **dict.fromkeys(COUNTED, ())), at=at)
    inner, values = found.order_by().values_list(*(f"search__{column}" for column in columns)).query.sql_with_params()
    asked = {facet: list(getattr(criteria, facet)) for facet in COUNTED if getattr(criteria, facet)}

    def fitting(*, but=None):
        conditions = [f"{OVERLAPS[facet]} && %s::varchar[]" for facet in asked if facet != but]
        return " AND ".join(conditions) or "TRUE", [chosen for facet, chosen in asked.items() if facet != but]

    where, chosen = fitting()
    parts, values = [f"SELECT '' AS facet, '' AS value, count(*) FROM found WHERE {where}"], [*values, *chosen]  # noqa: S608
    for facet in COUNTED:
        where, chosen = fitting(but=facet)
        each = f"found, unnest({OVERLAPS[facet]}) value"
        parts.append(f"SELECT '{facet}', value, count(*) FROM {each} WHERE {where} GROUP BY value")  # noqa: S608
        values += chosen
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found ({', '.join(columns)}) AS MATERIALIZED ({inner}) {' UNION ALL '.join(parts)}", values
        )
        counts, total = {}, 0
        for facet, value, count in cursor.fetchall():
            if facet:
                counts.setdefault(facet, {})[value] = count
            else:
                total = count
    return Facets(total=total, counts=counts)


def tally(searches: dict[str, ListingCriteria], *, at):
    """Return how many live openings fit each of several searches, by name, in one statement."""
    counts = [
        Listing.objects.live(at=at)
        .matching(criteria, at=at)
        .order_by()
        .annotate(search_name=Value(name))
        .values("search_name")
        .annotate(found=Count("pk"))
        .values_list("search_name", "found")
        for name, criteria in searches.items()
    ]
    if not counts:
        return {}
    found = dict(counts[0].union(*counts[1:], all=True)) if len(counts) > 1 else dict(counts[0])
    return {name: found.get(name, 0) for name in searches}
