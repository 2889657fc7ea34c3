"""Plan the digests that are due and wake a sender."""

import argparse
import json

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts import planner
from careerportal.outbox.tasks import wake


def aware(text):
    """Return an ISO time as an aware datetime, in the portal's time zone if it names none. Raises ArgumentTypeError."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2026-11-23T08:00:00-05:00")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


class Command(BaseCommand):
    help = "Plan the alert digests that are due, and wake a sender."

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="every alert that is on, whatever its weekday and hour")
        parser.add_argument("--as-of", metavar="TIME", type=aware, help="plan as if it were that time (ISO)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args, **options):
        now = options["as_of"] or timezone.now()
        plan = planner.plan(now=now, whatever_the_hour=options["now"])
        if plan.deliveries:
            wake("alerts")
        if options["json"]:
            figures = {
                "as_of": now.isoformat(),
                "recipients": plan.recipients,
                "deliveries": plan.deliveries,
                "items": plan.items,
            }
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(
                f"{plan.recipients} recipients looked at, {plan.deliveries} digests queued with {plan.items} openings."
            )
