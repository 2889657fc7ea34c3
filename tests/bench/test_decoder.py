"""The decoder's benchmark prints its times, and with labelled files how rightly it reads them."""

import io

from bench import decoder
from bench.figures import Figures


def test_titles_and_ads_are_timed():
    figures = Figures(out=io.StringIO())

    decoder.measure(figures, rounds=1)

    assert [line.split()[0] for line in figures.out.getvalue().splitlines()] == ["D1", "D1.p95", "D2", "D2.p95"]


def test_labelled_titles_are_judged_in_five_folds_and_the_missed_are_named(tmp_path):
    file = tmp_path / "titles.csv"
    file.write_text(
        "title,label\nCare Coordinator,care_coordination\nCook,care_coordination\nCase Manager,other\n"
        "Health Coach,other\nWelder,other\nService Coordinator,ambiguous\n"
    )
    figures = Figures(out=io.StringIO())

    decoder.judge(figures, [file])

    said = figures.out.getvalue()
    assert figures.misses == ["D3", "D4", "D5"]
    assert "D3 value=0.500" in said
    assert "D5 value=0.333" in said
    assert said.count("# fold") == 5
    assert "# care_coordination read as not_this_field: Cook" in said
    assert "n=5" in said
    assert "Service Coordinator" not in said
