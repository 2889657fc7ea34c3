"""An ad as the checks read it, whether it is still typed into a form or stored as an opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from employers.models.listing import stated_by


@dataclass(frozen=True)
class Ad:
    """The plain facts and words of one ad. What is not known is empty, never missing.

    `states` are those of its sites and of remote work ("US": anywhere); `home_states` those of the employer's own
    sites, where remote work may report to. `lists` of rows hold their slugs; `counties` and `site_counties` are such
    as "NY:Albany".
    """

    headline: str = ""
    title_name: str = ""
    description: str = ""
    has_site: bool = False
    site_states: tuple[str, ...] = ()
    site_counties: tuple[str, ...] = ()
    site_cities: tuple[str, ...] = ()
    remote_states: tuple[str, ...] = ()
    home_states: tuple[str, ...] = ()
    care_settings: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    employment: str = ""
    schedules: tuple[str, ...] = ()
    weekly_hours: Decimal | None = None
    mode: str = ""
    visits: str = ""
    visits_percent: int | None = None
    needs_car: bool | None = None
    on_call: str = ""
    counties: tuple[str, ...] = ()
    pay_min_usd: Decimal | None = None
    pay_max_usd: Decimal | None = None
    pay_period: str = ""
    licences: tuple[str, ...] = ()
    licence_stance: str = ""
    credentials: tuple[str, ...] = ()
    education: str = ""
    education_stance: str = ""
    experience_months: int | None = None
    experience_stance: str = ""
    caseload: str = ""
    acuity: str = ""
    supervision: str = ""
    languages: tuple[str, ...] = ()
    benefits: str = ""
    benefit_kinds: tuple[str, ...] = ()
    apply_url: str = ""
    closes_on: date | None = None
    is_always_hiring: bool = False

    @classmethod
    def of(cls, what, *, employer=None) -> Ad:
        """Return the Ad of an opening, of `content` as drafts takes it (any part of it), or of an Ad.

        `employer` tells where remote work may report to; an opening brings its own.
        """
        if isinstance(what, Ad):
            return what
        get = what.get if isinstance(what, dict) else lambda name, empty=None: getattr(what, name, empty)
        employer = employer or (None if isinstance(what, dict) else what.employer)
        sites = _rows(get("sites"))
        title = get("title")
        plain = {name: get(name) for name in _PLAIN if get(name) not in (None, "")}
        return cls(
            **plain,
            **{name: tuple(get(name) or ()) for name in _LISTS},
            **{name: tuple(_slug(row) for row in _rows(get(name))) for name in _SLUGS},
            has_site=bool(sites),
            title_name=title.name if hasattr(title, "name") else "",
            site_states=tuple(sorted({site.state for site in sites if site.state})),
            site_counties=tuple(sorted({f"{site.state}:{site.county}" for site in sites if site.county})),
            site_cities=tuple(sorted({f"{site.state}:{site.city}" for site in sites if site.city})),
            home_states=tuple(sorted({site.state for site in employer.sites.all() if site.state})) if employer else (),
        )

    @property
    def states(self):
        """Where the work can be done, as a set of codes."""
        return {*self.site_states, *self.remote_states}

    @property
    def stated(self):
        """Which of STATED_FACTS it states, in their order: the same answer as Listing.stated."""
        return stated_by(self, has_site=self.has_site, has_people=bool(self.populations))

    @property
    def has_pay(self):
        """True when a lowest and a highest amount are given."""
        return self.pay_min_usd is not None and self.pay_max_usd is not None

    @property
    def words(self):
        """Everything the member wrote, a line for each part."""
        return "\n".join([self.headline, self.description, self.caseload, self.supervision, self.benefits])


_LISTS = ("remote_states", "schedules", "counties", "licences", "languages", "benefit_kinds")
_SLUGS = ("care_settings", "populations", "credentials")
_PLAIN = tuple(
    name
    for name in Ad.__dataclass_fields__
    if name
    not in {*_LISTS, *_SLUGS, "title_name", "has_site", "site_states", "site_counties", "site_cities", "home_states"}
)


def _rows(rows):
    return list(rows.all()) if hasattr(rows, "all") else list(rows or ())


def _slug(row):
    return row if isinstance(row, str) else row.slug
