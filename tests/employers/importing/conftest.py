"""An employer with a setting and a site, and imports that run to their end without a worker."""

import pytest

from employers.importing import files, mapping, running
from employers.models import ImportRun, ImportSource
from tests.careers_factories import CareSettingFactory
from tests.clock import NOW
from tests.employers_factories import EmployerFactory, SiteFactory


@pytest.fixture(autouse=True)
def imports_dir(settings, tmp_path):
    """Files of imports go into a folder of the test."""
    settings.IMPORTS_DIR = tmp_path / "imports"
    return settings.IMPORTS_DIR


@pytest.fixture
def employer():
    return EmployerFactory(slug="hudson-care", care_setting=CareSettingFactory())


@pytest.fixture
def source(employer):
    """A source for files, with the employer's setting and a site for rows without a place."""
    site = SiteFactory(employer=employer, city="Albany", zip="12208", address1="9 New Street")
    return ImportSource.objects.create(employer=employer, name="jobs", care_setting=employer.care_setting, site=site)


def to_the_end(run, *, now=NOW):
    """Let a worker go on with an import until it waits or is over; return it as it is then."""
    while running.work(run.pk, now=now):
        pass
    run.refresh_from_db()
    return run


@pytest.fixture
def bring(source):
    """Send text as a file, take the guessed fields (with `fields` corrected), check, and import unless `check_only`."""

    def bring(
        text, *, now=NOW, check_only=False, is_complete=False, confirm=False, fields=None, before=None, site=True
    ):
        data = text if isinstance(text, bytes) else text.encode()
        run = running.start(source=source, by=None, now=now, file=files.keep([data]), file_name="jobs")
        run = to_the_end(run, now=now)
        if run.phase != ImportRun.Phase.FIELDS:
            return run
        names = [column["name"] for column in run.columns]
        source.refresh_from_db()
        found = {**mapping.guess(source.format, names), **(fields or {})}
        running.set_fields(
            run=run, fields=found, care_setting=source.employer.care_setting,
            site=source.employer.sites.get(address1="9 New Street") if site else None,
            employment="full-time", is_complete=is_complete, by=None, now=now,
        )  # fmt: skip
        run = to_the_end(run, now=now)
        if check_only:
            return run
        if before:
            before(run)
        running.go_ahead(run=run, by=None, now=now, is_closing_confirmed=confirm)
        return to_the_end(run, now=now)

    return bring
