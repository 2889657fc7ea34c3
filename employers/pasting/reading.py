"""The one entrance: read()."""

from datetime import datetime

from employers.pasting import asked, body, headline, hours, money, offers, people, places
from employers.pasting.guesses import Reading
from employers.pasting.passages import Ad

LONGEST_READ = 20_000  # characters; what follows is not read


def read(text: str, *, now: datetime) -> Reading:
    """Return what the ad `text` (plain, or HTML as pasted) says about the fields of an opening.

    Never invents: without a phrase of the text there is no guess, and what the text says twice in different ways is a
    note instead. Asks no database. Of a text beyond LONGEST_READ characters the rest is not read. `now` tells which
    year a closing date without one means.
    """
    ad = Ad(text[:LONGEST_READ])
    guesses, notes = headline.find(ad)
    for part in (money, hours, places, asked, people):
        found, remarks = part.find(ad)
        guesses |= found
        notes += remarks
    found, remarks = offers.find(ad, now)
    guesses |= found
    notes += remarks
    guesses |= body.find(ad, guesses.get("headline"))[0]
    return Reading(text, {name: guess for name, guess in guesses.items() if guess.phrase}, tuple(notes))
