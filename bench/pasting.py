"""How rightly and how fast pasted ads are read: P1 the share of labelled fields read right, P2 of guesses that are wrong.

The ads are tests/employers/pasting/ads/*.yaml: our own, invented, each with what it says by field. A field that the ad
does not speak of has no label, so a guess there is an invention and counts as wrong. Caseload and supervision are
words: they are right when they hold the label's. The description is a cleaning, not a guess, and is not counted.
P3: milliseconds of processor time for an ad of 20,000 characters, the most that is read: the ads one after
the other until they are so long. With "-v" the wrong and missed fields are listed. The ads with "-b-" in their name were
labelled before a rule was fitted to them; what they scored then is in the README beside them.
"""

import os
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bench.figures import Figures, percentile

ADS = Path(__file__).resolve().parent.parent / "tests" / "employers" / "pasting" / "ads"
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
FIELDS = (
    "headline", "title", "roles", "care_settings", "populations", "employment", "schedules", "weekly_hours", "mode",
    "visits", "visits_percent", "needs_car", "on_call", "counties", "remote_states", "site", "pay_min_usd", "pay_max_usd",
    "pay_period", "licences", "licence_stance", "credentials", "credential_stance", "education", "education_stance",
    "experience_months", "experience_stance", "languages", "caseload", "acuity", "supervision", "benefit_kinds",
    "positions", "closes_on", "is_always_hiring", "apply_url",
)  # fmt: skip
IN_WORDS = {"caseload", "supervision"}
BARS = {"P1": 0.85, "P2": 0.03, "P3": 50}
LONGEST = 20_000


def ads(pattern="*.yaml"):
    """The labelled ads: (name, text, {field: what the ad says})."""
    for path in sorted(ADS.glob(pattern)):
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield path.stem, row["text"], row["says"]


def judged(text, says):
    """Field -> "right", "wrong" or "missed" for one ad; fields that are neither labelled nor guessed are left out."""
    from employers.pasting import read

    guesses = read(text, now=NOW).guesses
    return {
        field: "missed" if field not in guesses else "right" if _agree(field, guesses[field].value, says) else "wrong"
        for field in FIELDS
        if field in says or field in guesses
    }


def _agree(field, value, says):
    if field not in says:
        return False
    said = says[field]
    if field in IN_WORDS:
        return " ".join(str(said).split()).casefold() in value.casefold()
    if isinstance(said, list):
        return sorted(map(str, said)) == sorted(map(str, value))
    if isinstance(said, (int, float)) and not isinstance(said, bool):
        return abs(float(value) - said) < 0.005
    return value == said


def table(counted):
    """Lines of a table: field, right, wrong, missed; `counted` is a Counter of (field, verdict)."""
    yield f"# {'field':<18} right wrong missed"
    for field in FIELDS:
        row = [counted[field, verdict] for verdict in ("right", "wrong", "missed")]
        if any(row):
            yield f"# {field:<18} {row[0]:>5} {row[1]:>5} {row[2]:>6}"


def totals(counted):
    """(right, wrong, missed) of all fields together."""
    found = Counter()
    for (_field, verdict), number in counted.items():
        found[verdict] += number
    return found["right"], found["wrong"], found["missed"]


def main(arguments):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerportal.settings")
    import django

    django.setup()
    figures = Figures()
    is_told = "-v" in arguments
    pattern = next((one for one in arguments if not one.startswith("-")), "*.yaml")
    counted, chosen = Counter(), list(ads(pattern))
    for name, text, says in chosen:
        verdicts = judged(text, says)
        counted.update(verdicts.items())
        if is_told:
            _tell(name, text, says, verdicts)
    for line in table(counted):
        print(line)
    right, wrong, missed = totals(counted)
    labelled = f"{len(chosen)} own ads: {right} right, {wrong} wrong, {missed} missed"
    figures.at_least(
        "P1", right / (right + wrong + missed), BARS["P1"], input=labelled, n=right + wrong + missed, state="warm"
    )
    figures.at_most(
        "P2", wrong / (right + wrong), BARS["P2"], input="wrong of all guesses", n=right + wrong, state="warm"
    )
    _measure(figures, pattern)
    return figures.status


def _tell(name, text, says, verdicts):
    from employers.pasting import read

    reading = read(text, now=NOW)
    for field, verdict in verdicts.items():
        if verdict != "right":
            guess = reading.guesses.get(field)
            said = says.get(field, "-")
            found = f"{guess.value!r} from {guess.phrase[:60]!r}" if guess else ""
            print(f"# {verdict:<6} {name}: {field}: says {said!r} {found}")


def _measure(figures, pattern, *, rounds=3):
    from employers.pasting import read

    texts = [(text + "\n\n") * (LONGEST // len(text) + 1) for _name, text, _says in ads(pattern)]
    times = []
    for text in texts * rounds:
        start = time.process_time()
        read(text[:LONGEST], now=NOW)
        times.append((time.process_time() - start) * 1000)
    what = f"an ad of {LONGEST} characters, median ms of processor time"
    figures.at_most(
        "P3", percentile(times, 0.5), BARS["P3"], input=what, n=len(times), state="warm", p95_ms=percentile(times, 0.95)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
