"""manage.py smoke URL: does the portal there work, and does mail leave?"""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careerportal.core import smoke
from careerportal.outbox import ledger
from careerportal.outbox.models import Delivery, Recipient
from careerportal.outbox.streams import RAW
from careerportal.outbox.tasks import wake

MAIL_WAIT_S = 60


class Command(BaseCommand):
    help = (
        "Look at a running portal: health, first page, search, an opening, errors. Exit status 1: something is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("url", metavar="URL", help="the public address, such as https://careers.example.org")
        parser.add_argument("--at", default="", help="connect there instead: host:port, or the path of a socket")
        parser.add_argument("--plain", action="store_true", help="speak HTTP there, as a proxy does that ends TLS")
        parser.add_argument("--insecure", action="store_true", help="take any certificate")
        parser.add_argument("--mail", metavar="ADDRESS", help="also send a test mail there and wait until it is out")

    def handle(self, *, url, at, plain, insecure, mail, **options):
        try:
            door = smoke.Door(url, at=at, plain=plain, insecure=insecure)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        troubles = 0
        for one in smoke.look(door):
            troubles += bool(one.trouble)
            said = one.trouble or one.note or f"{one.status}, {one.ms} ms"
            self.stdout.write(f"{'WRONG' if one.trouble else 'ok   '} {one.address}: {said}")
        if mail:
            trouble = self._mail(mail)
            troubles += bool(trouble)
            self.stdout.write(f"WRONG mail: {trouble}" if trouble else "ok    mail: a server took it")
        if troubles:
            raise CommandError(f"Smoke test: {troubles} wrong.")
        self.stdout.write("Smoke test: all well.")

    @staticmethod
    def _mail(address):
        """Queue one message and wait for a worker to send it; return what is wrong, or ""."""
        now = timezone.now()
        queued = ledger.enqueue(
            idem_key=f"staff:smoke:{now.isoformat()}",
            recipient=Recipient.objects.for_address(address),
            stream="staff",
            kind=RAW,
            payload={"subject": "Test mail of the portal", "text": "The portal can send mail.\n"},
            now=now,
        )
        wake("staff")
        until = time.monotonic() + MAIL_WAIT_S
        while time.monotonic() < until:
            delivery = Delivery.objects.get(pk=queued.pk)
            if delivery.state in Delivery.FINAL:
                return "" if delivery.state == Delivery.State.SENT else f"{delivery.state}: {delivery.reply}"
            time.sleep(0.5)
        return f"still {delivery.state} after {MAIL_WAIT_S} s: {delivery.reply or 'is the worker running?'}"
