"""Celery entrances of the floor."""

from celery import shared_task
from django.utils import timezone

from careerportal.core import clock, deadman


@shared_task(name="core.report_alive", ignore_result=True)
def report_alive(**_future):
    """Ping the dead-man address, if there is one and all is well."""
    deadman.report()


@shared_task(name="core.tick", ignore_result=True, acks_late=True)
def tick(**_future):
    """Run every timer of the portal; `manage.py tick` does the same."""
    clock.tick(timezone.now())
