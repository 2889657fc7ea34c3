"""What a worker knows when it starts, in a process of its own: here the tests have imported everything already."""

import os
import subprocess
import sys

from django.conf import settings

TASKS = """
from careerportal.celery import app
app.loader.import_default_modules()
print("\\n".join(app.tasks))
"""


def test_a_worker_knows_every_task_of_the_timetable():
    known = subprocess.run([sys.executable, "-c", TASKS], env=os.environ, capture_output=True, text=True, check=True)

    timetable = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert timetable - set(known.stdout.split()) == set()
