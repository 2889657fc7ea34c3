"""See and steer the mail ledger."""

import json
import signal
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from careerportal.outbox import control, ledger, sender
from careerportal.outbox.streams import STREAMS

SWEEP_EVERY_S = 10


class Command(BaseCommand):
    """manage.py outbox status | pause | resume | release | drain | sweep | replay-journal"""

    help = "See and steer the mail ledger."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        self._action(actions, "status", "counts by stream and state, age of the oldest due, heartbeat, pauses")
        pause = self._action(actions, "pause", "send nothing of a stream, or nothing at all")
        pause.add_argument("stream", nargs="?", default="", choices=["", *STREAMS])
        pause.add_argument("--why", default="by hand")
        resume = self._action(actions, "resume", "send a paused stream again")
        resume.add_argument("stream", nargs="?", default="", choices=["", *STREAMS])
        self._action(actions, "release", "after a restored backup: replay the sent journal, then switch on")
        drain = self._action(actions, "drain", "send until nothing is due")
        drain.add_argument("--seconds", type=float, help="stop after about this long")
        drain.add_argument("--keep-sweeping", action="store_true", help="until nothing is left to send or to sweep")
        self._action(actions, "sweep", "take back what dead senders held, expire what is too late")
        replay = self._action(actions, "replay-journal", "mark as sent what the sent journal knows")
        replay.add_argument("--path", help="another journal than SENT_JOURNAL")

    def _action(self, actions, name, text):
        parser = actions.add_parser(name, help=text)
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        return parser

    def handle(self, *, action, **options):
        answer = getattr(self, action.replace("-", "_"))(**options)
        if options["json"]:
            self.stdout.write(json.dumps(answer, sort_keys=True))
        elif action == "status":
            self._print_status(answer)
        else:
            self.stdout.write(
                ", ".join(f"{name}: {value}" for name, value in sorted(answer.items())) or "nothing to do"
            )

    def status(self, **_options):
        return control.status(timezone.now())

    def pause(self, *, stream, why, **_options):
        control.pause(stream, why=why)
        return {"paused": stream or "all"}

    def resume(self, *, stream, **_options):
        if not control.resume(stream):
            raise CommandError(f"{stream or 'The whole outbox'} was not paused.")
        return {"resumed": stream or "all"}

    def release(self, **_options):
        return {"known_from_journal": control.release(), "resumed": "all"}

    def sweep(self, **_options):
        return ledger.sweep()

    def replay_journal(self, *, path, **_options):
        return {"known_from_journal": control.replay_journal(path)}

    def drain(self, *, seconds, keep_sweeping, **_options):
        """Send until nothing is due; with --keep-sweeping also wait for what other senders hold."""
        one = sender.Sender()
        signal.signal(signal.SIGTERM, one.stop)
        swept_at = None
        until = time.monotonic() + seconds if seconds else None
        while not one.stopping and (until is None or time.monotonic() < until):
            try:
                one.drain(seconds=seconds)
                if not keep_sweeping or not self._is_open():
                    break
                if swept_at is None or time.monotonic() - swept_at > SWEEP_EVERY_S / 10:
                    ledger.sweep()
                    swept_at = time.monotonic()
                time.sleep(0.2)
            except (OperationalError, InterfaceError):
                connection.close()
                time.sleep(0.5)
        return {name or "no longer ours": count for name, count in one.counts.items()}

    def _is_open(self):
        counts = control.status(timezone.now())
        return counts["due"] or counts["states"]["leased"] or counts["states"]["sending"]

    def _print_status(self, answer):
        for stream, counts in answer["streams"].items():
            self.stdout.write(f"{stream}: " + ", ".join(f"{count} {state}" for state, count in counts.items()))
        age = "" if answer["oldest_due_s"] is None else f", the oldest for {answer['oldest_due_s']} s"
        self.stdout.write(f"{answer['due']} due now{age}")
        for name, seconds in answer["heartbeat_s"].items():
            self.stdout.write(f"{name} last seen {seconds} s ago")
        for name, why in answer["paused"].items():
            self.stdout.write(self.style.WARNING(f"{name} paused: {why}"))
