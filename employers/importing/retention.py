"""Files of openings do not stay: KEPT_DAYS after they came they are deleted, and what was noted of their rows with them."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from careerportal.core.clock import timer
from employers.importing import files
from employers.models import ImportRow, ImportRun

KEPT_DAYS = 30


@timer("employers.imports")
def forget_old(now: datetime) -> int:
    """Delete files and rows of imports that are KEPT_DAYS old, and files that belong to none; return how many files."""
    before = now - timedelta(days=KEPT_DAYS)
    old = ImportRun.objects.filter(created_at__lt=before, removed_at=None).exclude(phase__in=ImportRun.AT_WORK)
    removed = 0
    for run in old.order_by("pk"):
        if run.file:
            files.forget(run.file)
            removed += 1
        ImportRow.objects.filter(run=run).delete()
        run.file, run.columns, run.removed_at = "", [], now
        run.save(update_fields=["file", "columns", "removed_at", "updated_at"])
    return removed + _forget_strays()


def _forget_strays():
    """Delete files older than a day that no import names: their source is gone, or the page was left in the middle."""
    folder = Path(settings.IMPORTS_DIR)
    if not folder.is_dir():
        return 0
    known = set(ImportRun.objects.exclude(file="").values_list("file", flat=True))
    strays = {
        path.name.partition(".")[0]
        for path in folder.iterdir()
        if path.name.partition(".")[0] not in known and time.time() - path.stat().st_mtime > 86_400
    }
    for name in strays:
        try:
            files.forget(name)
        except FileNotFoundError:
            continue
    return len(strays)
