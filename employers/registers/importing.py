"""Import one register file: each key once, in one transaction; a second run of the same file changes nothing."""

import time
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.text import slugify

from employers.models import Employer, RegisterEntry, RegisterRun, Site
from employers.models.employer import RESERVED_SLUGS
from employers.models.register import Source
from employers.registers import formats, kinds
from employers.registers.deriving import claimed_ids, derive
from employers.registers.facts import CLOSED, RowRefused, facts
from employers.registers.merging import merge_across
from employers.registers.normal import readable, street_key, words_shared
from employers.registers.points import Points
from employers.registers.report import Report
from employers.registers.writing import write

_LOCK = 7_046_002  # one import of registers at a time; careerportal.places.loading holds the number before it
BATCH = 1000
MANY = 500
_COPIED = (
    "name", "operator", "ownership", "address1", "address2", "city", "state", "zip", "county", "phone", "agency_code",
    "agency_phone", "website", "populations", "services", "beds", "lat", "lng",
)  # fmt: skip
_KEYS = ("operator_key", "name_key", "street_key", "phone_key")
_WRITTEN = [*_COPIED, *_KEYS, "employer", "site", "kind", "register_date", "checksum", "closed_at", "updated_at"]


class ImportBusy(formats.FileUnusable):
    """Another import of registers is running."""


def import_file(
    path: Path, *, now: datetime, complete=False, dry_run=False, dated: date | None = None, register="", mapping=None,
    expected="", progress=lambda done, total: None,
) -> Report:  # fmt: skip
    """Import the register file at `path` and return the Report.

    `complete` closes keys of the file's register and states that the file no longer holds. `dated` is the register's
    date, else that of the edition we know. `register` and `mapping` describe an unknown header; `expected` is the only
    register that will do. Raises formats.FileUnusable (or its MappingNeeded, ImportBusy); then nothing was changed.
    """
    started = time.monotonic()
    form, rows = formats.read(path, register=register, mapping=mapping)
    if expected not in ("", form.source):
        raise formats.FileUnusable(f"This is the register {form.source}, not {expected}.")
    report = Report(
        source=str(form.source), format=form.name, file=str(path), complete=complete, dry_run=dry_run, rows=len(rows),
        register_date=dated or formats.EDITIONS[form.source],
    )  # fmt: skip
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                raise ImportBusy("Another import of a register is running. Try again when it has ended.")
        _Import(report, now, progress).run(rows)
        report.seconds = round(time.monotonic() - started, 2)
        if dry_run:
            transaction.set_rollback(True)
        else:
            RegisterRun.objects.filter(pk=report.run_id).update(report=report.for_database())
    return report


