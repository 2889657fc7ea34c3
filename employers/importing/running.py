"""Imports of the workspace, step by step: fetch and read, look at the fields, check, import. A worker calls `work`.

Each step is done in pieces of at most CHUNK rows, each in a transaction of its own that also notes what happened to the
rows, so that a worker that dies loses nothing: the next one goes on at the next row.
"""

import time
from collections import Counter
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from careerportal.core import audit, safefetch
from employers import searchrow
from employers.importing import files, formats, mapping, run, spool
from employers.importing.content import Defaults
from employers.importing.formats.flat import FeedUnreadable
from employers.importing.saving import Importer, Outcome
from employers.models import ImportRow, ImportRun, ImportSource, Listing

Phase = ImportRun.Phase
CHUNK = 200
CHUNK_S = 3  # a member who edits meanwhile waits this long at most
STEP_S = 20  # then the worker is free for other work
LEASE = timedelta(seconds=90)
READING_LEASE = timedelta(seconds=330)  # beyond Celery's time limit: two workers never write one file
FETCH_S = 60
TELL_AFTER = timedelta(days=7)
DAY = timedelta(hours=23)  # so that the hour of reading does not wander through the day


class ImportRefused(Exception):
    """This step of an import cannot be taken now; str(error) is fit to show."""


# --- What people do ------------------------------------------------------------------------------------------------


@transaction.atomic
def start(*, source: ImportSource, by, now: datetime, file="", file_name="", is_automatic=False) -> ImportRun:
    """Begin to read a source: the kept `file`, or what its address gives. Raises ImportRefused while it is being read."""
    try:
        with transaction.atomic():
            made = ImportRun.objects.create(
                source=source, by=by, file=file, file_name=file_name[:160], is_automatic=is_automatic, started_at=now
            )
    except IntegrityError as error:
        raise ImportRefused(_("This source is being read right now. Wait until it is done, or stop it.")) from error
    audit.record("import.started", about=made, actor=by, employer=source.employer_id, now=now, source=source.pk)
    return made


@transaction.atomic
def set_fields(*, run: ImportRun, fields: dict, care_setting, site, employment, is_complete, by, now) -> ImportRun:
    """Keep how the file is to be read and begin to check it. Raises ImportRefused when it was read or begun meanwhile."""
    found = _locked(run)
    if found.phase not in (Phase.FIELDS, Phase.CHECKED):
        raise ImportRefused(_("This import went on meanwhile. Look at where it stands."))
    source = found.source
    source.mapping = mapping.checked(fields, [column["name"] for column in found.columns])
    source.care_setting, source.site, source.employment = care_setting, site, employment
    source.is_complete = is_complete
    source.save()
    _begin(found, Phase.CHECKING)
    return found


@transaction.atomic
def go_ahead(*, run: ImportRun, by, now: datetime, is_closing_confirmed=False) -> ImportRun:
    """Import what was checked. Raises ImportRefused unless it waits for that, or its file is gone."""
    found = _locked(run)
    if found.phase not in (Phase.CHECKED, Phase.STOPPED):
        raise ImportRefused(_("This import is not waiting for your go-ahead."))
    if not found.file or not files.path_of(found.file, ".rows").exists():
        raise ImportRefused(_("The file is not here any more. Send it again."))
    found.is_closing_confirmed = is_closing_confirmed
    _begin(found, Phase.IMPORTING)
    audit.record("import.begun", about=found, actor=by, employer=found.source.employer_id, now=now)
    return found


@transaction.atomic
def stop(*, run: ImportRun, by, now: datetime) -> ImportRun:
    """Stop what is at work; what came in stays. A repeat changes nothing."""
    found = _locked(run)
    if found.is_at_work:
        _end(found, Phase.STOPPED, now=now)
        audit.record("import.stopped", about=found, actor=by, employer=found.source.employer_id, now=now)
    return found


