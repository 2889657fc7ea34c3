"""manage.py load_content: bring titles, settings, roles and pages up to the content files."""

import json
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers import content_files, loading


class Command(BaseCommand):
    help = (
        "Load careers/content/ into the database. Never overwrites an editor's change; says where the files are newer."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=content_files.FOLDER, help="read another folder of content files"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")

    def handle(self, *, json: bool, folder, **options):
        started = time.monotonic()
        progress = (lambda kind, counts: None) if json else self._progress
        try:
            records = content_files.records(folder)
        except content_files.ContentBroken as broken:
            for fault in broken.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"Nothing was loaded: {len(broken.faults)} faults.", returncode=2) from broken
        report = loading.load(records, now=timezone.now(), on_kind=progress)
        seconds = round(time.monotonic() - started, 2)
        if json:
            self.stdout.write(self._json(report, seconds))
            return
        for line in report.newer + report.gone:
            self.stdout.write(line)
        self.stdout.write(f"content: {self._counts(report.totals)} ({seconds} s)")

    def _progress(self, kind, counts):
        self.stdout.write(f"  {kind._meta.verbose_name_plural}: {self._counts(counts)}")

    @staticmethod
    def _counts(counts):
        return ", ".join(f"{name} {number}" for name, number in counts.items() if number)

    @staticmethod
    def _json(report, seconds):
        return json.dumps(
            {**report.totals, "kinds": report.counts, "newer": report.newer, "gone": report.gone, "seconds": seconds}
        )
