"""How fast titles and ads are decoded: D1 milliseconds a title, D2 milliseconds for an ad of 6,000 characters.

With files as arguments (CSV with the columns title and label, as the shared data has them) also how rightly: D3
precision and D4 recall of the field, D5 the share of other work called related. Five folds by sha1 of the title, printed
each and together. The rules learn nothing, so a fold is no training set; folds that differ would show a rule made for
few titles. Titles that are missed are listed on lines that begin with #.
"""

import csv
import hashlib
import sys
import time
from collections import Counter

from bench.figures import Figures, percentile

FOLDS = 5
BARS = {"D1": 2, "D1.p95": 2, "D2": 20, "D2.p95": 20, "D3": 0.97, "D4": 0.97, "D5": 0.01}
FIELD, OTHER_WORK = "care_coordination", frozenset({"hard_negative", "health_other", "other"})
SETTINGS = ("", "Hospice ", "Pediatric ", "Behavioral Health ", "Senior ", "Bilingual ", "Field ", "Regional ")
JOBS = (
    "Care Coordinator",
    "RN Case Manager",
    "Patient Navigator",
    "Software Engineer",
    "Customer Care Manager",
    "Social Worker",
)
TAILS = ("", " - Bronx, NY", " II (Full Time)", ", Emergency Department", " $31/hr", " - Nights, Weekends")
DUTIES = (
    "Conduct comprehensive assessments of members on your caseload and write care plans with the team.\n",
    "Schedule appointments, track referrals and connect patients with transportation and food.\n",
    "We are an equal opportunity employer; benefits include medical, dental and a 401(k).\n",
    "You will work in a modern office near the train, with people who like what they do.\n",
    "Requirements: current RN license, two years of experience, a driver's license, Spanish preferred.\n",
)
AD_LENGTH = 6_000


def main(paths):
    figures = Figures()
    measure(figures)
    if paths:
        judge(figures, paths)
    return figures.status


def measure(figures, *, rounds=5):
    """Print D1 and D2 for titles and ads made here."""
    from careers.decoder import decode

    titles = [f"{setting}{job}{tail}" for setting in SETTINGS for job in JOBS for tail in TAILS]
    ads = [_ad(title, number) for number, title in enumerate(titles[:40])]
    for name, texts, what in (("D1", titles, "one title"), ("D2", ads, f"one ad of {AD_LENGTH} characters")):
        decode(texts[0])
        times = [_milliseconds(decode, text) for _round in range(rounds) for text in texts]
        p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
        figures.at_most(name, p50, BARS[name], input=f"{what}, median ms", n=len(times), state="warm")
        figures.at_most(f"{name}.p95", p95, BARS[f"{name}.p95"], input=f"{what}, p95 ms", n=len(times), state="warm")


def judge(figures, paths):
    """Print D3 to D5 for the labelled titles in the files at `paths`; labels other than FIELD and OTHER_WORK do not count."""
    from careers.decoder import decode

    folds = [Counter() for _fold in range(FOLDS)]
    wrong = []
    for title, label in _labelled(paths):
        found = decode(title)
        is_field = label == FIELD
        kind = "hit" if found.is_of_the_field else "related" if found.verdict == "related" else "out"
        folds[_fold(title)][is_field, kind] += 1
        if is_field != found.is_of_the_field:
            wrong.append((label, found.verdict, title))
    for number, counts in enumerate(folds):
        precision, recall, related = _rates(counts)
        figures.note(
            f"fold {number}: precision {precision:.4f}, recall {recall:.4f}, other work called related {related:.4f}"
        )
    together = sum(folds, Counter())
    precision, recall, related = _rates(together)
    rows = sum(together.values())
    about = {"n": rows, "state": "cold"}
    figures.at_least("D3", precision, BARS["D3"], input="precision of the field, all folds", **about)
    figures.at_least("D4", recall, BARS["D4"], input="recall of the field, all folds", **about)
    figures.at_most("D5", related, BARS["D5"], input="share of other work called related, all folds", **about)
    for label, verdict, title in sorted(wrong):
        figures.note(f"{label} read as {verdict}: {title}")


def _labelled(paths):
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["label"] == FIELD or row["label"] in OTHER_WORK:
                    yield row["title"], row["label"]


def _fold(title):
    normal = " ".join(title.lower().split())
    return int(hashlib.sha1(normal.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _rates(counts):
    hits, false = counts[True, "hit"], counts[False, "hit"]
    field = sum(number for (is_field, _kind), number in counts.items() if is_field)
    other = sum(number for (is_field, _kind), number in counts.items() if not is_field)
    return hits / max(1, hits + false), hits / max(1, field), counts[False, "related"] / max(1, other)


def _ad(title, number):
    lines = "".join(DUTIES[(number + turn) % len(DUTIES)] for turn in range(AD_LENGTH // 60))
    return f"{title}\n{lines}"[:AD_LENGTH]


def _milliseconds(decode, text):
    """Of processor time, so that neighbors on a shared machine do not count."""
    began = time.process_time()
    decode(text)
    return (time.process_time() - began) * 1e3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
