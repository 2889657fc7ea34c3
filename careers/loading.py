"""Writes the content files' records into the database without ever overwriting an editor.

Per field, with the value of the last load in between: as loaded -> the files may change it; changed by an editor ->
it stays, and the report says where the files have newer text.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, models, transaction

from careers import drafts, staleness
from careers.models import (
    ContentLoad,
    Difference,
    Evidence,
    LadderStep,
    PayFigure,
    ProgramPlace,
    RepositoryNote,
    RoleStep,
    SettingFact,
    Similarity,
)
from careers.rendering import RenderedField

# Rows of a list on a page: when the files drop one that no editor touched, it goes. All other kinds stay and are named.
LIST_ROWS = (RoleStep, LadderStep, ProgramPlace, PayFigure, Evidence, SettingFact, Similarity, Difference)
LOCK = 0x636F6E74  # "cont": one load at a time
REASON = "content files"
REVIEWERS = ("reviewed_on", "review_due")  # a later look by an editor is no other text


@dataclass
class Report:
    """What a load did: counts per kind, and sentences for people."""

    counts: dict = field(default_factory=dict)
    newer: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    gone: list = field(default_factory=list)

    def count(self, kind, outcome):
        self.counts.setdefault(kind.__name__, Counter())[outcome] += 1

    @property
    def totals(self):
        """Objects created, updated, unchanged, kept (an editor's text stands) and removed, over all kinds."""
        total = sum(self.counts.values(), Counter())
        return {name: total[name] for name in ("created", "updated", "unchanged", "kept", "removed")}


@transaction.atomic
def load(records, *, now, on_kind=lambda kind, counts: None):
    """Bring the database up to `records`; return a Report. `on_kind` is called after each kind with its counts.

    Raises KeyError when a record names an object that does not exist.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    report, ledger = Report(), {(row.kind, row.key): row for row in ContentLoad.objects.all()}
    by_kind = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    ids, written, later = {}, [], []
    for kind, wanted in by_kind.items():
        _rename(kind, wanted, ledger)
        later += _write_kind(kind, wanted, ids=ids, ledger=ledger, written=written, report=report)
        _clear_gone(kind, {record.key for record in wanted}, ledger=ledger, report=report)
        on_kind(kind, report.counts.get(kind.__name__, {}))
    for row, name, slugs in later:
        target = row._meta.get_field(name).related_model
        getattr(row, name).set([ids[target][slug] for slug in slugs])
    for entry in written:
        entry.loaded_at = now
    ContentLoad.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["values", "loaded_at"],
    )
    _keep_notes(report.notes, now)
    for kind in by_kind:
        _render_again(kind)
    return report


def _write_kind(kind, wanted, *, ids, ledger, written, report):
    """Create and update the rows of one kind; return the many-to-many lists to set once all rows exist."""
    lists = {item.name for item in kind._meta.many_to_many}
    links = [item.name for item in kind._meta.get_fields() if item.many_to_one and item.concrete]
    rows = {row.slug: row for row in kind.objects.prefetch_related(*lists).select_related(*links)}
    ids[kind] = {slug: row.pk for slug, row in rows.items()}
    later = []
    for record in wanted:
        label, row = f"{kind.__name__} {record.key}", rows.get(record.key)
        entry = ledger.get((kind.__name__, record.key))
        if row is None and entry is not None:
            report.count(kind, "kept")
            if entry.values != _stored(record.values, lists):
                report.newer.append(f"kept out: an editor removed {label}; the repository has newer text")
            continue
        values = _stored(record.values, lists)
        if row is None:
            row = kind(slug=record.key)
            later += [(row, name, values[name]) for name in lists & set(values) if values[name]]
            _save(row, {name: value for name, value in values.items() if name not in lists}, ids)
            ids[kind][record.key] = row.pk
            written.append(ContentLoad(kind=kind.__name__, key=record.key, values=values))
            report.count(kind, "created")
            continue
        change, loaded, kept = _compare(row, values, entry, label, report)
        if entry is None or entry.values != loaded:
            written.append(ContentLoad(kind=kind.__name__, key=record.key, values=loaded))
        later += [(row, name, value) for name, value in change.items() if name in lists]
        staleness.mark_stale(row, list(change))
        if change:
            _save(row, {name: value for name, value in change.items() if name not in lists}, ids)
        report.count(kind, "updated" if change else "kept" if kept else "unchanged")
    return later


def _render_again(kind):
    """Bring stored HTML up to today's rendering: rules of it may have changed since the row was saved."""
    specs = [spec for spec in kind._meta.concrete_fields if isinstance(spec, RenderedField)]
    for row in kind.objects.in_order() if specs else ():
        html = {spec.attname: spec.rendered(row) for spec in specs}
        if any(getattr(row, name) != value for name, value in html.items()):
            kind.objects.filter(pk=row.pk).update(**html)


def _compare(row, values, entry, label, report):
    """Return (fields to change, values to remember as loaded, whether an editor's text stands somewhere)."""
    before = entry.values if entry else {}
    change, loaded, kept = {}, {}, False
    for name, new in values.items():
        current = _current(row, name)
        if current == new:
            loaded[name] = new
        elif (name in before and current == before[name]) or (entry and name not in before and not current):
            change[name] = loaded[name] = new
        else:
            kept = True
            if name in before:
                loaded[name] = before[name]
            if name not in REVIEWERS and before.get(name) != new:
                report.notes.append((type(row).__name__, row.slug, name, new))
                report.newer.append(f"kept editor's text; repository has newer: {label}.{name}")
    return change, loaded, kept


def _rename(kind, wanted, ledger):
    """Follow keys that the files renamed: the row stays, and its old address leads to the new one."""
    names = {old: record for record in wanted for old in record.former}
    for row in kind.objects.filter(slug__in=names) if names else ():
        old, record = row.slug, names[row.slug]
        if kind.objects.filter(slug=record.key).exists():
            continue  # both are there: an editor's matter
        row.slug, row._change_reason = record.key, REASON
        row.save()
        drafts.keep_old_slug(row, old)
        entry = ledger.pop((kind.__name__, old), None)
        if entry is not None:
            entry.key = record.key
            entry.save(update_fields=["key"])
            ledger[kind.__name__, record.key] = entry


def _keep_notes(notes, now):
    """What this load found newer takes the place of what earlier loads found; a note that stays keeps its date."""
    wanted = {(kind, key, name): value for kind, key, name, value in notes}
    for note in RepositoryNote.objects.all():
        if wanted.get((note.kind, note.key, note.field), note) == note.value:
            wanted.pop((note.kind, note.key, note.field))
        else:
            note.delete()
    RepositoryNote.objects.bulk_create(
        RepositoryNote(kind=kind, key=key, field=name, value=value, noted_at=now)
        for (kind, key, name), value in wanted.items()
    )


def _clear_gone(kind, keys, *, ledger, report):
    """Deal with what the files no longer hold: untouched list rows go, the rest stays and is named."""
    gone = [entry for (name, key), entry in ledger.items() if name == kind.__name__ and key not in keys]
    rows = {row.slug: row for row in kind.objects.filter(slug__in=[entry.key for entry in gone])}
    for entry in gone:
        row = rows.get(entry.key)
        untouched = row and all(_current(row, name) == value for name, value in entry.values.items())
        if row is None or (untouched and kind in LIST_ROWS):
            entry.delete()
        if row and untouched and kind in LIST_ROWS:
            row._change_reason = REASON
            row.delete()
            report.count(kind, "removed")
        elif row:
            report.gone.append(f"no longer in the repository, still shown: {kind.__name__} {entry.key}")


def _stored(values, lists):
    """The values as the ledger keeps them: lists of objects sorted, since their order means nothing."""
    return {name: sorted(value) if name in lists else value for name, value in values.items()}


def _current(row, name):
    """The plain value a row holds now, comparable with a record's."""
    spec = row._meta.get_field(name)
    if spec.many_to_many:
        return sorted(one.slug for one in getattr(row, name).all())
    if spec.is_relation:
        related = getattr(row, name)
        return related.slug if related else None
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, date) else value


def _save(row, values, ids):
    """Set plain values on a row and save it; the history says that the content files did it."""
    for name, value in values.items():
        spec = row._meta.get_field(name)
        if spec.is_relation:
            setattr(row, spec.attname, None if value is None else ids[spec.related_model][value])
        elif isinstance(spec, models.DateField):
            kind = datetime if isinstance(spec, models.DateTimeField) else date
            setattr(row, name, kind.fromisoformat(value) if value else None)
        else:
            setattr(row, name, value)
    row._change_reason = REASON
    row.save()
