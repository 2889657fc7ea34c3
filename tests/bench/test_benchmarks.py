"""Each benchmark runs on a tiny portal and prints its figures in the form others read."""

import gzip
import io
import re

import pytest

from bench import alerts, data, search, web
from bench.figures import Figures

LINE = re.compile(
    r'(?P<name>[A-Z][0-9](\.[a-z_]+)?) value=[0-9.]+ bar=[0-9.]+ (ok|MISS) at-(most|least) input="[^"]+" n=[0-9]+'
    r" seed=[0-9]+ (cold|warm)( [a-z0-9_]+=\S+)*"
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def figures(settings, monkeypatch, tmp_path):
    """Figures that print into a text; few ZIP codes and few pages, so that it does not take long."""
    settings.ROOT_URLCONF = "bench.baseline"
    header, *rows = gzip.decompress(data.ZIP_FILE.read_bytes()).decode().splitlines()
    few = [header, *(row for place, row in enumerate(rows) if row.startswith("100") or place % 40 == 0)]
    zips = tmp_path / "zips.csv"
    zips.write_text("\n".join([*few, ""]))
    monkeypatch.setattr(data, "ZIP_FILE", zips)
    monkeypatch.setattr(search, "PUBLIC_PAGES_MAX", 5)
    return Figures(out=io.StringIO())


def printed(figures):
    """The names of the figures printed, in order; every line must have the agreed form."""
    lines = [line for line in figures.out.getvalue().splitlines() if not line.startswith("# ")]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    return [match["name"] for match in found]


def test_search(figures):
    search.measure(figures, openings=60, queries=4)

    names = ["S1", "S1.bytes", "S4", "S4.tail", "S2", "S2.page", "S2.unchanged", "S2.cookies"]
    assert printed(figures) == names


def test_alerts_find_what_the_search_finds(figures):
    alerts.measure(figures, alerts=100, openings=60, new=30, searched=40, planned=20)

    names = printed(figures)
    assert names[:4] == ["M1", "M1.differences", "M2", "M2.few"]
    assert "M1.differences" not in figures.misses


def test_web(figures):
    web.measure(figures, openings=60, seconds=0.3)

    assert printed(figures)[0] == "S3"


def test_the_page_of_60_kb_has_60_kb(figures, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/bench/sixty/")

    assert 58_000 < len(page.content) < 62_000
