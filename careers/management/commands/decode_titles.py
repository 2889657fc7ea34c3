"""manage.py decode_titles: say what each line of a file means, as one JSON object a line."""

import io
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from careers.decoder import decode

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Read one title or text a line from FILE or standard input (UTF-8) and write one JSON object for each line, "
        "blank ones too: text, verdict, confidence, evidence, title_slug. Exit status: 0 done, 2 the file cannot be read."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the lines; else standard input")

    def handle(self, *, file, **options):
        try:
            with self._opened(file) as lines:
                for line in lines:
                    found = decode(line.rstrip("\r\n"))
                    self.stdout.write(json.dumps(found.as_dict()))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=UNUSABLE) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file or 'standard input'} is not UTF-8.", returncode=UNUSABLE) from error

    @staticmethod
    def _opened(file):
        """Lines end at line feeds alone, so that line n out is line n in whatever else a text holds."""
        binary = file.open("rb") if file else sys.stdin.buffer
        return io.TextIOWrapper(binary, encoding="utf-8-sig", newline="\n")
