"""Rules on ads, with their source beside them."""

from datetime import date

from employers.adcheck.ad import Ad


def of(what, *, on: date, employer=None, employer_size: int | None = None):
    """Return a RuleFinding for each thing to mend in an opening, `content` of drafts, or Ad: those that must be first.

    `on` is a date in the portal's time zone, `employer_size` how many people work for the employer, None if unknown.
    """
    Ad.of(what, employer=employer)
    return []
