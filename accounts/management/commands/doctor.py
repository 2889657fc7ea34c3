"""manage.py doctor: what is wrong with this installation, and what to do."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import allwell
from careerportal.core import doctor
from careerportal.outbox.tasks import wake


class Command(BaseCommand):
    help = "Name each misconfiguration with its remedy. Exit status 1: something is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="write JSON")
        parser.add_argument("--only", nargs="+", metavar="NAME", help="these checks only")
        parser.add_argument("--weekly", action="store_true", help="also mail the list to STAFF_EMAIL, once a week")

    def handle(self, *, only, weekly, **options):
        unknown = set(only or ()) - set(doctor.checks())
        if unknown:
            raise CommandError(
                f"No check is called {', '.join(sorted(unknown))}. There are: {', '.join(doctor.checks())}.",
                returncode=2,
            )
        findings = doctor.examine(only=only)
        if options["json"]:
            self.stdout.write(json.dumps(doctor.as_data(findings), indent=2))
        else:
            for line in doctor.as_lines(findings):
                self.stdout.write(line)
        if weekly:
            sent = allwell.send(findings, now=timezone.now())
            if sent:
                wake(allwell.STREAM)
            self.stderr.write("The weekly report is queued." if sent else "This week's report was sent already.")
        if not doctor.is_well(findings):
            sys.exit(1)
