"""Plan the monthly career news that is due and wake a sender."""

import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import news
from accounts.management.commands.send_alerts import aware
from careerportal.outbox.tasks import wake


class Command(BaseCommand):
    help = "Plan the monthly career news that is due, and wake a sender."

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="everyone who gets it, whatever the day and hour")
        parser.add_argument("--as-of", metavar="TIME", type=aware, help="plan as if it were that time (ISO)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args, **options):
        now = options["as_of"] or timezone.now()
        plan = news.plan(now=now, whatever_the_day=options["now"])
        if plan.deliveries:
            wake(news.STREAM)
        if options["json"]:
            figures = {"as_of": now.isoformat(), "recipients": plan.recipients, "deliveries": plan.deliveries}
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(f"{plan.recipients} recipients looked at, {plan.deliveries} mails queued.")
