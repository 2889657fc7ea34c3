"""Celery entrances of the employers' side."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from careerportal.outbox.tasks import wake
from employers import confirming, evidence, searchrow, timetable
from employers.importing import running
from employers.models import Evidence

log = logging.getLogger(__name__)


@shared_task(name="employers.mend_search_rows", ignore_result=True, acks_late=True)
def mend_search_rows(**_future):
    """Rewrite search rows that differ from the truth, as after an editor renames a title; openings know no announcements."""
    stale = {listing_id for listing_id, _what in searchrow.differences()}
    if stale:
        log.warning("search rows rewritten: %s", len(stale))
        searchrow.rewrite(sorted(stale))


@shared_task(name="employers.publish_scheduled", ignore_result=True, acks_late=True)
def publish_scheduled(**_future):
    """Publish the drafts of openings that were scheduled for now."""
    if timetable.publish_scheduled(timezone.now()):
        wake(confirming.STREAM)


@shared_task(name="employers.check_code", ignore_result=True, acks_late=True)
def check_code(evidence_id, **_future):
    """Look for a code on a website or in DNS: asked for by a person, done here because it asks the network."""
    found = Evidence.objects.filter(pk=evidence_id, verification__status="open").first()
    if found is not None:
        evidence.check_code(evidence=found, now=timezone.now())


def look_for_code(found):
    """Ask a worker to look for a code after this transaction. When Redis is away, the person presses again."""
    transaction.on_commit(lambda: _send(found.pk))


def _send(evidence_id):
    try:
        check_code.apply_async(args=[evidence_id], expires=300, retry=False, ignore_result=True)
    except OperationalError:
        log.warning("Redis is away; the code of evidence %s is not looked for", evidence_id)


@shared_task(name="employers.import_step", ignore_result=True, acks_late=True)
def import_step(run_id, **_future):
    """Go on with an import for a while, then queue the next while."""
    if running.work(run_id, now=timezone.now()):
        go_on_with_import(run_id)


@shared_task(name="employers.resume_imports", ignore_result=True, acks_late=True)
def resume_imports(**_future):
    """Take up imports that no worker has: Redis was away, or the worker died."""
    for run_id in running.waiting(now=timezone.now()):
        go_on_with_import(run_id)


@shared_task(name="employers.read_feeds", ignore_result=True, acks_late=True)
def read_feeds(**_future):
    """Begin to read the feeds that are due."""
    for run_id in running.start_daily(now=timezone.now()):
        go_on_with_import(run_id)


def go_on_with_import(run_id):
    """Ask a worker to go on with an import after this transaction. When Redis is away, beat asks again."""
    transaction.on_commit(lambda: _send_import(run_id))


def _send_import(run_id):
    try:
        import_step.apply_async(args=[run_id], retry=False, ignore_result=True)
    except OperationalError:
        log.warning("Redis is away; import %s waits", run_id)
