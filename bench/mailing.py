"""What the mail benchmarks share: a sink, a database of their own, digests to send, sender processes.

`python -m bench.mailing` is one sender process: it drains the ledger until nothing is left to send or to sweep.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

import psycopg
from psycopg import sql

KIND = "bench_digest"
OPENINGS_PER_DIGEST = 5
OPENINGS = 200

Taken = namedtuple("Taken", "at connection message_id recipient")


class Sink:
    """The server in a process of its own, and what it noted."""

    def __init__(self, folder, *, delay_ms=0):
        self.log = Path(folder) / "sink.log"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.sink", str(self.log), str(delay_ms)], stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._process.stdout.readline())

    def taken(self):
        """Every message it took, in order."""
        if not self.log.exists():
            return []
        rows = (line.split() for line in self.log.read_text().splitlines())
        return [Taken(float(at), int(connection), message_id, to) for at, connection, message_id, to in rows]

    def count(self):
        """How many it took."""
        return self.log.read_bytes().count(b"\n") if self.log.exists() else 0

    def forget(self):
        """Start a new count."""
        with contextlib.suppress(FileNotFoundError):
            os.truncate(self.log, 0)

    def stop(self):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


@contextlib.contextmanager
def stage(*, delay_ms=0, lease_s=120):
    """A sink, an empty database of our own beside the one DATABASE_URL names, and settings that mail to the sink."""
    url = os.environ["DATABASE_URL"]
    name = f"bench_mail_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        sink = Sink(folder, delay_ms=delay_ms)
        try:
            os.environ |= {
                "DATABASE_URL": f"{url.partition('?')[0].rpartition('/')[0]}/{name}",
                "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
                "EMAIL_ALLOWED_DOMAINS": "*",
                "PACE_PER_S": "0",
                "OUTBOX_LEASE_S": str(lease_s),
                "SENT_JOURNAL": str(Path(folder) / "sent.log"),
            }
            from bench.figures import prepare

            prepare()
            yield sink
        finally:
            from django.db import connections

            connections.close_all()
            sink.stop()
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def opening_parts(number, *, reuse=True):
    """One opening as a digest shows it: text and HTML, about 700 bytes in all; the same for every digest."""
    from django.template import engines

    if not _openings:
        _openings.extend(engines["django"].from_string(form) for form in (OPENING_TEXT, OPENING_HTML))
    if number not in _parts or not reuse:
        context = {
            "n": number,
            "title": f"RN Care Manager {number}",
            "url": f"https://portal.example/openings/{number}/",
        }
        _parts[number] = tuple(form.render(context) for form in _openings)
    return _parts[number]


_openings, _parts = [], {}
OPENING_TEXT = "{{ title }}\nMaple Bridge Health, Albany, NY. $78,000 to $92,000 a year.\n{{ url }}\n\n"
OPENING_HTML = (
    '<div style="border-top:1px solid #d9d4c7;padding:16px 0"><p style="font:600 20px Georgia,serif;margin:0">'
    '<a href="{{ url }}" style="color:#0f4c4a">{{ title }}</a></p><p style="font:16px Arial,sans-serif;margin:4px 0">'
    "Maple Bridge Health, Albany, NY. $78,000 to $92,000 a year. Full time, days, hybrid. Posted today.</p></div>"
)
DIGEST_TEXT = "New openings for you\n\n{{ openings|safe }}You asked for this mail. Stop it: {{ stop }}\n{{ postal }}\n"
DIGEST_HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>'
    '<body style="margin:0;background:#fbf8f2"><div style="max-width:600px;margin:0 auto;background:#fff;padding:24px">'
    '<h1 style="font:600 28px Georgia,serif;color:#1b2a29">{{ title }}</h1>{{ openings|safe }}'
    '<p style="font:14px Arial,sans-serif;color:#4b5957">You asked for this mail. <a href="{{ stop }}">Stop it</a>.<br>'
    "{{ postal }}</p></div></body></html>"
)


def render(numbers, stop, *, reuse=True):
    """Text and HTML of one digest; with `reuse` each opening's part is rendered once for all digests."""
    from django.conf import settings
    from django.template import engines

    if not _frames:
        _frames.extend(engines["django"].from_string(form) for form in (DIGEST_TEXT, DIGEST_HTML))
    context = {"title": f"{len(numbers)} new openings for you", "stop": stop, "postal": settings.POSTAL_ADDRESS}
    parts = [opening_parts(number, reuse=reuse) for number in numbers]
    return tuple(
        frame.render({**context, "openings": "".join(part[kind] for part in parts)})
        for kind, frame in enumerate(_frames)
    )


_frames = []


class DigestHandler:
    """Renders a bench digest as a real handler would."""

    def still_wanted(self, delivery, items, *, now):
        return True

    def build(self, delivery, items, *, now):
        from django.core.mail import EmailMultiAlternatives

        from careerportal.outbox.headers import unsubscribe_url

        numbers = [int(item.object_id) for item in items]
        text, html = render(numbers, unsubscribe_url(delivery.recipient_id, delivery.stream))
        message = EmailMultiAlternatives(f"{len(numbers)} new openings for you", text)
        message.attach_alternative(html, "text/html")
        return message


def queue_digests(count, *, prefix):
    """Queue `count` digests of five openings to as many people."""
    from django.utils import timezone

    from careerportal.outbox import ledger
    from careerportal.outbox.models import Recipient

    now = timezone.now()
    for start in range(0, count, 1000):
        people = Recipient.objects.bulk_create(
            Recipient(address=f"{prefix}{n}@example.org") for n in range(start, min(start + 1000, count))
        )
        ledger.enqueue_many(
            [
                ledger.NewDelivery(
                    idem_key=f"{prefix}:{person.pk}",
                    recipient_id=person.pk,
                    stream="alerts",
                    kind=KIND,
                    items=[("opening", (person.pk + n * 7) % OPENINGS, {}) for n in range(OPENINGS_PER_DIGEST)],
                    ignore_quiet=True,
                )
                for person in people
            ],
            now=now,
        )


def start_sender():
    """A sender process; it ends by itself when nothing is left."""
    return subprocess.Popen([sys.executable, "-m", "bench.mailing"], stdout=subprocess.DEVNULL)


def register():
    """Let this process render bench digests."""
    from careerportal.outbox import streams

    streams.register(KIND, DigestHandler())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerportal.settings")
    import django

    django.setup()
    from django.core.management import call_command

    register()
    call_command("outbox", "drain", "--keep-sweeping")