@transaction.atomic
def close_missing(*, run: ImportRun, by, now: datetime) -> ImportRun:
    """Close what a shortened file left out, after a person said so. Raises ImportRefused when nothing waits for that."""
    found = _locked(run)
    if found.phase != Phase.DONE or not found.is_closing_held:
        raise ImportRefused(_("Nothing waits to be closed."))
    found.is_closing_held, found.is_closing_confirmed = False, True
    found.phase, found.ended_at, found.lease_until = Phase.IMPORTING, None, None
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as error:
        raise ImportRefused(_("This source is being read right now. Wait until it is done, or stop it.")) from error
    audit.record("import.closing_confirmed", about=found, actor=by, employer=found.source.employer_id, now=now)
    return found


@transaction.atomic
def set_daily(*, source: ImportSource, is_daily: bool, by, now: datetime) -> ImportSource:
    """Read a feed by itself every day, or no more. Raises ImportRefused for a source without an address."""
    found = ImportSource.objects.select_for_update().get(pk=source.pk)
    if is_daily and not found.url:
        raise ImportRefused(_("Only a feed address can be read every day."))
    if found.is_daily == is_daily:
        return found
    found.is_daily, found.read_next_at = is_daily, now + DAY if is_daily else None
    found.failing_since = found.told_failing_at = None
    found.save(update_fields=["is_daily", "read_next_at", "failing_since", "told_failing_at", "updated_at"])
    verb = "import.daily" if is_daily else "import.not_daily"
    audit.record(verb, about=found, actor=by, employer=found.employer_id, now=now)
    return found


# --- What a worker does --------------------------------------------------------------------------------------------


def work(run_id: int, *, now: datetime, seconds=STEP_S) -> bool:
    """Go on with an import for about `seconds`; return whether there is more to do. Another worker's import is left alone."""
    lease = _lease(run_id, now=now)
    if lease is None:
        return False
    found = ImportRun.objects.select_related("source__employer", "source__care_setting", "source__site", "by").get(
        pk=run_id
    )
    try:
        if found.phase == Phase.READING:
            _read(found, now=now)
            return ImportRun.objects.filter(pk=run_id, phase__in=ImportRun.AT_WORK).exists()
        return _rows(found, lease=lease, now=now, until=time.monotonic() + seconds)
    except (files.FileRefused, FeedUnreadable, safefetch.FetchRefused) as refusal:
        fail(found, str(refusal), now=now)
        return False
    except FileNotFoundError:
        fail(found, _("The file is not here any more. Send it again."), now=now)
        return False
    except OperationalError:  # the database went away for a moment: the next worker goes on
        raise
    except Exception:
        fail(found, _("Something went wrong on our side. We have been told; nothing else was changed."), now=now)
        raise


