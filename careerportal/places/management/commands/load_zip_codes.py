from django.core.management.base import BaseCommand

from careerportal.places import loading


class Command(BaseCommand):
    help = "Load the ZIP codes, towns and counties shipped with the portal. Doing it again changes nothing."

    def handle(self, *args, **options):
        loaded = loading.load(say=self.stdout.write)
        state = "loaded" if loaded.changed else "already there"
        self.stdout.write(
            f"ZIP codes {state}: {loaded.zips:,} ZIP codes, {loaded.towns:,} towns, {loaded.counties:,} counties."
        )
