"""What the checks answer with."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RuleFinding:
    """Something to mend. `must`: it may not be published so; `should`: a person decides.

    `field` is the name of the field to go to; `source_name` and `source_url` say who asks for it, both empty for what
    is only sense.
    """

    code: str
    severity: str
    field: str
    text: str
    source_name: str = ""
    source_url: str = ""

    @property
    def is_must(self):
        """True when it keeps the opening from being published."""
        return self.severity == "must"


@dataclass(frozen=True)
class Advice:
    """A phrase of a text, text[start:end] == phrase, why it turns people away, and what to write instead."""

    code: str
    phrase: str
    start: int
    end: int
    why: str
    instead: str
    source_name: str = ""
    source_url: str = ""


@dataclass(frozen=True)
class QualityItem:
    """One thing seekers look for. `field` is where to say it; `points` is what it counts."""

    code: str
    field: str
    label: str
    text: str
    points: int
    is_said: bool


@dataclass(frozen=True)
class Quality:
    """How much of what seekers look for an ad says: the items in order of weight, eight facts first."""

    items: tuple[QualityItem, ...] = field(default_factory=tuple)

    @property
    def points(self):
        """What is said, counted in points: 0 to `most`."""
        return sum(item.points for item in self.items if item.is_said)

    @property
    def most(self):
        """All points there are."""
        return sum(item.points for item in self.items)

    @property
    def percent(self):
        """Points as whole percent of `most`, 100 only when everything is said."""
        return 100 * self.points // self.most if self.most else 0

    @property
    def missing(self):
        """The items that are not said, the weightiest first."""
        return tuple(item for item in self.items if not item.is_said)
