"""What live openings here say they pay: posted ranges by role and region, only where there are enough of them.

An opening counts once for each role and each area it is in. Amounts are made hourly (employers.search.hourly: a year has
52 weeks of the opening's own hours, 40 when it gives none). A figure is the median of the lowest and the median of the
highest amounts of all posted ranges. It is shown from LEAST_OPENINGS openings of LEAST_EMPLOYERS employers on, so that
no figure is one employer's pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerportal.places.regions import NEW_YORK
from careerportal.places.states import STATES
from careers.vocabulary import ROLE_SEARCH_CHOICES
from employers.search import CENT, HOURS_A_YEAR

LEAST_OPENINGS, LEAST_EMPLOYERS = 5, 3
COUNTRY, STATE = "US", "NY"

_COUNTIES = [(f"NY:{county}", region) for region, counties in NEW_YORK.items() for county in counties]

# A mix of both roles counts in both. Work that may be done anywhere ("US") counts for the country alone.
_STATEMENT = """
WITH posted AS (
  SELECT l.id, l.employer_id, s.roles, s.states, s.counties,
    l.pay_min_usd / CASE l.pay_period WHEN 'year' THEN 52 * coalesce(l.weekly_hours, 40) ELSE 1 END AS low,
    l.pay_max_usd / CASE l.pay_period WHEN 'year' THEN 52 * coalesce(l.weekly_hours, 40) ELSE 1 END AS high
  FROM employers_listing l
  JOIN employers_listingsearch s ON s.listing_id = l.id
  JOIN employers_employer e ON e.id = l.employer_id
  WHERE s.live_from <= %(at)s AND s.live_until > %(at)s AND l.pay_max_usd IS NOT NULL AND e.is_sample = %(samples)s
    AND (l.weekly_hours IS NULL OR l.weekly_hours > 0)
), counties(county, region) AS (SELECT * FROM unnest(%(counties)s::text[], %(regions)s::text[])),
placed AS (
  SELECT id, employer_id, roles, low, high, 'US' AS area FROM posted
  UNION ALL
  SELECT id, employer_id, roles, low, high, state FROM posted, unnest(states) state WHERE state <> 'US'
  UNION ALL
  SELECT DISTINCT p.id, p.employer_id, p.roles, p.low, p.high, c.region
  FROM posted p JOIN counties c ON c.county = ANY(p.counties)
)
SELECT role, area, count(*), count(DISTINCT employer_id),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY low), percentile_cont(0.5) WITHIN GROUP (ORDER BY high)
FROM placed, unnest(roles) role
GROUP BY role, area
"""


@dataclass(frozen=True)
class PostedPay:
    """The figure of one role in one area. `low` and `high` are dollars an hour, None when there is too little."""

    role: str  # a search parameter: cc, cm or related
    area: str
    openings: int
    employers: int
    low: Decimal | None
    high: Decimal | None

    @property
    def is_shown(self):
        """True when there are enough openings, of enough employers, to say a figure."""
        return self.openings >= LEAST_OPENINGS and self.employers >= LEAST_EMPLOYERS

    @property
    def low_year(self):
        """The lowest amount as dollars a full-time year."""
        return round(self.low * HOURS_A_YEAR, -2)

    @property
    def high_year(self):
        """The highest amount as dollars a full-time year."""
        return round(self.high * HOURS_A_YEAR, -2)

    @property
    def needed_short(self):
        """The same as `needed` for a cell of a table."""
        missing = LEAST_OPENINGS - self.openings
        if missing > 0:
            return _("%(missing)d more") % {"missing": missing}
        return _("more employers (%(least)d)") % {"least": LEAST_EMPLOYERS}

    @property
    def needed(self):
        """What is still needed before a figure can be shown, in words."""
        missing = LEAST_OPENINGS - self.openings
        if missing > 0:
            return ngettext(
                "%(missing)d more opening with a pay range is needed.",
                "%(missing)d more openings with a pay range are needed.",
                missing,
            ) % {"missing": missing}
        return _("Openings of at least %(least)d employers are needed.") % {"least": LEAST_EMPLOYERS}


@dataclass(frozen=True)
class Area:
    """The figures of one area, a PostedPay for each role."""

    name: str
    figures: tuple

    @property
    def has_figure(self):
        """True when at least one role has enough openings here."""
        return any(figure.is_shown for figure in self.figures)


def posted_pay(*, at, samples=False):
    """Return an Area each for the country, New York State, its regions, and other states with a figure to show.

    `at`: an aware datetime. `samples`: figures of the invented openings alone, for a demo; else they never count.
    """
    found = _read(at, samples)
    others = sorted(
        {area for (_role, area), figure in found.items() if area in STATES and area != STATE and figure.is_shown}
    )
    areas = [(COUNTRY, _("United States")), (STATE, _("New York State")), *((name, name) for name in NEW_YORK)]
    areas += [(state, STATES[state]) for state in others]
    return [
        Area(
            str(name),
            tuple(
                found.get((role, area)) or PostedPay(role, area, 0, 0, None, None)
                for role, _name in ROLE_SEARCH_CHOICES
            ),
        )
        for area, name in areas
    ]


def _read(at, samples):
    counties, regions = zip(*_COUNTIES, strict=True)
    values = {"at": at, "samples": samples, "counties": list(counties), "regions": list(regions)}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        rows = cursor.fetchall()
    return {(role, area): _figure(role, area, *rest) for role, area, *rest in rows}


def _figure(role, area, openings, employers, low, high):
    figure = PostedPay(role, area, openings, employers, None, None)
    if not figure.is_shown:
        return figure
    return PostedPay(role, area, openings, employers, Decimal(low).quantize(CENT), Decimal(high).quantize(CENT))
