"""Celery entrances of the employers' side."""

import logging

from celery import shared_task

from employers import searchrow

log = logging.getLogger(__name__)


@shared_task(name="employers.mend_search_rows", ignore_result=True, acks_late=True)
def mend_search_rows(**_future):
    """Rewrite search rows that differ from the truth, as after an editor renames a title; openings know no announcements."""
    stale = {listing_id for listing_id, _what in searchrow.differences()}
    if stale:
        log.warning("search rows rewritten: %s", len(stale))
        searchrow.rewrite(sorted(stale))
