"""The one entrance: read()."""

from datetime import datetime

from employers.pasting.guesses import Reading

LONGEST_READ = 20_000  # characters; what follows is not read


def read(text: str, *, now: datetime) -> Reading:
    """Return what the ad `text` (plain, or HTML as pasted) says about the fields of an opening.

    Never invents: without a phrase of the text there is no guess, and what the text says twice in different ways is a
    note instead. Asks no database. Of a text beyond LONGEST_READ characters the rest is not read. `now` tells which
    year a closing date without one means.
    """
    return Reading(text)
