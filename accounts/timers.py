"""What happens to seekers by itself as days pass. Beat asks for the same more often; a repeat at one moment does nothing."""

from datetime import datetime

from accounts import news, planner
from careerportal.core.clock import timer


@timer("accounts.alerts")
def plan_alerts(now: datetime) -> int:
    """Queue the digests that are due at `now`; return how many."""
    return planner.plan(now=now).deliveries


@timer("accounts.news")
def plan_news(now: datetime) -> int:
    """Queue the monthly news that is due at `now`; return how many."""
    return news.plan(now=now).deliveries
