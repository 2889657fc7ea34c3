"""What happens to seekers by itself as days pass. Beat asks for the same more often; a repeat at one moment does nothing."""

from datetime import datetime

from accounts import datacopy, eraselog, news, planner, saved
from careerportal.core.clock import timer


@timer("accounts.alerts")
def plan_alerts(now: datetime) -> int:
    """Queue the digests that are due at `now`; return how many."""
    return planner.plan(now=now).deliveries


@timer("accounts.news")
def plan_news(now: datetime) -> int:
    """Queue the monthly news that is due at `now`; return how many."""
    return news.plan(now=now).deliveries


@timer("accounts.device_saves")
def forget_devices(now: datetime) -> int:
    """Delete what was saved before signing in and not taken over; return how many things."""
    return saved.forget_devices(now=now)


@timer("accounts.copies")
def clear_copies(now: datetime) -> int:
    """Throw away copies of data that are over; return how many."""
    return datacopy.clear(now)


@timer("accounts.erase_log")
def write_erase_log(now: datetime) -> int:
    """Put into the file of the erase log what a crash kept from it; return how many lines."""
    return eraselog.catch_up()
