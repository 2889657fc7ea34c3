"""Employers that a register lists, for tests of the directory."""

from datetime import date
from itertools import count

from employers.models import RegisterEntry, RegisterKind
from tests.employers_factories import EmployerFactory, SiteFactory

KEYS = count(1)
CLINIC = {"kind": "Diagnostic and Treatment Center", "setting": "primary-care", "employs": "likely"}
HOSPITAL = {"kind": "Hospital", "setting": "hospital", "employs": "yes"}
DAY_CARE = {"kind": "Adult Day Health Care Program", "setting": "nursing-facility", "employs": "unknown"}


def listed(*, source="nysdoh", kind="Hospital", setting="hospital", employs="yes", places=({},), **facts):
    """An unclaimed employer with one site and register entry for each of `places` (fields of Site)."""
    facts = {"unapproved": True, "listed_from": "register", "employs": employs} | facts
    employer = EmployerFactory(**facts)
    for place in places:
        entry_for(
            employer,
            SiteFactory(employer=employer, **place),
            source=source,
            kind=kind,
            setting=setting,
            employs=employs,
        )
    return employer


def entry_for(employer, site, *, source="nysdoh", kind="Hospital", setting="hospital", employs="yes", **facts):
    """One register entry of an employer at `site`, or at no site."""
    known, _is_new = RegisterKind.objects.get_or_create(
        source=source, name=kind, defaults={"setting_slug": setting, "employs": employs}
    )
    key = f"K{next(KEYS)}"
    facts = {"name": employer.name, "state": "NY", "operator_key": key, "checksum": key} | facts
    return RegisterEntry.objects.create(
        source=source, source_id=key, employer=employer, site=site, kind=known,
        register_date=facts.pop("register_date", date(2026, 4, 19)), **facts,
    )  # fmt: skip
