"""Import a register of health care employers."""

import json
import sys
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from employers.models.register import Source
from employers.registers.formats import FileUnusable
from employers.registers.importing import import_file

SOME_REFUSED = 1
UNUSABLE = 2
SHOWN = 10


def add_import_options(parser):
    """Options that import_directory and fetch_register share."""
    parser.add_argument("--complete", action="store_true", help="close what the file's states no longer hold")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, keep nothing")
    parser.add_argument("--json", action="store_true", help="write the report as JSON")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where all reasons go, by line of the file")
    parser.add_argument("--dated", type=date.fromisoformat, metavar="DATE", help="the register's date, like 2026-04-19")


def run_import(command, path, *, options, **describing):
    """Import `path` and write the report; exit with SOME_REFUSED if rows were refused. Raises CommandError."""
    now = timezone.now()
    try:
        report = import_file(
            path, now=now, complete=options["complete"], dry_run=options["dry_run"], dated=options["dated"],
            progress=progress_bar(command.stderr), **describing,
        )  # fmt: skip
    except FileUnusable as error:
        raise CommandError(f"{path}: {error}", returncode=UNUSABLE) from error
    where = options["report"] or settings.DATA_DIR / "reports" / f"{report.source}-{now:%Y%m%dT%H%M%S}.txt"
    try:
        report.write(where)
    except OSError as error:
        raise CommandError(
            f"The report cannot be written to {where}: {error.strerror}.", returncode=UNUSABLE
        ) from error
    if options["json"]:
        command.stdout.write(json.dumps(report.as_dict(), indent=2))
    else:
        command.stdout.write(report.summary + (" (dry run: nothing was kept)" if report.dry_run else ""))
        for line, key, reason in report.refusals[:SHOWN]:
            command.stdout.write(f"  line {line} {key}: refused: {reason}")
        command.stdout.write(f"{len(report.refusals)} refusals and {len(report.notes)} notes by line: {where}")
    if report.refused:
        sys.exit(SOME_REFUSED)


def progress_bar(stream):
    """A function (done, total) that draws a bar on a terminal and writes a line now and then elsewhere."""

    def draw(done, total):
        if stream.isatty():
            bar = "#" * (30 * done // total)
            stream.write(f"\r[{bar:<30}] {done:,} of {total:,} rows", ending="\n" if done == total else "")
            stream.flush()
        elif done == total or done % 2000 == 0:
            stream.write(f"{done:,} of {total:,} rows read")

    return draw


class Command(BaseCommand):
    help = (
        "Import a register of health care employers from a CSV file; the header tells which register it is. Running it "
        "again changes only what changed in the file. Exit status: 0 done, 1 some rows were refused, 2 the file or an "
        "option cannot be used."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the register, a CSV file")
        add_import_options(parser)
        parser.add_argument(
            "--register", default="", choices=["", *Source.values], help="for a header nobody described"
        )
        parser.add_argument("--map", default="", metavar="FIELD=COLUMN,...", help="for a header nobody described")

    def handle(self, *, file, **options):
        run_import(self, file, options=options, register=options["register"], mapping=self._mapping(options["map"]))

    def _mapping(self, text):
        if not text:
            return None
        pairs = [pair.partition("=") for pair in text.split(",")]
        if not all(column for _field, _equals, column in pairs):
            raise CommandError("--map is a list like name=COLUMN,city=COLUMN.", returncode=UNUSABLE)
        return {field.strip(): column for field, _equals, column in pairs}
