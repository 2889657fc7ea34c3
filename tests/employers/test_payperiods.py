"""Pay by the hour and by the year: back and forth to the cent, and never without hours."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers import payperiods, search

HOURS = st.decimals("1", "80", places=1)
CENT = Decimal("0.01")


@given(st.decimals("0.01", "500", places=2), HOURS)
def test_an_hours_pay_made_yearly_and_back_is_the_same_to_the_cent(amount, hours):
    a_year = payperiods.in_period(amount, "hour", wanted="year", weekly_hours=hours)
    assert abs(payperiods.in_period(a_year, "year", wanted="hour", weekly_hours=hours) - amount) <= CENT


@given(st.decimals("100", "999999", places=2), HOURS)
def test_a_years_pay_made_hourly_and_back_is_the_same_within_a_cent_an_hour(amount, hours):
    an_hour = payperiods.in_period(amount, "year", wanted="hour", weekly_hours=hours)
    back = payperiods.in_period(an_hour, "hour", wanted="year", weekly_hours=hours)
    assert abs(back - amount) <= CENT / 2 * 52 * hours + CENT
    exact = payperiods.exactly(amount, "year", wanted="hour", weekly_hours=hours)
    assert abs(payperiods.exactly(exact, "hour", wanted="year", weekly_hours=hours) - amount) < CENT


@given(st.decimals("0.01", "999999", places=2), st.sampled_from([None, 0, Decimal(0)]))
def test_without_hours_there_is_no_answer(amount, hours):
    assert payperiods.in_period(amount, "hour", wanted="year", weekly_hours=hours) is None
    assert payperiods.in_period(amount, "year", wanted="hour", weekly_hours=hours) is None


@given(st.decimals("0.01", "999999", places=2), st.sampled_from(["hour", "year"]))
def test_the_same_period_needs_no_hours(amount, period):
    assert payperiods.in_period(amount, period, wanted=period, weekly_hours=None) == amount


@pytest.mark.parametrize(("hours", "an_hour"), [(None, "25.00"), (Decimal(40), "25.00"), (Decimal(35), "28.57")])
def test_search_compares_by_a_full_time_week_when_no_hours_are_given(hours, an_hour):
    assert search.hourly(Decimal(52_000), "year", hours) == Decimal(an_hour)
