"""Compare the rows that search reads with the tables that hold the truth."""

import json
import sys

from django.core.management.base import BaseCommand

from employers import searchrow
from employers.models import Listing

SHOWN = 50


class Command(BaseCommand):
    help = "Compare search rows with the truth. Exit status: 0 no difference (left), 1 differences."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="rewrite the rows that differ")
        parser.add_argument("--json", action="store_true", help="write the report as JSON")

    def handle(self, *, fix, **options):
        found = searchrow.differences()
        if fix and found:
            searchrow.rewrite(sorted({pk for pk, _what in found}))
        left = len(searchrow.differences()) if fix else len(found)
        report = {
            "openings": Listing.objects.count(),
            "differences": [{"opening": pk, "what": what} for pk, what in found],
            "fixed": len(found) - left,
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=2))
        else:
            for pk, what in found[:SHOWN]:
                self.stdout.write(f"opening {pk}: {what}")
            if len(found) > SHOWN:
                self.stdout.write(f"and {len(found) - SHOWN} more")
            said = f"{report['openings']} openings, {len(found)} differences"
            self.stdout.write(said + (f", {report['fixed']} mended" if fix else ""))
        if left:
            sys.exit(1)
