"""manage.py load_samples: the sample employers, openings and accounts, with dates as of now."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import samples


class Command(BaseCommand):
    help = "Load the sample employers, openings and accounts, or give them fresh dates. Demo only."

    def handle(self, *args, **options):
        try:
            loaded = samples.load(now=timezone.now())
        except samples.SamplesRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Samples: {loaded.employers} employers, {loaded.openings} openings ({loaded.created} new, "
            f"{loaded.redated} with new dates), {len(samples.ACCOUNTS)} accounts."
        )
