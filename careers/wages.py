"""Tables of published wages that an editor loads as CSV: checked whole first, then written whole or not at all.

A row is known by (source, soc, area, period). Loading the same file again changes nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from careerportal.core import stamps
from careers.models import Source, WageRow, WageTable

COLUMNS = (
    "source", "soc", "occupation", "area", "period", "unit", "median", "p10", "p90", "caveat", "review_due",
)  # fmt: skip
MAY_BE_EMPTY = ("p10", "p90", "review_due")
LONGEST = {"occupation": 160, "area": 120, "period": 40, "caveat": 1000}
MOST_ROWS, MOST_BYTES = 5_000, 2_000_000
KEPT_DAYS = 365  # a wage is due for review a year after it was loaded, when the file gives no date
HIGHEST_USD = Decimal(1_000_000)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SOC = re.compile(r"[0-9]{2}-[0-9]{4}")
_MONEY = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
_KEPT = ("occupation", "unit", "median_usd", "p10_usd", "p90_usd", "caveat", "tier", "review_due")


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the line of the file (the header is line 1), the column, and what was expected."""

    line: int
    column: str
    expected: str

    def __str__(self):
        where = _("Line %(line)d") % {"line": self.line}
        return f"{where}, {self.column}: {self.expected}" if self.column else f"{where}: {self.expected}"


class TableRefused(Exception):
    """The table has faults and nothing was changed; `faults` names each with its line."""

    def __init__(self, faults):
        super().__init__(_("Nothing was loaded. Mend these lines and load the file again."))
        self.faults = faults


@dataclass(frozen=True)
class Plan:
    """What loading a checked table would do: new rows, rows that change, and how many stay as they are."""

    new: tuple
    changed: tuple
    unchanged: int


