"""Download a register from its publisher and import it."""

import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from employers.management.commands.import_directory import UNUSABLE, add_import_options, run_import
from employers.models.register import Source
from employers.registers.fetching import ADDRESSES, FetchFailed, download


class Command(BaseCommand):
    help = (
        "Download a register from its publisher over https and import it. Exit status: 0 done, 1 some rows were refused, "
        "2 it cannot be downloaded or used."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", choices=Source.values, help="which register")
        parser.add_argument("--url", default="", help="another https address than the publisher's own")
        add_import_options(parser)

    def handle(self, *, name, url, **options):
        address = url or ADDRESSES.get(name)
        if not address:
            raise CommandError(
                f"{name} has no address of its own any more. Give one with --url, or a file to import_directory.",
                returncode=UNUSABLE,
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.csv"
            try:
                stamped = download(address, path)
            except FetchFailed as error:
                raise CommandError(str(error), returncode=UNUSABLE) from error
            options["dated"] = options["dated"] or stamped or timezone.localdate()
            run_import(self, path, options=options, expected=name)
