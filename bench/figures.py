"""The lines a benchmark prints, and what all benchmarks share: SCALE, the database's tables, percentiles.

    S1 value=0.74 bar=0.80 ok at-most input="words + ZIP, page / (statement + 60 KB page)" n=10000 seed=7 warm p50_ms=5.1

A line is printed only for what was measured, with its true value. Lines that begin with # say more and have no bar.
"""

import math
import os
import sys
import time

SCALES = ("small", "full")
SEED = 20261122


def scale():
    """Return "small" (the default, minutes in all) or "full", from SCALE; exits with status 2 for anything else."""
    asked = os.environ.get("SCALE") or "small"
    if asked not in SCALES:
        print(f"SCALE is {asked!r}; it must be {' or '.join(SCALES)}.", file=sys.stderr)
        sys.exit(2)
    return asked


def prepare():
    """Set Django up and make the tables in the database that DATABASE_URL names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerportal.settings")
    import django  # settings are read here, so not before the environment is set

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


class Figures:
    """Prints figures as they come and remembers the misses."""

    def __init__(self, *, seed=SEED, out=None):
        self.seed = seed
        self.out = out or sys.stdout
        self.misses = []

    def at_most(self, name, value, bar, **about):
        """Print a figure that must not exceed `bar`. `about`: input, n, state ("cold" or "warm"), then further facts."""
        return self._line(name, value, bar, value <= bar, "at-most", **about)

    def at_least(self, name, value, bar, **about):
        """Print a figure that must reach `bar`; otherwise as `at_most`."""
        return self._line(name, value, bar, value >= bar, "at-least", **about)

    def note(self, text):
        """Print a line without a bar."""
        print(f"# {text}", file=self.out, flush=True)

    @property
    def status(self):
        """Exit status of the benchmark: 1 when a figure missed its bar."""
        return 1 if self.misses else 0

    def _line(self, name, value, bar, is_ok, way, *, input, n, state, **facts):
        if not is_ok:
            self.misses.append(name)
        more = "".join(f" {key}={number(fact)}" for key, fact in facts.items())
        print(
            f"{name} value={number(value)} bar={number(bar)} {'ok' if is_ok else 'MISS'} {way}"
            f' input="{input}" n={n} seed={self.seed} {state}{more}',
            file=self.out,
            flush=True,
        )
        return is_ok


def number(value):
    """A number in three or more significant digits, without an exponent: 0.74, 12.3, 5363."""
    if not isinstance(value, float) or not math.isfinite(value):
        return str(value)
    digits = 2 if value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{max(2, min(digits, 6))}f}" if abs(value) < 100 else f"{value:.0f}"


def percentile(values, share):
    """The value below or at which `share` (0 to 1) of `values` lie, by the nearest rank."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


class Watch:
    """Seconds of a `with` block, in `.seconds`."""

    seconds = 0.0

    def __enter__(self):
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_error):
        self.seconds = time.perf_counter() - self._began
