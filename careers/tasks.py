"""Celery entrances of the work pages' content."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from careers import drafts, sourcelinks, uses


@shared_task(name="careers.publish_due", ignore_result=True)
def publish_due(**_future):
    """Publish the drafts that were scheduled for now."""
    drafts.publish_due(now=timezone.now())


@shared_task(name="careers.check_source_links", ignore_result=True)
def check_source_links(**_future):
    """Ask the sources whose turn it is whether they are still there, where the portal may ask other sites at all."""
    if settings.CHECK_SOURCE_LINKS:
        sourcelinks.check_due(now=timezone.now())


@shared_task(name="careers.trace_pages", ignore_result=True)
def trace_pages(**_future):
    """Note which content stands on which page, when content changed since the last time."""
    uses.trace_all()