def template_csv():
    """The header and one example line, as text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerow(
        [
            "bls-sw", "21-1022", "Healthcare social workers", "Albany-Schenectady-Troy, NY", "May 2024", "year", "70000",
            "50000", "95000", "All healthcare social workers in the area, not this title.", "",
        ]
    )  # fmt: skip
    return out.getvalue()


def plan(data, *, today):
    """Check the bytes of a CSV file and return the Plan of what loading it on `today` would do.

    Raises TableRefused naming every fault; then nothing may be loaded.
    """
    records, faults = _records(data)
    sources = {row.slug: row for row in Source.objects.all()}
    rows, seen = [], {}
    for line, record in records:
        row, found = _row(record, line, sources, today)
        key = (record["source"], record["soc"], record["area"], record["period"])
        if not found and key in seen:
            found = [
                Fault(line, "", _("the same source, soc, area and period as line %(line)d.") % {"line": seen[key]})
            ]
        seen.setdefault(key, line)
        faults += found
        rows.append(row)
    if faults:
        raise TableRefused(faults)
    return _compared(rows)


@transaction.atomic
def load(data, *, file_name, by, now: datetime):
    """Load a checked CSV file, all of it; return the WageTable that says what changed. Raises TableRefused."""
    WageTable.objects.select_for_update().order_by("pk").first()
    made = plan(data, today=localdate(now))
    table = WageTable.objects.create(
        file_name=file_name[:160],
        sha256=hashlib.sha256(data).hexdigest(),
        loaded_at=now,
        loaded_by=by,
        created=len(made.new),
        updated=len(made.changed),
        unchanged=made.unchanged,
    )
    for row in (*made.new, *made.changed):
        row.table, row.reviewed_on = table, localdate(now)
        row._change_reason = "wage table"
        row.save()
    stamps.bump(stamps.CONTENT)
    return table


def _records(data):
    """The lines of the file as dicts, and the faults of its shape."""
    if len(data) > MOST_BYTES:
        return [], [Fault(1, "", _("a file of at most %(size)d MB.") % {"size": MOST_BYTES // 1_000_000})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Fault(1, "", _("text in UTF-8. Save the table as “CSV UTF-8”."))]
    if "\0" in text:
        return [], [Fault(1, "", _("text. This looks like another kind of file."))]
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        return [], [Fault(reader.line_num, "", _("a table with commas (%(error)s).") % {"error": error})]
    header = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    if sorted(header) != sorted(COLUMNS):
        return [], [Fault(1, "", _("the columns %(columns)s.") % {"columns": ", ".join(COLUMNS)})]
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not 1 <= len(rows) <= MOST_ROWS:
        return [], [Fault(1, "", _("1 to %(most)d lines under the header.") % {"most": MOST_ROWS})]
    wrong = [
        Fault(line, "", _("%(count)d cells.") % {"count": len(header)}) for line, c in rows if len(c) != len(header)
    ]
    return [(line, _clean(header, cells)) for line, cells in rows if len(cells) == len(header)], wrong


def _clean(header, cells):
    return {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}


def _row(record, line, sources, today):
    """Return (WageRow or None, faults) for one line."""
    faults = []

    def fault(column, expected):
        faults.append(Fault(line, column, expected))

    for name in COLUMNS:
        if not record[name] and name not in MAY_BE_EMPTY:
            fault(name, _("it may not be empty."))
    for name, most in LONGEST.items():
        if len(record[name]) > most:
            fault(name, _("at most %(most)d letters.") % {"most": most})
        if record[name].startswith(FORMULA_STARTS):
            fault(name, _("words, not a formula (no =, +, - or @ at the start)."))
    source = sources.get(record["source"])
    if record["source"] and source is None:
        fault("source", _("the key of a source that is here. Add the source first."))
    if record["soc"] and not _SOC.fullmatch(record["soc"]):
        fault("soc", _("a code like 21-1022."))
    if record["unit"] and record["unit"] not in WageRow.Unit.values:
        fault("unit", _("hour or year."))
    amounts = {name: _money(record[name], name, fault) for name in ("median", "p10", "p90")}
    low, middle, high = amounts["p10"], amounts["median"], amounts["p90"]
    if middle is not None and ((low is not None and low > middle) or (high is not None and high < middle)):
        fault("median", _("an amount between p10 and p90."))
    due = _date(record["review_due"], fault) or today + timedelta(days=KEPT_DAYS)
    if faults:
        return None, faults
    key = "--".join([record["source"], record["soc"], record["area"], record["period"]])
    digest = hashlib.sha256(key.encode()).hexdigest()[:10]
    row = WageRow(
        slug=f"{slugify(key)[:68].strip('-')}-{digest}",
        source=source,
        soc=record["soc"],
        occupation=record["occupation"],
        area=record["area"],
        period=record["period"],
        unit=record["unit"],
        median_usd=middle,
        p10_usd=low,
        p90_usd=high,
        caveat=record["caveat"],
        tier=source.tier,
        review_due=due,
    )
    row.has_own_due = bool(record["review_due"])
    return row, []


def _money(text, name, fault):
    if not text:
        return None
    plain = text.removeprefix("$").replace(",", "")
    try:
        amount = Decimal(plain) if _MONEY.fullmatch(plain) else None
    except InvalidOperation:
        amount = None
    if amount is None or not 0 < amount <= HIGHEST_USD:
        fault(name, _("dollars from 1 to 1,000,000, as 70000 or 33.65. Leave it empty when it was not published."))
        return None
    return amount


def _date(text, fault):
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fault("review_due", _("a date like 2027-05-01, or nothing."))
        return None


def _compared(rows):
    there = {(row.source_id, row.soc, row.area, row.period): row for row in WageRow.objects.select_related("source")}
    new, changed, unchanged = [], [], 0
    for row in rows:
        old = there.get((row.source.pk, row.soc, row.area, row.period))
        if old is None:
            new.append(row)
            continue
        kept = [name for name in _KEPT if name != "review_due" or row.has_own_due]
        if all(getattr(old, name) == getattr(row, name) for name in kept):
            unchanged += 1
            continue
        for name in kept:
            setattr(old, name, getattr(row, name))
        changed.append(old)
    return Plan(tuple(new), tuple(changed), unchanged)
