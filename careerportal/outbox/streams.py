"""The streams mail travels in, and who renders what: a registry filled by the apps above.

A handler renders at sending time, so it sees the world as it is then:

    class DigestHandler:
        def still_wanted(self, delivery, items, *, now): ...   # bool; False cancels and releases the items
        def build(self, delivery, items, *, now): ...          # unsent EmailMultiAlternatives, or None: nothing left

    streams.register("alert_digest", DigestHandler())

`items` are the Item rows of the delivery. Headers are not the handler's business: headers.finish_message sets them all.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

QUIET_FROM, QUIET_UNTIL = time(21), time(8)  # local time of the recipient
CODE_LIFETIME = timedelta(minutes=15)
RAW = "raw"  # kind of a delivery that was rendered before it was queued


@dataclass(frozen=True)
class Stream:
    """One kind of traffic with a reputation, a sender and a way out of its own."""

    name: str
    local_part: str  # of the From address
    list_name: str  # words of List-Id; empty: no list headers, and nobody can stop it
    commercial: bool  # a complaint ends it
    quiet: bool  # not between QUIET_FROM and QUIET_UNTIL
    bulk: bool  # says Precedence: bulk
    keeps_for: timedelta  # how long after it is due it is still worth sending
    cap: int | None = None  # messages one person may get ...
    cap_days: int | None = None  # ... in this many days (counted by whoever plans)

    @property
    def has_list_headers(self):
        return bool(self.list_name)

    @property
    def list_id(self):
        """List-Id, constant per stream (RFC 2919)."""
        return f"{self.list_name} <{self.local_part}.{settings.MAIL_DOMAIN}>"

    @property
    def address(self):
        return f"{self.local_part}@{settings.MAIL_DOMAIN}"


STREAMS = {
    stream.name: stream
    for stream in (
        Stream("account", "account", "", False, False, False, timedelta(hours=24)),
        Stream("alerts", "alerts", "Job alerts", True, True, True, timedelta(hours=6), cap=1, cap_days=1),
        Stream("opportunities", "opportunities", "Opportunities", True, True, True, timedelta(1), cap=3, cap_days=7),
        Stream("news", "news", "Career news", True, True, True, timedelta(days=3), cap=1, cap_days=28),
        Stream("employer", "employers", "News about your openings", False, False, False, timedelta(hours=24)),
        Stream("staff", "staff", "News for staff", False, False, False, timedelta(hours=24)),
    )
}  # fmt: skip


class UnknownHandler(LookupError):
    """Nobody registered to render this kind of delivery."""


class NothingLeft(Exception):
    """A handler found nothing to say. Items with keys in `keep` stay recorded (dead openings), the rest are freed."""

    def __init__(self, why="nothing left to tell", *, keep=()):
        super().__init__(why)
        self.keep = list(keep)


_handlers = {}


def register(kind, handler):
    """Let `handler` render deliveries of `kind` (a template key such as alert_digest). The last one wins."""
    _handlers[kind] = handler


def handler_for(kind):
    """The handler of a kind. Raises UnknownHandler."""
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownHandler(f"no handler for kind {kind!r}") from None


def quiet_until(stream_name, zone, now):
    """When the quiet hours around `now` end for someone in `zone` (aware datetime); None when it is not quiet."""
    if not STREAMS[stream_name].quiet:
        return None
    local = now.astimezone(ZoneInfo(zone))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, tzinfo=ZoneInfo(zone))
