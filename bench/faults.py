"""Kill sending processes at random moments and count what was lost and what came twice: `make faults`.

FAULTS_N digests (2,000) are queued; two sender processes hand them to a sink, and FAULTS_KILLS times (20) one of them,
picked by the seed, is killed with -9 and replaced. The sink waits a few milliseconds between taking a message and
saying so: a kill in that gap is the one case in which nobody can know, and the only one that may send twice.
"""

import os
import random
import sys
import time
from collections import Counter

from bench.figures import SEED, Figures
from bench.mailing import OPENINGS_PER_DIGEST, queue_digests, stage, start_sender

SENDERS = 2
LEASE_S = 3
DELAY_MS = 4
PATIENCE_S = 300


def kill_at_random(sink, count, kills, chance):
    """Run senders until the ledger is done, killing one whenever the sink's count passes a random mark; return kills."""
    marks = sorted(chance.sample(range(1, int(count * 0.95)), kills))
    senders = [start_sender() for _ in range(SENDERS)]
    killed, until = 0, time.monotonic() + PATIENCE_S
    try:
        while time.monotonic() < until:
            if killed < kills and sink.count() >= marks[killed]:
                time.sleep(chance.random() * 0.02)
                place = chance.randrange(SENDERS)
                senders[place].kill()
                senders[place].wait()
                killed += 1
                senders[place] = start_sender()
            elif all(sender.poll() is not None for sender in senders):
                break
            time.sleep(0.001)
    finally:
        for sender in senders:
            sender.kill()
            sender.wait()
    return killed


def doubles_by_connection(taken):
    """How many messages each connection carried that later came again: a killed sender can have left one."""
    last = {}
    doubles = Counter()
    for one in taken:
        if one.message_id in last:
            doubles[last[one.message_id]] += 1
        last[one.message_id] = one.connection
    return doubles


def main():
    """Run once; exit status 1 on a miss."""
    count, kills = int(os.environ.get("FAULTS_N", "2000")), int(os.environ.get("FAULTS_KILLS", "20"))
    seed = int(os.environ.get("FAULTS_SEED", SEED))
    figures = Figures(seed=seed)
    with stage(delay_ms=DELAY_MS, lease_s=LEASE_S) as sink:
        from careerportal.outbox.models import Attempt, Delivery, Item

        queue_digests(count, prefix="faults")
        began = time.perf_counter()
        killed = kill_at_random(sink, count, kills, random.Random(seed))
        seconds = time.perf_counter() - began
        taken = sink.taken()
        ids = {one.message_id for one in taken}
        expected = dict(Delivery.objects.values_list("address", "message_id"))
        wrong = sum(expected.get(one.recipient) != one.message_id for one in taken)
        per_sender = doubles_by_connection(taken)
        sent = Delivery.objects.filter(state=Delivery.State.SENT).count()
        sent_tries = Attempt.objects.filter(outcome=Attempt.Outcome.SENT).count()
        items = Item.objects.count()
        lost_tries = Attempt.objects.filter(outcome=Attempt.Outcome.LOST).count()
    about = {
        "input": f"{count} digests, {SENDERS} senders, kill -9",
        "n": count,
        "state": "cold",
        "kills": killed,
        "lease_s": LEASE_S,
    }
    figures.at_most("F1 lost", len(expected) - len(ids), 0, **about, seconds=seconds)
    figures.at_most("F2 doubled", len(taken) - len(ids), killed, **about, tries_without_answer=lost_tries)
    figures.at_most("F3 doubled-by-one-sender", max(per_sender.values(), default=0), 1, **about)
    figures.at_most("F4 other-message-id", wrong, 0, **about)
    figures.at_most("F5 ledger-disagrees", abs(count - sent) + abs(count - sent_tries), 0, **about)
    figures.at_most("F6 items-missing", count * OPENINGS_PER_DIGEST - items, 0, **about)
    figures.at_least("F7 kills", killed, kills, **about)
    return figures.status


if __name__ == "__main__":
    sys.exit(main())
