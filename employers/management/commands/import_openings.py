"""Import an employer's openings from a feed."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers.models import CareSetting
from employers.importing.formats.flat import FeedUnreadable
from employers.importing.run import import_feed
from employers.models import Employer

SOME_REFUSED = 1
UNUSABLE = 2
PROGRESS_EVERY = 200


class Command(BaseCommand):
    help = (
        "Import openings from an Indeed-style XML feed, or with --format auto from any format that the portal reads. "
        "Running it again changes only what changed in the file. "
        "Exit status: 0 done, 1 some rows were refused, 2 the file, the employer or an option cannot be used."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the feed")
        parser.add_argument("--employer", required=True, metavar="SLUG", help="whose openings these are")
        parser.add_argument("--setting", metavar="SLUG", help="care setting of the openings; else the employer's own")
        parser.add_argument(
            "--format",
            choices=["indeed", "auto"],
            default="indeed",
            dest="kind",
            help="auto: found by looking at the file",
        )
        parser.add_argument("--site", type=int, metavar="ID", help="site for rows that say no place")
        parser.add_argument("--complete", action="store_true", help="close openings that are no longer in the file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, keep nothing")
        parser.add_argument("--json", action="store_true", help="write the report as JSON")

    def handle(self, *, file, employer, setting, kind, site, complete, dry_run, **options):
        found = Employer.objects.select_related("care_setting").filter(slug=employer).first()
        if found is None:
            raise CommandError(f"There is no employer {employer!r}.", returncode=UNUSABLE)
        try:
            report = import_feed(
                path=file,
                employer=found,
                care_setting=self._care_setting(found, setting),
                now=timezone.now(),
                kind=kind,
                site=self._site(found, site),
                complete=complete,
                dry_run=dry_run,
                progress=self._progress,
            )
        except FeedUnreadable as error:
            raise CommandError(f"{file}: {error}", returncode=UNUSABLE) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), indent=2))
        else:
            self._write(report)
        if report.refused:
            sys.exit(SOME_REFUSED)

    def _care_setting(self, employer, slug):
        if not slug:
            if employer.care_setting is None:
                raise CommandError(
                    f"{employer.slug!r} has no care setting of its own, so give one with --setting.",
                    returncode=UNUSABLE,
                )
            return employer.care_setting
        found = CareSetting.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(CareSetting.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no care setting {slug!r}. Known: {known or 'none'}.", returncode=UNUSABLE)
        return found

    def _site(self, employer, pk):
        found = employer.sites.filter(pk=pk).first() if pk is not None else None
        if pk is not None and found is None:
            raise CommandError(f"{employer.slug!r} has no site {pk}.", returncode=UNUSABLE)
        return found

    def _progress(self, done, total):
        if total >= PROGRESS_EVERY and (done % PROGRESS_EVERY == 0 or done == total):
            self.stderr.write(f"{done} of {total} rows")

    def _write(self, report):
        for note in report.refused_rows:
            self.stdout.write(f"row {note['row']} ({note['reference'] or 'no reference'}) refused: {note['reason']}")
        for note in report.drafts:
            self.stdout.write(f"row {note['row']} ({note['reference']}) kept as a draft: {note['reason']}")
        for note in report.other_fields:
            self.stdout.write(f"row {note['row']} ({note['reference']}) came in, but look: {note['reason']}")
        counts = ("created", "updated", "unchanged", "refused", "published", "closed")
        said = ", ".join(f"{getattr(report, name)} {name}" for name in counts)
        self.stdout.write(f"{report.rows} rows: {said}" + (" (dry run, nothing kept)" if report.dry_run else ""))
