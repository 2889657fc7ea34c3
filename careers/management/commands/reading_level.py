"""manage.py reading_level: how hard the public pages are to read."""

import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client

from careers import addresses, reading_level

WORST = 10
TOO_HARD = 1


class Command(BaseCommand):
    help = (
        "Print the Flesch-Kincaid grade of our own text on each public page, the average and the ten hardest. "
        "Exit status: 0 done, 1 the average is above the bar."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="print every page, not the ten hardest alone")

    def handle(self, **options):
        client = Client(HTTP_HOST=urlsplit(settings.PORTAL_URL).netloc)
        asked = [*addresses.all_addresses(), *reading_level.OTHER_PAGES]
        answers = ((address, client.get(address, secure=True)) for address in asked)
        graded = reading_level.pages(
            (address, one.content.decode()) for address, one in answers if one.status_code == 200
        )
        for page in graded if options["all"] else graded[:WORST]:
            self.stdout.write(f"{page.grade:5.1f}  {page.words:5d} words  {page.address}")
        average = reading_level.average(graded)
        self.stdout.write(
            f"{len(graded)} pages, average grade {average:.1f}; the bar is {reading_level.HIGHEST_AVERAGE}."
        )
        if average > reading_level.HIGHEST_AVERAGE:
            sys.exit(TOO_HARD)