class _Import:
    def __init__(self, report, now, progress):
        self.report, self.now, self.progress = report, now, progress
        self.source = report.source
        self.touched_employers = set()
        self.points = Points()

    def run(self, rows):
        taken, gone = self._read(rows)
        if not taken and not gone and self.report.complete:
            raise formats.FileUnusable("No row of the file can be used, so --complete would close everything.")
        self.known = {entry.source_id: entry for entry in RegisterEntry.objects.filter(source=self.source)}
        self.run_row = self._run_row()
        self.kinds = kinds.load(self.source, {given.kind for _line, given in taken.values()})
        self._note_unknown_kinds(taken)
        new, changed = self._sort(taken)
        self._place(new, changed)
        self._close(gone, {*taken, *gone, *(key for _line, key, _reason in self.report.refusals)})
        if self.source != Source.OMH_AGENCIES:  # it only sums up programs of another register
            touched = [entry.pk for entry in (*new, *changed)]
            self.report.merged, self.report.doubtful, employers = merge_across(
                touched, source=self.source, now=self.now, run=self.run_row
            )
            self.touched_employers |= employers
        if len(new) + len(changed) > MANY:
            with connection.cursor() as cursor:  # pages are asked at once; without figures they are planned for no rows
                cursor.execute("ANALYZE employers_registerentry, employers_site, employers_employer")
        derive(self.touched_employers, now=self.now, points=self.points)
        self._finish([entry.pk for key, entry in self.known.items() if key in taken])

    def _read(self, rows):
        """Facts by key of the usable rows, with their lines; and lines of keys that the register itself calls closed."""
        taken, gone, disagreeing = {}, {}, set()
        for number, row in enumerate(rows, 1):
            if number % 500 == 0 or number == len(rows):
                self.progress(number, len(rows))
            if isinstance(row, formats.BadRow):
                self.report.refuse(row.line, "", row.reason)
                continue
            key = row.values["key"]
            try:
                given, notes = facts(row.values)
            except RowRefused as refusal:
                self.report.refuse(row.line, key[:40], str(refusal))
                continue
            for note in notes:
                self.report.note(row.line, key, note)
            if row.values.get("status", "").upper() == CLOSED:
                gone[key] = row.line
                self.report.note(row.line, key, "closed, as the register says")
            elif key in taken:
                self.report.repeated += 1
                line, first = taken[key]
                if differing := first.differences(given):
                    disagreeing.add(key)
                    kept, other = sorted((first, given), key=_likelier)
                    taken[key] = line, kept
                    said = "; ".join(
                        f"{name}: kept {getattr(kept, name)!r}, not {getattr(other, name)!r}" for name in differing
                    )
                    self.report.note(row.line, key, f"repeats line {line} and disagrees: {said}")
            else:
                taken[key] = row.line, given
        self.report.disagreeing = len(disagreeing)
        self.report.closed_at_source = len(gone)
        self.report.states = sorted({given.state for _line, given in taken.values()})
        return taken, gone

    def _run_row(self):
        run = RegisterRun.objects.create(
            source=self.source, file_name=Path(self.report.file).name[:200], register_date=self.report.register_date,
            complete=self.report.complete, states=self.report.states, started_at=self.now, ended_at=self.now,
            rows=self.report.rows,
        )  # fmt: skip
        self.report.run_id = run.pk
        return run

    def _note_unknown_kinds(self, taken):
        table = kinds.table()
        for name in sorted({given.kind for _line, given in taken.values() if (self.source, given.kind) not in table}):
            line, first = next(each for each in taken.values() if each[1].kind == name)
            self.report.note(line, first.source_id, f"kind {name!r} is not in our table: setting and work unknown")

    def _sort(self, taken):
        """Entries to create and to change, with their facts in `self.facts`; the others are unchanged."""
        new, changed, self.facts, self.lines = [], [], {}, {}
        agencies = self._agencies() if self.source == Source.OMH_AGENCIES else None
        for key, (line, given) in taken.items():
            entry = self.known.get(key)
            if entry and entry.checksum == given.checksum and entry.closed_at is None:
                self.report.unchanged += 1
                continue
            if agencies is not None and key not in agencies:
                self.report.refuse(
                    line, key, "no program of this agency is known; import the mental health programs first"
                )
                continue
            self.facts[key], self.lines[key] = given, line
            if entry is None:
                entry = RegisterEntry(source=self.source, source_id=key)
                new.append(entry)
            else:
                changed.append(entry)
        self.agencies = agencies or {}
        self.report.created, self.report.updated = len(new), len(changed)
        return new, changed

    def _agencies(self):
        """Employer by agency code, of the programs whose register this file sums up."""
        programs = RegisterEntry.objects.filter(source=Source.OMH).exclude(agency_code="").order_by("-employer_id")
        return dict(programs.values_list("agency_code", "employer_id"))

    def _place(self, new, changed):
        """Give each entry its employer, its site and its facts, and write it all."""
        claimed = claimed_ids({entry.employer_id for entry in changed})
        self.touched_employers |= {entry.employer_id for entry in changed}
        operators = self._operators()
        moving = [*new]
        for entry in changed:
            given = self.facts[entry.source_id].keys["operator_key"]
            if entry.source_id in self.agencies or (given != entry.operator_key and entry.employer_id not in claimed):
                moving.append(entry)
            elif given != entry.operator_key:
                self._note(entry, "another operator, but people speak for this employer: left with it")
        self._to_employers(moving, operators)
        self._to_sites(new, changed, claimed)
        for entry in (*new, *changed):
            self._fill(entry)
        RegisterEntry.objects.bulk_create(new, batch_size=BATCH)
        write(changed, _WRITTEN)
        self.known |= {entry.source_id: entry for entry in new}
        self.touched_employers |= {entry.employer_id for entry in (*new, *changed)}

    def _note(self, entry, reason):
        self.report.note(self.lines[entry.source_id], entry.source_id, reason)

    def _operators(self):
        """Employer by (state, operator key), the one with most entries where merges and undoing left several."""
        counted = defaultdict(Counter)
        for entry in self.known.values():
            counted[entry.state, entry.operator_key][entry.employer_id] += 1
        return {key: min(found, key=lambda pk: (-found[pk], pk)) for key, found in counted.items()}

    def _to_employers(self, entries, operators):
        """Point entries to the employer of their operator; make those that are not there yet."""
        wanted = {}
        for entry in entries:
            if entry.source_id in self.agencies:
                entry.employer_id = self.agencies[entry.source_id]
                continue
            given = self.facts[entry.source_id]
            key = given.state, given.keys["operator_key"]
            if key in operators:
                entry.employer_id = operators[key]
            else:
                wanted.setdefault(key, []).append(entry)
        slugs = _Slugs() if wanted else None
        made = [self._employer(self.facts[each[0].source_id], slugs) for each in wanted.values()]
        Employer.objects.bulk_create(made, batch_size=BATCH)
        for employer, members in zip(made, wanted.values(), strict=True):
            for entry in members:
                entry.employer_id = employer.pk
        self.report.employers = len(made)

    @staticmethod
    def _employer(given, slugs):
        name = readable(given.operator or given.name)[:160]
        return Employer(name=name, slug=slugs.take(name), listed_from=Employer.ListedFrom.REGISTER)

    def _to_sites(self, new, changed, claimed):
        """Point entries with an address to the site of their employer at that street and ZIP; make missing ones."""
        owners = dict(Site.objects.filter(register_entries__in=changed).values_list("pk", "employer"))
        entries = [*new, *(entry for entry in changed if self._needs_site(entry, claimed, owners))]
        employers = {entry.employer_id for entry in entries}
        sites = {
            _place_key(site.employer_id, site.address1, site.zip): site
            for site in Site.objects.filter(employer__in=employers).order_by("-closed_at", "-pk")
        }
        self.points.learn(self.facts[entry.source_id].zip for entry in (*new, *changed))
        made = []
        for entry in entries:
            given = self.facts[entry.source_id]
            if not given.has_address:
                entry.site = None
                continue
            key = _place_key(entry.employer_id, given.address1, given.zip)
            spot = self.points.spot(given)
            for note in spot.notes:
                self._note(entry, note)
            if key not in sites:
                sites[key] = _site(entry.employer_id, given, spot)
                made.append(sites[key])
            entry.site = sites[key]
        Site.objects.bulk_create(made, batch_size=BATCH)
        for entry in entries:
            entry.site_id = entry.site.pk if entry.site else None
        self.report.sites = len(made)

    def _needs_site(self, entry, claimed, owners):
        """False if it stays where it is: nothing about its place changed, or people look after the place."""
        given = self.facts[entry.source_id]
        same = _place_key(0, entry.address1, entry.zip) == _place_key(0, given.address1, given.zip)
        if entry.site_id and same:
            return owners[entry.site_id] != entry.employer_id
        if entry.site_id and entry.employer_id in claimed:
            self._note(entry, "another address, but people speak for this employer: its site was left as it is")
            return False
        return True

    def _fill(self, entry):
        given = self.facts[entry.source_id]
        for name in _COPIED:
            setattr(entry, name, getattr(given, name))
        for name, value in given.keys.items():
            setattr(entry, name, value)
        entry.kind = self.kinds[given.kind]
        entry.register_date, entry.checksum, entry.closed_at = self.report.register_date, given.checksum, None
        entry.updated_at = self.now

    def _close(self, gone, seen):
        """Close what the register calls closed, and with `complete` what its states no longer hold."""
        closing = [entry for key, entry in self.known.items() if key in gone and entry.closed_at is None]
        if self.report.complete and any(not key for _line, key, _reason in self.report.refusals):
            self.report.note(
                0, "", "nothing was closed for being gone: some rows cannot be read, so theirs might be it"
            )
        elif self.report.complete:
            states = set(self.report.states)
            closing += [
                entry
                for key, entry in self.known.items()
                if key not in seen and entry.state in states and entry.closed_at is None
            ]
        for entry in closing:
            entry.closed_at = entry.updated_at = self.now
        write(closing, ["closed_at", "updated_at"])
        self.touched_employers |= {entry.employer_id for entry in closing}
        self.report.closed = len(closing)

    def _finish(self, seen):
        RegisterEntry.objects.filter(pk__in=seen).update(
            last_seen_run=self.run_row, register_date=self.report.register_date
        )
        counts = ("created", "updated", "closed", "unchanged", "merged", "refused")
        RegisterRun.objects.filter(pk=self.run_row.pk).update(**{name: getattr(self.report, name) for name in counts})


def _likelier(given):
    """Of rows that disagree the one whose operator shares most words with the name; then any, but always the same."""
    return -words_shared(given.name, given.operator), repr(given)


class _Slugs:
    """Free address words, one after the other."""

    def __init__(self):
        self._taken = {*RESERVED_SLUGS, *Employer.objects.values_list("slug", flat=True)}
        self._last = Counter()

    def take(self, name):
        base = slugify(name)[:70].strip("-") or "employer"
        slug = base
        while slug in self._taken:
            self._last[base] += 1
            slug = f"{base}-{self._last[base] + 1}"
        self._taken.add(slug)
        return slug


def _place_key(employer, address, zip_code):
    return employer, street_key(address, zip_code) or f"{address.casefold()}|{zip_code}"


def _site(employer, given, spot):
    return Site(
        employer_id=employer, name=readable(given.name)[:160], address1=given.address1, city=readable(given.city),
        state=given.state, zip=given.zip, county=spot.county, lat=spot.lat, lng=spot.lng, exactness=spot.exactness,
    )  # fmt: skip
