"""The lines of a benchmark: the true value, ok or MISS, and an exit status that says so."""

import io

import pytest

from bench.figures import Figures, number, percentile, scale

ABOUT = {"input": "words + ZIP", "n": 10, "state": "warm"}


def test_a_figure_within_its_bar_is_ok_and_one_beyond_it_is_a_miss():
    out = io.StringIO()
    figures = Figures(seed=7, out=out)

    figures.at_most("S1", 0.74, 0.8, **ABOUT, p50_ms=5.125)
    assert figures.status == 0
    figures.at_least("S3", 74.9, 75, **ABOUT)

    assert figures.status == 1
    assert out.getvalue().splitlines() == [
        'S1 value=0.740 bar=0.800 ok at-most input="words + ZIP" n=10 seed=7 warm p50_ms=5.12',
        'S3 value=74.90 bar=75 MISS at-least input="words + ZIP" n=10 seed=7 warm',
    ]


def test_a_value_equal_to_its_bar_is_ok_either_way():
    figures = Figures(out=io.StringIO())

    assert figures.at_most("S2", 3, 3, **ABOUT)
    assert figures.at_least("M1", 400, 400, **ABOUT)


@pytest.mark.parametrize(
    ("value", "text"), [(5363.4, "5363"), (12.345, "12.35"), (0.0123, "0.0123"), (0.0, "0.00"), (3, "3")]
)
def test_numbers_have_three_digits_or_more_and_no_exponent(value, text):
    assert number(value) == text


def test_percentiles_are_values_that_were_measured():
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile(range(1, 101), 0.99) == 99
    assert percentile([7], 0.01) == 7


def test_an_unknown_scale_ends_with_status_2(monkeypatch):
    monkeypatch.setenv("SCALE", "0.1")

    with pytest.raises(SystemExit) as ended:
        scale()
    assert ended.value.code == 2
