"""Small plots of counts by week, as bars with their places reckoned here: pages may not carry styles of their own."""

from dataclasses import astuple, dataclass

from django.utils.translation import gettext_lazy as _

from employers.figures import Week
from employers.models.listing_day import COUNTED

LABELS = {
    "views": _("Views"), "saves": _("Saves"), "inquiries": _("Inquiries"), "apply_clicks": _("Clicks to apply"),
}  # fmt: skip
WIDTH, HEIGHT, GAP = 240, 56, 2  # units of the drawing
STUB = 1.5  # how high a week without a count is drawn, so that one sees that it was counted


@dataclass(frozen=True)
class Bar:
    """One week of a plot: where it is drawn, its count, and whether there was anything."""

    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True)
class Plot:
    """One of listing_day.COUNTED by week; `peak` is the Week with the highest count, None when nothing was counted."""

    what: str
    label: str
    total: int
    bars: list
    peak: Week | None
    peak_count: int


def plots(weeks: list) -> list:
    """Return a Plot for each of listing_day.COUNTED over some weeks, each drawn to its own height."""
    columns = list(zip(*(astuple(week.counts) for week in weeks), strict=True))
    return [_plot(what, counts, weeks) for what, counts in zip(COUNTED, columns, strict=True)]


def _plot(what, counts, weeks):
    most = max(counts)
    step = WIDTH / len(counts)
    bars = []
    for place, count in enumerate(counts):
        height = max(STUB, HEIGHT * count / most) if most else STUB
        bars.append(
            Bar(round(place * step, 2), round(HEIGHT - height, 2), round(step - GAP, 2), round(height, 2), count)
        )
    peak = weeks[counts.index(most)] if most else None
    return Plot(what, LABELS[what], sum(counts), bars, peak, most)
