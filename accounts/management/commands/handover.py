"""manage.py handover: the page for whoever takes over, from the settings that run."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import handover


class Command(BaseCommand):
    help = "Write the handover page (Markdown): domains, DNS, relay, keys, people, backups. It holds no secret."

    def add_arguments(self, parser):
        parser.add_argument("--output", metavar="FILE", type=Path, help="write it there instead of printing it")

    def handle(self, *, output, **options):
        text = handover.page(now=timezone.now())
        if output:
            output.write_text(text, encoding="utf-8")
            self.stderr.write(f"Written: {output}")
        else:
            self.stdout.write(text, ending="")
