"""What real files get wrong, value by value: nothing is invented, and what is left out is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.importing import content, money, template
from employers.importing.formats import flat, table
from employers.importing.mapping import Values, guess


def values(**given):
    return Values(given, {name: name for name in given})


@pytest.mark.parametrize(
    ("given", "pay"),
    [
        ({"pay_min": "36", "pay_max": "42.50", "pay_period": "HOUR"}, ("36.00", "42.50", "hour")),
        ({"pay_min": "$80,000", "pay_max": "95k", "pay_period": "per-year-salary"}, ("80000.00", "95000.00", "year")),
        ({"pay_min": "5000", "pay_period": "MONTH"}, ("60000.00", "60000.00", "year")),
        ({"pay_max": "42", "pay_min": "0", "pay_period": "hourly"}, ("42.00", "42.00", "hour")),
        ({"pay": "$36 - $42 an hour"}, ("36", "42", "hour")),
    ],
)
def test_clear_pay_is_read(given, pay):
    found, _remark = money.pay_of(values(**given))

    assert (str(found["pay_min_usd"]), str(found["pay_max_usd"]), found["pay_period"]) == pay


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ({"pay_min": "0", "pay_max": "0", "pay_period": "YEAR"}, ""),
        ({}, ""),
        ({"pay_min": "25", "pay_max": "31", "pay_period": "YEAR"}, "by the hour?"),
        ({"pay_min": "80000", "pay_period": "HOUR"}, "can't be right"),
        ({"pay_min": "80000", "pay_max": "90000"}, "hour or by year"),
        ({"pay_min": "42", "pay_max": "36", "pay_period": "hour"}, "more than the highest"),
        ({"pay_min": "36", "pay_period": "hour", "pay_currency": "CAD"}, "not in US dollars"),
        ({"pay_min": "200", "pay_period": "DAY"}, "hour or by year"),
        ({"pay_min": "2000", "pay_period": "BIWEEKLY"}, "hour or by year"),
        ({"pay": "competitive, 3 weeks off"}, "not clear"),
        ({"pay_min": "9" * 40, "pay_period": "year"}, ""),
    ],
)
def test_unclear_pay_is_left_out_and_said(given, remark):
    found, said = money.pay_of(values(**given))

    assert found == money.UNCLEAR
    assert remark in said if remark else not said


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)), ("2027-01-31T00:00", date(2027, 1, 31)), ("1/31/2027", date(2027, 1, 31)),
        ("2027-01-31T00:00:00Z", date(2027, 1, 31)), ("2027-02-01T03:30:00Z", date(2027, 1, 31)),
        ("Sun, 31 Jan 2027 00:00:00 GMT", date(2027, 1, 31)), ("1801371600000", date(2027, 1, 31)), ("January", None),
        ("31", None), ("soon", None), ("99999999999999999999", None), ("2027-13-45", None), ("0", None),
    ],
)  # fmt: skip
def test_a_date_is_read_only_when_it_is_whole(text, day):
    assert content.day_of(text) == day


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://x.org/1?utm_source=a&id=7&UTM_Medium=b&gclid=1", "https://x.org/1?id=7"),
        ("https://x.org/1?id=7#top", "https://x.org/1?id=7#top"),
        ("https://x.org/?utm_campaign=", "https://x.org/"),
        ("https://[", "https://["),
    ],
)
def test_addresses_lose_what_only_counts_clicks(url, clean):
    assert content.without_tracking(url) == clean


@pytest.mark.parametrize(
    ("text", "months"),
    [("24", 24), ("2 years", 24), ("Minimum 3 years experience", 36), ("1+ yr", 12), ("18 months", 18), ("some", None),
     ("9999", None)],
)  # fmt: skip
def test_months_of_experience(text, months):
    assert content._months(values(experience_months=text)) == months


def test_the_lowest_schooling_that_is_asked_counts():
    assert content._education("Bachelor's or Master's degree") == "bachelor"
    assert content._education("high school") == "high-school"
    assert content._education("PhD in astronomy") == ""


def test_names_of_unknown_files_are_guessed():
    columns = ["Req ID", "Job Title", "Ad text", "address.city", "address.state", "Salary Min", "Link"]

    assert guess("table", columns) == {
        "reference": "Req ID", "title": "Job Title", "description": "Ad text", "city": "address.city",
        "state": "address.state", "pay_min": "Salary Min", "apply_url": "Link",
    }  # fmt: skip


@given(st.text(max_size=60))
def test_no_cell_of_ours_is_a_formula(text):
    safe = template.formula_safe(text)

    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=30,
)


@given(JSON)
def test_any_json_becomes_flat_text(value):
    found = flat.flat({"row": value})

    assert all(isinstance(name, str) and isinstance(text, str) for name, text in found.items())


@given(st.text(max_size=200))
def test_any_text_is_no_reason_to_fall_over(text):
    for name in ("pay", "pay_min", "closes_on", "experience_months", "education", "license", "languages", "apply_url"):
        one = values(**{name: text, "pay_period": "hour"})
        money.pay_of(one)
        content.day_of(text)
        content.without_tracking(text)
        content._months(values(experience_months=text))
        content._line(text)


def test_the_template_reads_itself(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(template.template_csv().lstrip("\ufeff"), encoding="utf-8", newline="")

    [row] = table.rows(file)

    assert row["title"] == "RN Care Manager"
    assert list(row) == list(template.COLUMNS)
