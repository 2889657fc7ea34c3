"""manage.py samples_remove: take away everything that load_samples made."""

from django.core.management.base import BaseCommand

from accounts import samples


class Command(BaseCommand):
    help = "Remove every sample employer with its openings, and the sample accounts. Nothing else is touched."

    def handle(self, *args, **options):
        gone = samples.remove()
        if not (gone.employers or gone.openings or gone.accounts):
            self.stdout.write("Nothing to remove: there are no samples.")
            return
        self.stdout.write(
            f"Removed {gone.employers} sample employers, {gone.openings} openings and {gone.accounts} accounts. "
            "The next start in demo mode loads them again."
        )
