"""How fast due alerts find their openings: M1 the one statement against one search an alert, M2 how it grows.

M1 compares planner.MATCH over all alerts, stored, with the public search asked once for each alert; the search is timed
on a sample and its time carried over to all alerts. Both must find the same openings. Every alert waits for its first
digest, so both look at the openings of the last fourteen days.
"""

import os
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench.figures import Figures, Watch, prepare, scale

# alerts, live openings, new ones among them, alerts searched one by one, alerts planned
SIZES = {"small": (4_000, 4_000, 1_000, 400, 1_000), "full": (100_000, 20_000, 2_000, 2_000, 10_000)}
FEW_OPENINGS = 20
SAMPLE_EVERY_S = 0.02
HITS = "bench_hits"
BARS = {"M1": 400, "M1.differences": 0, "M2": 6, "M2.few": 1 / 6, "M2.python_mb": 200, "M2.backend_mb": 256}


def main():
    prepare()
    figures = Figures()
    measure(figures, *SIZES[scale()])
    return figures.status


def measure(figures, alerts, openings, new, searched, planned):
    """Fill the database and print M1 and M2; see SIZES for the numbers."""
    from django.utils import timezone

    from bench.data import World

    at = timezone.now()
    world = World(at=at, seed=figures.seed)
    world.add_openings(openings, new=new)
    world.add_alerts(alerts)
    ids = list(range(1, alerts + 1))
    world.random.shuffle(ids)
    sample = sorted(ids[:searched])
    check_classes(sample[:200])

    match(ids[: alerts // 100], at)  # warms up
    tenth, _memory = match(ids[: alerts // 10], at)
    seconds, backend_mb = match(ids, at)
    about = {"n": alerts, "state": "warm", "new_openings": new, "live_openings": openings}
    _one_by_one(figures, sample, at, seconds=seconds, about=about)
    figures.at_most(
        "M2", seconds / tenth, BARS["M2"], input="matching all alerts / a tenth of them", **about, seconds=seconds,
        tenth_seconds=tenth,
    )  # fmt: skip
    few, _memory = match(ids, _when_few_are_new(at))
    figures.at_most(
        "M2.few", few / seconds, BARS["M2.few"], input=f"matching {FEW_OPENINGS} new openings / all new ones", **about,
        few_seconds=few, seconds=seconds,
    )  # fmt: skip
    if backend_mb is not None:
        what = "memory the matching adds to its database process, MB"
        figures.at_most("M2.backend_mb", backend_mb, BARS["M2.backend_mb"], input=what, **about)
    _plan(figures, at, planned, about | {"n": planned})


def check_classes(alert_ids):
    """Raise AssertionError unless the classes of these alerts are those the application itself would have made."""
    from accounts.models import FacetsClass, JobAlert, PlaceClass, WordsClass

    kinds = (PlaceClass, WordsClass, FacetsClass)
    stored = [kind.objects.count() for kind in kinds]
    classes = ("place_class", "words_class", "facets_class")
    for alert in JobAlert.objects.filter(pk__in=alert_ids).select_related(*classes):
        asked = alert.criteria
        own = (PlaceClass.of(asked.place), WordsClass.of(asked.words), FacetsClass.of(asked))
        if own != (alert.place_class, alert.words_class, alert.facets_class):
            raise AssertionError(f"alert {alert.pk} has other classes than its criteria")
    if stored != [kind.objects.count() for kind in kinds]:
        raise AssertionError("the application would store some criteria under another key")


def match(alert_ids, at):
    """Store what planner.MATCH finds for these alerts; return seconds and what it added to the backend's memory, MB."""
    from django.db import connection

    from accounts import planner

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {HITS}")
        cursor.execute("SELECT pg_backend_pid()")
        with Memory(cursor.fetchone()[0]) as memory, Watch() as watch:
            cursor.execute(f"CREATE TEMP TABLE {HITS} AS {planner.MATCH}", {"now": at, "alerts": alert_ids})
    return watch.seconds, memory.added_mb


def _one_by_one(figures, sample, at, *, seconds, about):
    """M1: search for each alert of the sample, compare with what was stored."""
    from django.db import connection

    from accounts.models import JobAlert
    from accounts.planner import FIRST_DIGEST_DAYS
    from employers.models import Listing

    found = set()
    with Watch() as watch:
        classes = ("place_class", "words_class", "facets_class")
        for alert in JobAlert.objects.filter(pk__in=sample).select_related(*classes).iterator(chunk_size=500):
            criteria = replace(alert.criteria, posted_days=FIRST_DIGEST_DAYS)
            openings = Listing.objects.live(at=at).matching(criteria, at=at).newest_first()
            found.update((alert.pk, pk) for pk in openings.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT alert_id, listing_id FROM {HITS} WHERE alert_id = ANY(%s)", [sample])
        stored = set(cursor.fetchall())
        cursor.execute(f"SELECT count(*), count(DISTINCT alert_id) FROM {HITS}")
        pairs, matched = cursor.fetchone()
    alone = watch.seconds * about["n"] / len(sample)
    figures.at_least(
        "M1", alone / seconds, BARS["M1"], input=f"one search an alert, carried over from {len(sample)} / one statement",
        **about, searches_seconds=alone, statement_seconds=seconds, pairs=pairs, alerts_matched=matched,
    )  # fmt: skip
    figures.at_most(
        "M1.differences", len(found ^ stored), BARS["M1.differences"], input="pairs that only one of the two ways finds",
        **about | {"n": len(sample)}, pairs=len(found | stored),
    )  # fmt: skip


def _when_few_are_new(at):
    """The moment at which only FEW_OPENINGS of the openings are new enough for a first digest."""
    from accounts.planner import FIRST_DIGEST_DAYS
    from employers.models import ListingSearch

    times = ListingSearch.objects.filter(live_from__lte=at).order_by("-live_from", "-pk")
    newest = list(times.values_list("live_from", flat=True)[:FEW_OPENINGS])
    return newest[-1] + timedelta(days=FIRST_DIGEST_DAYS)


def _plan(figures, at, planned, about):
    """Plan digests for so many alerts; print seconds for 10,000 and the memory Python needed."""
    from accounts import planner
    from accounts.models import JobAlert

    JobAlert.objects.filter(pk__gt=planned).update(next_run_at=at + timedelta(days=30))
    with Memory(os.getpid()) as memory, Watch() as watch:
        plan = planner.plan(now=at)
    if memory.added_mb is not None:
        what = "memory that planning adds to Python, MB"
        figures.at_most("M2.python_mb", memory.added_mb, BARS["M2.python_mb"], input=what, **about)
    figures.note(
        f"planner.plan: {watch.seconds / planned * 10_000:.1f} s for 10,000 alerts (measured: {planned} alerts in "
        f"{watch.seconds:.2f} s, {plan.deliveries} digests with {plan.items} openings)"
    )


class Memory:
    """The most memory of its own a process has during a `with` block beyond what it had before, in `.added_mb`.

    Read from /proc; None where that is closed to us.
    """

    def __init__(self, pid):
        self.status = Path(f"/proc/{pid}/status")
        self.before = self.most = self._kilobytes()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    @property
    def added_mb(self):
        return None if self.before is None else (self.most - self.before) / 1024

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.done.set()
        self.thread.join()

    def _look(self):
        while self.before is not None and not self.done.wait(SAMPLE_EVERY_S):
            self.most = max(self.most, self._kilobytes() or 0)

    def _kilobytes(self):
        try:
            lines = self.status.read_text().splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon:")), None)


if __name__ == "__main__":
    sys.exit(main())
