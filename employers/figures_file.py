"""An employer's figures as a CSV file: one line for each opening and week."""

import csv

from django.utils.timezone import localdate

from careerportal.core.admin import plain_cell
from employers.figures import Counts, Report

COLUMNS = (
    "week_from", "opening", "headline", "job_title", "status", "published_on", "closed_on", "outcome", "views", "saves",
    "inquiries", "apply_clicks",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"  # or Excel reads the file in the Windows code page


def rows(report: Report):
    """Yield the lines of a whole report (one without a page), as plain values in the order of COLUMNS.

    A week in which an opening was not public and nothing was counted has no line, so a zero is a week without readers.
    """
    for one in report.openings:
        listing = one.listing
        says = [
            listing.pk, listing.headline, listing.title.name, listing.status, _day(listing.published_at),
            _day(listing.closed_at), listing.outcome,
        ]  # fmt: skip
        for week in one.weeks:
            if week.was_shown or week.counts != Counts():
                counts = week.counts
                numbers = [counts.views, counts.saves, counts.inquiries, counts.apply_clicks]
                yield [week.monday.isoformat(), *says, *numbers]


def write(report: Report, file) -> None:
    """Write a whole report into a text file; no cell is a formula."""
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([plain_cell(value) for value in row] for row in rows(report))


def _day(moment):
    return localdate(moment).isoformat() if moment else ""
