"""What reading an ad answers with: guesses for fields, and notes on what stayed open."""

from dataclasses import dataclass, field

SURE = 0.85  # from here on the ad says it in so many words; below it is a likely reading


@dataclass(frozen=True)
class Span:
    """A phrase of the pasted text: text[start:end] == phrase, counted in characters."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Guess:
    """What the ad says about one field, and the phrase that says so: text[start:end] == phrase.

    `value` is what `drafts` stores, with slugs for rows of lists: title, care_settings, populations, credentials.
    Amounts are Decimal, dates are date. `site` is no field of an opening: a mapping with any of zip, town, state.
    `more` are further phrases of a field that holds a list. `certainty` is from 0 to 1.
    """

    value: object
    phrase: str
    start: int
    end: int
    certainty: float = 0.9
    more: tuple[Span, ...] = ()

    @property
    def is_sure(self):
        """True when the ad says it in so many words."""
        return self.certainty >= SURE


@dataclass(frozen=True)
class Note:
    """Why a field stayed empty although the ad speaks of it: a sentence for the member, and the phrases."""

    field: str
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that was read out of `text`: a Guess by field name, and notes."""

    text: str
    guesses: dict[str, Guess] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def values(self):
        """Field name -> value, for those that were guessed."""
        return {name: guess.value for name, guess in self.guesses.items()}

    @property
    def origins(self):
        """Field name -> {"phrase", "start", "end"}, plain values fit for JSON."""
        return {
            name: {"phrase": guess.phrase, "start": guess.start, "end": guess.end}
            for name, guess in self.guesses.items()
        }