def waiting(*, now: datetime):
    """Ids of imports that are at work by name, but that no worker has: fresh ones, and those whose worker died."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    return list(ImportRun.objects.filter(free, phase__in=ImportRun.AT_WORK).order_by("pk").values_list("pk", flat=True))


def start_daily(*, now: datetime) -> list[int]:
    """Begin to read every feed that is due; return the ids of the imports. A feed that is being read already waits."""
    begun = []
    due = ImportSource.objects.filter(is_daily=True, read_next_at__lte=now, employer__suspended_at=None)
    for source in due.order_by("read_next_at", "pk")[:200]:
        moved = ImportSource.objects.filter(pk=source.pk, is_daily=True, read_next_at=source.read_next_at)
        if not moved.update(read_next_at=now + DAY):
            continue
        try:
            begun.append(start(source=source, by=None, now=now, is_automatic=True).pk)
        except ImportRefused:
            continue
    return begun


@transaction.atomic
def fail(run, words, *, now):
    """End an import that cannot go on, and count the failure of its feed."""
    found = _locked(run)
    if not found.is_at_work:
        return
    found.failure = words[:300]
    _end(found, Phase.FAILED, now=now)
    source = ImportSource.objects.select_for_update().get(pk=found.source_id)
    if not source.is_daily:
        return
    source.failing_since = source.failing_since or now
    if now - source.failing_since >= TELL_AFTER and source.told_failing_at is None:
        source.told_failing_at = now
        audit.record("import.failing", about=source, employer=source.employer_id, now=now)
    source.save(update_fields=["failing_since", "told_failing_at", "updated_at"])


def _locked(run):
    return ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run.pk)


def _begin(found, phase):
    """Start a step over all rows anew."""
    found.results.all().delete()
    found.phase, found.next_row, found.offset, found.counts = phase, 1, 0, {}
    found.lease_until = found.ended_at = None
    found.is_closing_held = False
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as error:
        raise ImportRefused(_("This source is being read right now. Wait until it is done, or stop it.")) from error


def _end(found, phase, *, now):
    found.phase, found.ended_at, found.lease_until = phase, now, None
    found.save()


def _lease(run_id, *, now):
    """Take an import for this worker; return until when, or None when another has it or it is not at work."""
    free = ImportRun.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), pk=run_id)
    if free.filter(phase=Phase.READING).update(lease_until=now + READING_LEASE):
        return now + READING_LEASE
    if free.filter(phase__in=ImportRun.AT_WORK).update(lease_until=now + LEASE):
        return now + LEASE
    return None


def _read(found, *, now):
    """Fetch what has an address, and write the rows beside the file."""
    source = found.source
    if not found.file:
        found.file = _fetch(source.url)
        found.save(update_fields=["file", "updated_at"])
    text, rows = files.path_of(found.file, ".txt"), files.path_of(found.file, ".rows")
    files.readable(files.path_of(found.file), text)
    detected = formats.detect(text)
    count, columns = spool.write(detected.rows, rows)
    text.unlink(missing_ok=True)
    if not count:
        raise FeedUnreadable(_("The file holds no opening."))
    with transaction.atomic():
        fresh = _locked(found)
        if fresh.phase != Phase.READING:  # stopped meanwhile
            return
        source = fresh.source
        names = [column["name"] for column in columns]
        if detected.format != source.format or not source.mapping:
            source.format, source.mapping = detected.format, mapping.guess(detected.format, names)
            source.save(update_fields=["format", "mapping", "updated_at"])
        fresh.file, fresh.rows, fresh.columns, fresh.lease_until = found.file, count, columns, None
        fresh.phase = Phase.FIELDS
        fresh.save()
        if fresh.is_automatic:
            _begin(fresh, Phase.IMPORTING)


def _fetch(url):
    """Keep what the address gives; return the name of the file."""
    pieces = []
    page = safefetch.download(url, write=pieces.append, most_bytes=files.MOST_BYTES, most_seconds=FETCH_S)
    if page.status != 200:
        raise safefetch.FetchRefused(_("The site answered with error %(status)s.") % {"status": page.status})
    return files.keep(pieces)


def _rows(found, *, lease, now, until):
    """Check or import rows until the time is over; return whether there is more."""
    source, is_check = found.source, found.phase == Phase.CHECKING
    path = files.path_of(found.file, ".rows")
    if not path.exists():
        raise FileNotFoundError(path)
    importer = Importer(
        employer=source.employer, source=source.key, kind=source.format, now=now, by=found.by, run=found,
        defaults=Defaults(source.care_setting, source.site, source.employment),
    )  # fmt: skip
    groups = spool.Groups(path, source.mapping, importer.reference_of)
    rows = spool.read(path, offset=found.offset, number=found.next_row)
    while together := list(islice(rows, CHUNK)):
        done, lease = _chunk(found.pk, importer, groups, together, lease=lease, is_check=is_check)
        if lease is None:
            return False
        if done < len(together):  # it took long: the rest comes in the next piece
            rows = spool.read(path, offset=together[done - 1][2], number=together[done - 1][0] + 1)
        if time.monotonic() > until:
            ImportRun.objects.filter(pk=found.pk, lease_until=lease).update(lease_until=None)
            return True
    return _finish(found.pk, importer, groups, lease=lease, is_check=is_check, now=now)


@transaction.atomic
def _chunk(run_id, importer, groups, together, *, lease, is_check):
    """Take rows in one transaction; return (how many, the new lease), or (0, None) when the import is not ours any more."""
    searchrow.hold(employer_id=importer.employer.pk)
    found = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if found.lease_until != lease or not found.is_at_work:
        return 0, None
    results, began, fields = [], time.monotonic(), found.source.mapping
    with transaction.atomic():
        valued = [(number, mapping.Values(row, fields)) for number, row, _after in together]
        importer.look_up([importer.reference_of(values) for _number, values in valued])
        for number, values in valued:
            results.append(run.take_one(importer, groups, number, values, fields))
            if time.monotonic() - began > CHUNK_S:
                break
        if is_check:
            transaction.set_rollback(True)
    _note(found, results, is_check=is_check)
    last = together[len(results) - 1]
    found.next_row, found.offset = last[0] + 1, last[2]
    found.lease_until = lease + timedelta(seconds=time.monotonic() - began, milliseconds=1)
    found.save(update_fields=["next_row", "offset", "counts", "lease_until", "updated_at"])
    return len(results), found.lease_until


def _note(found, results, *, is_check):
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=found, number=result.number, reference=_clean(result.reference), headline=_clean(result.headline),
                outcome=result.outcome, status=result.status, notes=[*result.notes, *([result.remark] if result.remark else [])],
                listing_id=None if result.listing is None or (is_check and result.outcome == Outcome.CREATED)
                else result.listing.pk,
            )
            for result in results
        ]
    )  # fmt: skip
    counts = Counter(found.counts)
    counts.update(result.outcome for result in results)
    counts.update({"waiting": sum(bool(result.waits_because) for result in results)})
    counts.update({"shown": sum(result.was_published for result in results)})
    found.counts = dict(counts)


def _clean(text):
    return text.replace("\0", "")[:120]


@transaction.atomic
def _finish(run_id, importer, groups, *, lease, is_check, now):
    """Close what the file does not hold any more, unless it looks cut off, and end the step. Returns False: nothing is left."""
    searchrow.hold(employer_id=importer.employer.pk)
    found = ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run_id)
    if found.lease_until != lease or not found.is_at_work:
        return False
    if found.source.is_complete:
        missing = list(importer.missing(groups.references))
        found.is_closing_held = bool(missing) and not found.is_closing_confirmed and _looks_cut_off(found, missing)
        if not found.is_closing_held:
            _close(found, importer, missing, is_check=is_check)
        found.counts = {**found.counts, "missing": len(missing)}
    _end(found, Phase.CHECKED if is_check else Phase.DONE, now=now)
    if not is_check:
        ImportSource.objects.filter(pk=found.source_id).update(failing_since=None, told_failing_at=None)
        told = {name: count for name, count in found.counts.items() if count}
        audit.record(
            "import.done", about=found, actor=found.by, employer=found.source.employer_id, now=now, counts=told
        )
    return False


def _close(found, importer, missing, *, is_check):
    with transaction.atomic():
        results = [result for listing in missing if (result := importer.close(listing))]
        if is_check:
            transaction.set_rollback(True)
    start_at = max(found.rows, found.results.order_by("-number").values_list("number", flat=True).first() or 0)
    for number, result in enumerate(results, start_at + 1):
        result.number = number
    _note(found, results, is_check=is_check)


def _looks_cut_off(found, missing):
    """Whether the file holds less than half of what the last one held, or lacks more than half of what is published."""
    last = found.source.runs.filter(phase=Phase.DONE).exclude(pk=found.pk).order_by("-pk").first()
    if last is not None and found.rows * 2 < last.rows:
        return True
    shown = found.source.employer.listings.filter(source=found.source.key, status=Listing.Status.PUBLISHED).count()
    going = sum(listing.status == Listing.Status.PUBLISHED for listing in missing)
    return going > 1 and going * 2 > shown
