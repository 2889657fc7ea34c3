"""Pace: how fast mail may leave, in all and to each domain. Kept in PostgreSQL, so that all senders share it.

Each bucket is one row saying when its next message may leave (the generic cell rate algorithm: a token bucket without
a token count). Taking a slot moves that time on, also for messages that will wait for theirs.
"""

from django.conf import settings
from django.db import connection

DOMAIN_SHARE = 10  # one domain may have a tenth of the whole pace: 1/s of 10/s
BURST = 5  # messages that may leave at once after a rest
SLOW_S = 15 * 60  # how long a domain that said 421 or 451 4.7.x gets half

_RESERVE = """
INSERT INTO outbox_pace AS p (domain, next_at)
VALUES (%(domain)s, clock_timestamp() - make_interval(secs => %(step)s * (%(burst)s - 2)))
ON CONFLICT (domain) DO UPDATE SET next_at =
    GREATEST(p.next_at, clock_timestamp() - make_interval(secs => %(step)s * (%(burst)s - 1)))
    + make_interval(secs => %(step)s * CASE WHEN p.slow_until > now() THEN 2 ELSE 1 END)
RETURNING EXTRACT(epoch FROM p.next_at - clock_timestamp())
          - %(step)s * CASE WHEN p.slow_until > now() THEN 2 ELSE 1 END"""
_SLOW_DOWN = """
INSERT INTO outbox_pace AS p (domain, next_at, slow_until)
VALUES (%(domain)s, clock_timestamp(), clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (domain) DO UPDATE SET slow_until = EXCLUDED.slow_until"""


def wait_for_domain(domain):
    """Take the next slot of a domain; return in how many seconds it comes (0 for now)."""
    return _reserve(domain, settings.PACE_PER_S / DOMAIN_SHARE)


def wait_for_all():
    """Take the next slot of the whole portal; return in how many seconds it comes."""
    return _reserve("", settings.PACE_PER_S)


def slow_down(domain):
    """Halve a domain's pace for a quarter of an hour, because its server asked."""
    with connection.cursor() as cursor:
        cursor.execute(_SLOW_DOWN, {"domain": domain, "seconds": SLOW_S})


def _reserve(domain, per_s):
    if per_s <= 0:
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, {"domain": domain, "step": 1 / per_s, "burst": BURST})
        return max(0.0, float(cursor.fetchone()[0]))
