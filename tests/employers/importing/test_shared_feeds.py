"""Real feeds, twice: the second time changes nothing."""

from pathlib import Path

import pytest

from careerportal.places.loading import load
from employers import searchrow
from employers.models import Listing
from tests.clock import NOW

FEEDS = Path(__file__).parents[4] / "shared/data/feeds"
FIGURES = {  # file -> rows, new, refused: see the report of each for the reasons
    "openjobs_rss.xml": ("rss", 20, 20, 0),
    "schemaorg_jobposting_examples.json": ("jobposting", 2, 1, 1),
    "usajobs_indeed_style.xml": ("indeed", 60, 43, 17),
    "usajobs_jobposting.jsonl": ("jobposting", 60, 43, 17),
}
pytestmark = [
    pytest.mark.usefixtures("job_titles", "new_york_pay_rule"),
    pytest.mark.skipif(not FEEDS.exists(), reason="The shared feeds of real announcements are not here."),
]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.django_db
def test_each_feed_comes_in_twice_as_once(bring, source, name):
    load()
    kind, rows, created, refused = FIGURES[name]
    data = (FEEDS / name).read_bytes()

    first = bring(data, now=NOW)
    before = list(Listing.objects.order_by("pk").values())
    second = bring(data, now=NOW)

    source.refresh_from_db()
    assert (source.format, first.rows) == (kind, rows)
    assert (first.counts["created"], first.counts.get("refused", 0)) == (created, refused)
    assert (second.counts["unchanged"], second.counts.get("refused", 0)) == (created, refused)
    assert list(Listing.objects.order_by("pk").values()) == before
    assert all(row.notes for row in second.results.filter(outcome="refused"))
    assert searchrow.differences() == []
