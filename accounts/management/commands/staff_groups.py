"""manage.py staff_groups: the groups of staff, with exactly their permissions."""

from django.core.management.base import BaseCommand

from accounts import staff


class Command(BaseCommand):
    help = "Make the groups of staff and give them exactly their permissions. Doing it again changes nothing."

    def handle(self, **options):
        for name, group in staff.write_groups().items():
            self.stdout.write(f"{name}: {group.permissions.count()} permissions")
