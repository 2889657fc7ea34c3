"""What the portal does by itself as time passes: each app registers its timers, `manage.py tick` and beat run them.

    @timer("employers.idle")
    def idle(now): ...    # returns how many things it did

A timer looks at the database alone, so running it twice at one moment does its work once, and running it late does it
all.
"""

from collections.abc import Callable
from datetime import datetime

_timers: dict[str, Callable[[datetime], int]] = {}


def timer(name):
    """Register a function of `now` (aware) under `name`, "app.what"; it returns how many things it did. The last one wins."""

    def decorate(run):
        _timers[name] = run
        return run

    return decorate


def names():
    """The names of all timers, in the order in which they run."""
    return sorted(_timers)


def tick(now: datetime) -> dict[str, int]:
    """Run every timer as things stand at `now`; return how many things each did, by name."""
    return {name: _timers[name](now) for name in names()}
