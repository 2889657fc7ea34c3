"""Pay by the hour as pay by the year, and back: a year has 52 weeks of the hours that an opening gives.

Without hours there is no honest answer, and there is none here. Who compares openings all the same, as search, figures
and risks do, counts a full-time week for those that give no hours, and says so; no page shows that as an opening's pay.
"""

from decimal import ROUND_HALF_UP, Decimal

HOUR, YEAR = "hour", "year"
WEEKS_A_YEAR = 52
FULL_TIME_WEEK = 40  # 40 hours x 52 weeks = 2,080, the usual full-time year in pay statistics
CENT = Decimal("0.01")


def exactly(amount_usd, period, *, wanted, weekly_hours):
    """Return an amount in dollars by `period` as one by `wanted` ("hour" or "year"), unrounded; None without hours."""
    amount = Decimal(amount_usd)
    if period == wanted:
        return amount
    if not weekly_hours:
        return None
    a_year = WEEKS_A_YEAR * Decimal(weekly_hours)
    return amount / a_year if wanted == HOUR else amount * a_year


def in_period(amount_usd, period, *, wanted, weekly_hours):
    """The same to the cent. An hour's pay made yearly and back is the same to the cent."""
    amount = exactly(amount_usd, period, wanted=wanted, weekly_hours=weekly_hours)
    return None if amount is None else amount.quantize(CENT, rounding=ROUND_HALF_UP)
