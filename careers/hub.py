"""The hub in the wheel as geometry: where each spoke, icon and word stands, so that picture and list share one source.

Units are those of a square of 520 with its center at 260,260; angles run clockwise from the top.
"""

from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from textwrap import wrap

from django.utils.safestring import SafeString, mark_safe

SIZE, CENTER, PLACES = 520, 260, 8
BAR_FROM, BAR_TO, BAR_WIDE, BAR_NARROW = 84, 162, 12, 5
NODES, NODE_RADIUS, ICON_SCALE, ICON_GRID = 196, 36, 1.8, 24
TICKS, TICK_STEP, TICK_END = 96, 3.75, 246
LINE_HEIGHT, LABEL_GAP, LABEL_LETTERS = 24, 50, 11

# Drawn on a 24 unit grid; the names are HubSpoke.WheelKey.
ICONS = {
    "person": '<circle cx="9" cy="8" r="3.2"/><path d="M3 19.5c0-3.7 2.6-6.3 6-6.3s6 2.6 6 6.3"/>'
    '<circle cx="17" cy="9.8" r="2.4"/><path d="M17.2 14.2c2.3 0 4 1.9 4 4.8"/>',
    "doctors": '<path d="M7.5 3.5H6V8a4.5 4.5 0 0 0 9 0V3.5h-1.5"/>'
    '<path d="M10.5 12.5V15a4.6 4.6 0 0 0 9.2 0v-1.2"/><circle cx="19.7" cy="11.6" r="2.1"/>',
    "nurses": '<path d="M12 20.5S4 15.6 4 9.8A4.4 4.4 0 0 1 12 7.3a4.4 4.4 0 0 1 8 2.5c0 5.8-8 10.7-8 10.7z"/>'
    '<path d="M12 10v5.4M9.3 12.7h5.4"/>',
    "specialists": '<circle cx="10.5" cy="10.5" r="6.3"/>'
    '<path d="m15.2 15.2 5 5M7.4 10.7h1.4l1.3-2.6 1.6 4.6 1-2h.9"/>',
    "behavioral": '<path d="M4 4.5h11.5v8.2H9.8L6.6 15.6v-2.9H4z"/><path d="M18.3 9.2H20.5v8h-2.1v2.9L15 17.2H10.6"/>',
    "social": '<circle cx="8.8" cy="12" r="5.3"/><circle cx="15.2" cy="12" r="5.3"/>',
    "home": '<path d="M3.8 11.6 12 4.8l8.2 6.8"/><path d="M6.2 10v9.4h11.6V10"/><path d="M10.2 19.4v-5.2h3.6v5.2"/>',
    "plans": '<path d="M12 3.6 19 6v5.6c0 4.3-3 7.3-7 8.9-4-1.6-7-4.6-7-8.9V6z"/><path d="m8.9 11.9 2.3 2.3 4-4.3"/>',
}


@dataclass(frozen=True)
class Line:
    """One line of a label: its text and where it is anchored."""

    text: str
    x: str
    y: str


@dataclass(frozen=True)
class Spoke:
    """One spoke, ready to draw: words from the content, numbers as text for SVG attributes."""

    key: str
    slug: str
    label: str
    sentence: str
    icon: SafeString
    bar: str
    x: str
    y: str
    icon_x: str
    icon_y: str
    anchor: str
    lines: tuple[Line, ...]


def _number(value):
    """A coordinate with one decimal at most, as short as it goes."""
    return f"{round(value, 1):g}"


def _point(radius, degrees, aside=0.0):
    """The point `radius` from the center at `degrees`, moved `aside` units to the right of that direction."""
    x, y = sin(radians(degrees)), -cos(radians(degrees))
    return CENTER + radius * x - aside * y, CENTER + radius * y + aside * x


def _path(*points):
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


@cache
def ticks():
    """One path: a mark every 3.75 degrees, each third one longer, none behind a node."""
    marks = []
    for number in range(TICKS):
        if number % (TICKS // PLACES):
            start = 236 if number % 3 == 0 else 240
            angle = number * TICK_STEP
            marks.append(_path(_point(start, angle), _point(TICK_END, angle)))
    return "".join(marks)


def _bar(angle):
    """A spoke that tapers from the hub to the rim."""
    near, far = BAR_WIDE / 2, BAR_NARROW / 2
    corners = [
        _point(BAR_FROM, angle, near),
        _point(BAR_TO, angle, far),
        _point(BAR_TO, angle, -far),
        _point(BAR_FROM, angle, -near),
    ]
    return _path(*corners) + "z"


def _lines(label, place, x, y):
    """(anchor, lines) of a label outside the wheel: one line above and below, short lines at the sides."""
    if place % (PLACES // 2) == 0:
        above = place == 0
        return "middle", (Line(label, _number(x), _number(y - 52 if above else y + 68)),)
    right = place < PLACES // 2
    text = wrap(label, LABEL_LETTERS) or [label]
    top = y + 7 - (len(text) - 1) * LINE_HEIGHT / 2
    edge = _number(x + LABEL_GAP if right else x - LABEL_GAP)
    lines = tuple(Line(part, edge, _number(top + number * LINE_HEIGHT)) for number, part in enumerate(text))
    return "start" if right else "end", lines


def spokes(rows):
    """Return a Spoke for each HubSpoke row that has a place in the wheel, clockwise from the top."""
    drawn = sorted((row for row in rows if row.wheel_place is not None), key=lambda row: row.wheel_place)
    return [_spoke(row) for row in drawn]


@dataclass(frozen=True)
class Stop:
    """One spoke as the explorer tells it: its row, how it is drawn (None when it is not), its number and neighbors."""

    row: object
    drawn: Spoke | None
    number: int
    before: object
    after: object


def stops(rows):
    """Return a Stop for every HubSpoke row: those of the wheel clockwise from the top, then the others in order."""
    drawn = {spoke.slug: spoke for spoke in spokes(rows)}
    others = [row for row in rows if row.slug not in drawn]
    by_slug = {row.slug: row for row in rows}
    around = [*(by_slug[slug] for slug in drawn), *others]
    return [
        Stop(row, drawn.get(row.slug), number, around[number - 2], around[number % len(around)])
        for number, row in enumerate(around, start=1)
    ]


def _spoke(row):
    angle = row.wheel_place * 360 / PLACES
    x, y = _point(NODES, angle)
    half = ICON_GRID * ICON_SCALE / 2
    anchor, lines = _lines(row.wheel_label, row.wheel_place, x, y)
    return Spoke(
        key=row.wheel_key,
        slug=row.slug,
        label=row.wheel_label,
        sentence=row.wheel_sentence,
        icon=mark_safe(ICONS.get(row.wheel_key, "")),
        bar=_bar(angle),
        x=_number(x),
        y=_number(y),
        icon_x=_number(x - half),
        icon_y=_number(y - half),
        anchor=anchor,
        lines=lines,
    )
