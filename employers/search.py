"""What someone is looking for: ListingCriteria, and the table that says how each part of it narrows."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from careerportal.places.place import Place
from employers import payperiods
from employers.payperiods import CENT  # noqa: F401  who asks for hourly pay rounds as it does

SCHEMA_VERSION = 1
WORDS_MAX_LENGTH = 200
HOURS_A_YEAR = payperiods.WEEKS_A_YEAR * payperiods.FULL_TIME_WEEK
_NOT_WORDS = re.compile(r"[\x00-\x20\x7f\s]+")
_FREE_HYPHEN = re.compile(r'-(?![\w"])')
_SPACES = re.compile(r" +")

# Facet of the criteria -> column of ListingSearch. Both are lists of slugs; an opening fits when they share one.
OVERLAPS = {
    "roles": "roles",
    "settings": "settings",
    "populations": "populations",
    "employment": "employment",
    "schedules": "schedules",
    "modes": "modes",
    "visits": "visits",
    "licences": "licences",
    "languages": "languages",
    "employers": "employers",
}


def clean_words(text):
    """Return search words as they are stored and matched: one space between words, lower case, no control characters.

    A hyphen stays only before a word or a quote, where it joins or excludes. PostgreSQL would take a free one for
    "not" (as in "RN - Case Manager"), and fail on more than 32 in a row ("tsquery stack too small").
    """
    text = _NOT_WORDS.sub(" ", text or "").strip().lower()[:WORDS_MAX_LENGTH]
    return _SPACES.sub(" ", _FREE_HYPHEN.sub(" ", text)).strip()


def hourly(amount_usd, period, weekly_hours=None):
    """Return an amount in dollars an hour, to the cent, for comparing openings: a full-time week when no hours are given.

    The search row says the same in SQL (employers.searchrow.TRUTH). What a page shows is employers.payperiods.in_period.
    """
    hours = weekly_hours or payperiods.FULL_TIME_WEEK
    return payperiods.in_period(amount_usd, period, wanted=payperiods.HOUR, weekly_hours=hours)


@dataclass(frozen=True)
class ListingCriteria:
    """What a reader or an alert asks of openings. An empty field narrows nothing; values are canonical and sorted.

    `pay_floor_usd_hour`: the top of the opening's range reaches this many dollars an hour.
    `education_rank`: the opening asks for this level of schooling or less (careers.vocabulary ranks).
    `experience_months`: the opening asks for this many months of experience or fewer.
    `posted_days`: live for at most this many days. Alerts leave it out, they are about new openings anyway.
    """

    words: str = ""
    place: Place | None = None
    roles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    same_work: bool = True
    settings: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    education_rank: int | None = None
    experience_months: int | None = None
    pay_floor_usd_hour: Decimal | None = None
    posted_days: int | None = None

    def __post_init__(self):
        object.__setattr__(self, "words", clean_words(self.words))
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, (list, tuple, set, frozenset)):
                object.__setattr__(self, field.name, tuple(sorted(set(value))))
        if not self.titles:
            object.__setattr__(self, "same_work", True)

    @property
    def is_empty(self):
        """True when nothing is asked, so that everything live fits."""
        return self == ListingCriteria()

    def facet_values(self):
        """Return the third criteria class, facets, as a plain sorted mapping that JSON can hold."""
        values = asdict(self)
        for other in ("words", "place", "posted_days"):
            values.pop(other)
        if values["pay_floor_usd_hour"] is not None:
            values["pay_floor_usd_hour"] = str(values["pay_floor_usd_hour"])
        return {key: list(value) if isinstance(value, tuple) else value for key, value in sorted(values.items())}

    def facets_key(self):
        """Return the hash by which equal facets are stored once: 64 hex digits of SHA-256 over version and values."""
        text = json.dumps([SCHEMA_VERSION, self.facet_values()], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
