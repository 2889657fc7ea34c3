"""When a fact is due to be looked at again (careers/content/README.md, "review_due")."""

from datetime import date, timedelta

from django.utils.timezone import localdate

#: Kind -> month and day of the yearly look. Laws before the year begins, pay when the new figures are out.
LAWS = ("PayRule", "LocalPayRule", "Rule", "TitleVariation")
PAY = ("PayFigure", "WageRow")
PROGRAMS = ("Program", "ProgramPlace")
DAYS = {**dict.fromkeys(LAWS, (1, 15)), **dict.fromkeys(PAY, (5, 1)), **dict.fromkeys(PROGRAMS, (3, 1))}
ALL_ELSE = (11, 1)
SOON = timedelta(days=30)  # a look this short before its day counts for the next year's too


def dates(row, *, now):
    """Return (today, the day to look again) for a row that a person looks at at the aware datetime `now`."""
    today = localdate(now)
    month, day = DAYS.get(type(row).__name__, ALL_ELSE)
    due = date(today.year, month, day)
    while due <= today + SOON:
        due = date(due.year + 1, month, day)
    return today, due
