"""Imports of an employer in every state, and the addresses of their pages."""

from datetime import timedelta

from django.urls import reverse

from employers.importing.known import KNOWN
from employers.models import Employer, ImportRow, ImportRun, ImportSource

SAMPLES = ("RN Case Manager", "Care Coordinator", "Patient Navigator")
PHASES = ("reading", "fields", "importing", "checked", "done", "failed", "stopped")
NAMES = tuple(f"import {phase}" for phase in PHASES)


def make(now):
    """Make one import in each state at Harborview; return "import <state>" -> address."""
    employer = Employer.objects.get(slug="harborview")
    ImportSource.objects.create(
        employer=employer, name="jobs.harborview.example/feed.xml", url="https://jobs.harborview.example/feed.xml", is_daily=True,
        read_next_at=now, failing_since=now - timedelta(days=8), told_failing_at=now, format="indeed",
    )  # fmt: skip
    return {f"import {phase}": _made(employer, phase, now) for phase in PHASES}


def _made(employer, phase, now):
    names = list(KNOWN["csv"])[:12]
    source = ImportSource.objects.create(
        employer=employer, name=f"{phase}.csv", format="csv", mapping={name: name for name in names},
        care_setting=employer.care_setting,
    )  # fmt: skip
    run = ImportRun.objects.create(
        source=source, phase=phase, file="0" * 32, file_name=f"{phase}.csv", rows=2400, next_row=900, started_at=now,
        columns=[{"name": name, "samples": list(SAMPLES)} for name in names],
        failure="The file is not well-formed XML (line 3, column 7)." if phase == "failed" else "",
        counts={"created": 1, "refused": 1, "missing": 3, "waiting": 1} if phase in ("checked", "done", "stopped") else {},
        is_closing_held=phase in ("checked", "done"), lease_until=now + timedelta(days=3650),
    )  # fmt: skip
    listing = employer.listings.order_by("pk").first()
    ImportRow.objects.create(
        run=run, number=1, reference="A-1", headline=SAMPLES[0], outcome="created", listing=listing, status="draft",
        notes=["The organization is still waiting for approval."],
    )  # fmt: skip
    ImportRow.objects.create(
        run=run,
        number=2,
        reference="A-2",
        headline=SAMPLES[1],
        outcome="refused",
        notes=["The description is missing."],
    )
    step = "hiring_import_fields" if phase == "fields" else "hiring_import_run"
    return reverse(step, args=[employer.slug, run.pk])
