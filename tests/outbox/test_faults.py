"""A short run of `make faults`: kill -9 loses nothing."""

import os
import subprocess
import sys

from django.conf import settings


def test_killed_senders_lose_nothing_and_double_at_most_one_each():
    run = subprocess.run(
        [sys.executable, "-m", "bench.faults"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"FAULTS_N": "200", "FAULTS_KILLS": "4"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "F1 lost value=0 bar=0 ok" in run.stdout
    assert "MISS" not in run.stdout
