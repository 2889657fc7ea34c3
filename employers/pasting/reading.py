"""The one entrance: read()."""

from dataclasses import replace
from datetime import datetime

from employers.pasting import asked, body, headline, hours, money, offers, people, places
from employers.pasting.guesses import Reading, Span
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
    guesses = _settled(guesses, notes)
    guesses |= body.find(ad, guesses.get("headline"))[0]
    return Reading(text, {name: guess for name, guess in guesses.items() if guess.phrase}, tuple(notes))


# A general title in a setting that has its own name for it.
_IN_SETTING = {
    ("care-manager", "idd-cco"): "cco-care-manager",
    ("care-manager", "health-home-agency"): "health-home-care-manager",
}
_OF_ONE_LEVEL = (
    "education",
    "education_stance",
    "experience_months",
    "experience_stance",
    "licences",
    "licence_stance",
)


def _settled(guesses, notes):
    """What one guess means for another: two levels of pay are two jobs, and a setting names a title."""
    if "pay_min_usd" not in guesses and any(note.field == "pay_min_usd" and len(note.spans) > 1 for note in notes):
        guesses = {name: guess for name, guess in guesses.items() if name not in _OF_ONE_LEVEL}
    title, settings = guesses.get("title"), guesses.get("care_settings")
    if title and settings and len(settings.value) == 1:
        special = _IN_SETTING.get((title.value, settings.value[0]))
        if special:
            place = Span(settings.phrase, settings.start, settings.end)
            guesses["title"] = replace(title, value=special, certainty=min(title.certainty, 0.8), more=(place,))
    return guesses
