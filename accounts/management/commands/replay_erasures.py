"""Erase again, after a restored backup, everybody whom the erase log names."""

import json

from django.core.management.base import BaseCommand

from accounts import erasure


class Command(BaseCommand):
    help = "After a restored backup: erase again everybody whom the erase log names. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--path", help="another erase log than ERASE_JOURNAL")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args, path=None, **options):
        done = erasure.replay(path)
        if options["json"]:
            self.stdout.write(json.dumps(vars(done)))
        else:
            self.stdout.write(
                f"The erase log knows {done.known} addresses. Erased again: {done.accounts} accounts,"
                f" {done.addresses} further addresses."
            )
