"""Who should hear of what, by the public search alone: what the planner is held against."""

import csv
import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import planner
from accounts.management.commands.send_alerts import aware


class Command(BaseCommand):
    help = "Print CSV recipient,opening_url: who should get what, one alert at a time through the public search."

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="every alert that is on, whatever its weekday and hour")
        parser.add_argument("--as-of", metavar="TIME", type=aware, help="as if it were that time (ISO)")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of CSV")

    def handle(self, *args, **options):
        now = options["as_of"] or timezone.now()
        pairs = dict.fromkeys(
            (recipient.address, settings.PORTAL_URL + listing.get_absolute_url())
            for recipient, listing in planner.expected(now=now, whatever_the_hour=options["now"])
        )
        if options["json"]:
            rows = [{"recipient": recipient, "opening_url": url} for recipient, url in pairs]
            self.stdout.write(json.dumps(rows))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["recipient", "opening_url"])
        writer.writerows(pairs)
