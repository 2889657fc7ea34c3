"""A ladder as geometry: rails, rungs and words, so that picture and list come from the same steps.

Units are those of a drawing 320 wide; one starts at the bottom and climbs.
"""

from dataclasses import dataclass
from textwrap import wrap

WIDTH, RUNG_GAP, MARGIN, LINE_HEIGHT = 320, 64, 34, 19
RAIL_LEFT, RAIL_RIGHT, WORDS_AT, LETTERS = 12, 52, 68, 28


@dataclass(frozen=True)
class Line:
    """One line of a rung's name and how far down it stands."""

    text: str
    y: float


@dataclass(frozen=True)
class Rung:
    """A step as drawn: its place, the lines of its name, its address, and what its mark is."""

    y: int
    mark: str  # "cc", "cm", "adjacent" or "credential"
    code: str  # letters in the mark: CC, CM or none
    lines: tuple
    url: str
    name: str
    note: str
    is_role: bool


@dataclass(frozen=True)
class Drawing:
    """A ladder: the height of the picture, and its rungs from the first step (at the bottom) to the last."""

    height: int
    rail_top: int
    rail_bottom: int
    rungs: tuple


def draw(steps):
    """Return the Drawing of these LadderStep rows, which come in their order with role and credential loaded."""
    steps = list(steps)
    height = 2 * MARGIN + RUNG_GAP * max(len(steps) - 1, 0)
    rungs = tuple(_rung(step, height - MARGIN - RUNG_GAP * place) for place, step in enumerate(steps))
    return Drawing(height=height, rail_top=MARGIN - 22, rail_bottom=height - MARGIN + 22, rungs=rungs)


def _rung(step, y):
    rung = step.rung
    words = wrap(rung.name, LETTERS)
    first = y + 5 - LINE_HEIGHT * (len(words) - 1) / 2
    family = step.role.family if step.role else ""
    return Rung(
        y=y,
        mark=family.lower() or "credential",
        code=family if family in ("CC", "CM") else "",
        lines=tuple(Line(text, first + LINE_HEIGHT * number) for number, text in enumerate(words)),
        url=rung.get_absolute_url(),
        name=rung.name,
        note=step.note,
        is_role=step.role is not None,
    )
