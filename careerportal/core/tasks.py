"""Celery entrances of the floor."""

from celery import shared_task

from careerportal.core import deadman


@shared_task(name="core.report_alive", ignore_result=True)
def report_alive(**_future):
    """Ping the dead-man address, if there is one and all is well."""
    deadman.report()
