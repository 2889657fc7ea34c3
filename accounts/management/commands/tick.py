"""Run every timer of the portal once."""

import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.management.commands.send_alerts import aware
from careerportal.core import clock
from careerportal.outbox.tasks import wake


class Command(BaseCommand):
    help = "Run every timer: what happens by itself as days pass. Repeats at one moment change nothing."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", metavar="TIME", type=aware, help="run them as if it were that time (ISO)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args, **options):
        now = options["as_of"] or timezone.now()
        done = clock.tick(now)
        if any(done.values()):
            wake("employer")
        if options["json"]:
            self.stdout.write(json.dumps({"as_of": now.isoformat(), "done": done}))
        else:
            for name, count in done.items():
                self.stdout.write(f"{name}: {count}")
