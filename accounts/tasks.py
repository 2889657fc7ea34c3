"""Celery entrances of the seekers' side."""

from celery import shared_task
from django.utils import timezone

from accounts import allwell, datacopy, news, planner
from careerportal.core import doctor
from careerportal.outbox.tasks import wake


@shared_task(name="accounts.plan_due_alerts", ignore_result=True, acks_late=True)
def plan_due_alerts(**_future):
    """Queue the digests that are due, then wake a sender."""
    if planner.plan(now=timezone.now()).deliveries:
        wake("alerts")


@shared_task(name="accounts.weekly_report", ignore_result=True, acks_late=True)
def weekly_report(**_future):
    """Mail staff what the doctor finds."""
    if allwell.send(doctor.examine(), now=timezone.now()):
        wake(allwell.STREAM)


@shared_task(name="accounts.plan_news", ignore_result=True, acks_late=True)
def plan_news(**_future):
    """Queue the monthly news that is due, then wake a sender."""
    if news.plan(now=timezone.now()).deliveries:
        wake(news.STREAM)


@shared_task(name="accounts.make_copy", ignore_result=True, acks_late=True)
def make_copy(export_id, **_future):
    """Pack the copy of data that somebody asked for."""
    datacopy.build(export_id=export_id, now=timezone.now())


@shared_task(name="accounts.make_copies", ignore_result=True, acks_late=True)
def make_copies(**_future):
    """Pack copies whose message got lost."""
    for export_id in datacopy.waiting():
        datacopy.build(export_id=export_id, now=timezone.now())
