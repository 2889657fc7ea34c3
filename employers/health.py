"""Does search say what the tables say, and is everything that waits in the moderators' queue."""

from django.utils import timezone

from careerportal.core.doctor import check, ok, warn
from employers import queue, searchrow, team, waits


@check("search")
def search():
    stale = {listing_id for listing_id, _what in searchrow.differences()}
    if stale:
        return warn(
            f"{len(stale)} openings are found otherwise than they are.",
            "Run manage.py verify_search --fix. The worker mends this twice an hour: is it alive?",
        )
    return ok("It finds openings as they are.")


@check("moderation-queue")
def moderation_queue():
    """Everything that waits for a moderator is in the queue, and nothing waits longer than was promised."""
    if lost := queue.missing():
        return warn(
            f"{len(lost)} things wait for a moderator without being in the queue.",
            "Run manage.py tick. The worker does the same every hour: is it alive?",
        )
    now = timezone.now()
    late = sum(waits.is_overdue(case, now=now) for case in queue.waiting())
    if late:
        return warn(f"{late} cases wait longer than was promised.", "Ask the moderators to look at /moderation/.")
    return ok("Everything that waits is in the moderators' queue, and nothing is late.")


@check("orphaned-organizations")
def orphaned_organizations():
    """Every organization that can act here has an owner who can sign in."""
    if count := team.orphaned().count():
        return warn(
            f"{count} organizations have no owner left.",
            'In the admin: employers, standing "nobody owns it any more"; find a new owner or close each with its team.',
        )
    return ok("Every organization has an owner.")
