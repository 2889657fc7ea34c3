"""Bring a file's openings into the tables in one go, once each, and say what happened to every row."""

import tempfile
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from employers.importing import files, formats, mapping, reading, spool
from employers.importing.content import Defaults
from employers.importing.formats.flat import FeedUnreadable
from employers.importing.saving import Importer, Outcome, Result

INDEED = "indeed"
AT_ONCE = 200


@dataclass
class Report:
    """Counts of one run. `refused_rows` and `drafts` name the row, its reference and a reason.

    `other_fields` names rows that came in although their title reads as another field, and the words that say so.
    """

    file: str
    employer: str
    dry_run: bool
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    closed: int = 0
    refused: int = 0
    format: str = INDEED
    merged: int = 0
    reopened: int = 0
    refused_rows: list = field(default_factory=list)
    drafts: list = field(default_factory=list)
    other_fields: list = field(default_factory=list)

    def as_dict(self):
        return asdict(self)

    def add(self, result):
        """Count a Result."""
        setattr(self, result.outcome, getattr(self, result.outcome) + 1)
        note = {"row": result.number, "reference": result.reference}
        if result.outcome == Outcome.REFUSED:
            self.refused_rows.append({**note, "reason": result.reason})
        elif result.waits_because:
            self.drafts.append({**note, "reason": result.waits_because})
        self.published += result.was_published
        if result.remark and result.outcome != Outcome.REFUSED:
            self.other_fields.append({**note, "reason": result.remark})


def import_feed(
    *, path, employer, care_setting, now, kind=INDEED, site=None, complete=False, dry_run=False,
    progress=lambda done, total: None,
):  # fmt: skip
    """Import the feed at `path` for `employer` and return a Report.

    `kind` is "indeed", which takes nothing else, or "auto": whatever format the file is in. A row is one opening per
    reference: new ones are made, changed ones changed, and published when the employer may publish. `site` stands for
    rows without a place. With `complete`, published openings the file no longer holds are closed. With `dry_run`
    nothing is kept. `progress(rows done, rows in all)` is called now and then. Raises FeedUnreadable before anything is
    written.
    """
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        rows = Path(folder) / "rows"
        kind, count, fields_of = _read(path, rows, Path(folder) / "text", kind)
        report = Report(file=str(path), employer=employer.slug, dry_run=dry_run, rows=count, format=kind)
        if complete and not count:
            raise FeedUnreadable("The file holds no job, so --complete would close everything. Nothing was done.")
        with transaction.atomic():
            importer = Importer(
                employer=employer, source=f"feed:{kind}", kind=kind, defaults=Defaults(care_setting, site), now=now
            )
            groups = spool.Groups(rows, fields_of, importer.reference_of)
            for result in take_all(importer, groups, spool.read(rows), fields_of):
                report.add(result)
                progress(result.number, count)
            if complete:
                for listing in importer.missing(groups.references):
                    if result := importer.close(listing):
                        report.add(result)
            if dry_run:
                transaction.set_rollback(True)
    return report


def take_all(importer, groups, rows, fields_of):
    """Yield a Result for each of `rows`, (number, fields, offset) as the spool has them, AT_ONCE looked up together."""
    while together := list(islice(rows, AT_ONCE)):
        valued = [(number, mapping.Values(fields, fields_of)) for number, fields, _offset in together]
        importer.look_up([importer.reference_of(values) for _number, values in valued])
        for number, values in valued:
            yield take_one(importer, groups, number, values, fields_of)


def take_one(importer, groups, number, values, fields_of):
    """The Result of one row; a further row of a job that came already is only told about."""
    if first := groups.same_as.get(number):
        note = _("The same job as row %(row)s; its place was added there.") % {"row": first}
        return Result(number, importer.reference_of(values), values["title"][:120], Outcome.MERGED, notes=[note])
    others = [mapping.Values(fields, fields_of) for fields in groups.others(number)]
    return importer.take(number, [values, *others], repeats=groups.repeats.get(number))


def _read(path, rows, text, kind):
    """Write the rows of a file to `rows`; return (format, how many, mapping)."""
    if kind == INDEED:
        count, columns = spool.write((row.fields for row in reading.rows(path)), rows)
    else:
        try:
            files.readable(path, text)
        except files.FileRefused as refusal:
            raise FeedUnreadable(str(refusal)) from refusal
        except OSError as error:
            raise FeedUnreadable(f"The file cannot be read: {error.strerror}.") from error
        found = formats.detect(text)
        kind = found.format
        count, columns = spool.write(found.rows, rows)
    names = [column["name"] for column in columns]
    return kind, count, mapping.guess(kind, names)
