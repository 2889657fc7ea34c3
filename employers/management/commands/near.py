"""Count the places and employers near a ZIP code."""

import json

from django.core.management.base import BaseCommand, CommandError

from careerportal.places.place import PlaceUnknown
from employers.models.register import Source
from employers.registers.nearby import nearby

UNKNOWN = 2


class Command(BaseCommand):
    help = (
        "Count the places of work and employers near a ZIP code and list the nearest ten. With --source a site is a key "
        "of that register. Exit status: 0 done, 2 the ZIP code or the miles cannot be used."
    )

    def add_arguments(self, parser):
        parser.add_argument("zip", help="five digits")
        parser.add_argument("miles", help="1 to 500")
        parser.add_argument("--source", default="", choices=["", *Source.values], help="one register only")
        parser.add_argument(
            "--exact", action="store_true",
            help="only places with coordinates of their own; with --source those of the register, as published",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="write JSON")

    def handle(self, *, zip, miles, source, exact, **options):
        try:
            found = nearby(zip_code=zip, miles=miles, source=source, exact=exact)
        except PlaceUnknown as error:
            raise CommandError(str(error), returncode=UNKNOWN) from error
        if options["json"]:
            answer = {"zip": found.place.zip, "miles": found.place.miles, "source": source, "exact": exact}
            answer |= {"sites": found.sites, "employers": found.employers, "nearest": found.nearest}
            self.stdout.write(json.dumps(answer, indent=2))
            return
        self.stdout.write(f"{found.sites} sites, {found.employers} employers")
        for each in found.nearest:
            by = "" if each["employer"] == each["name"] else f" ({each['employer']})"
            self.stdout.write(f"{each['miles']:7.2f} mi  {each['name']}{by}, {each['town']}")
