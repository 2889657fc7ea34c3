"""Holds records against the models before anything is written: types, choices, lengths, and what they point to."""

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from careers.content_files.marked import Fault, Marked

#: Names in the files for fields that are called otherwise in the models.
NAMES = {
    "amount_usd": "amount", "p10_usd": "p10", "p90_usd": "p90", "growth_pct": "projected_growth_2024_34_pct",
    "license_required": "clinical_license_required", "license_typical": "clinical_license_typical",
    "license_note": "clinical_license_note", "family": "track", "family_note": "track_note", "is_seed": "seed",
    "former_names": "former_titles", "employers_text": "employers", "featured_titles": "titles_featured",
    "kind": "type", "is_public": "public", "published": "date",
}  # fmt: skip


def faults(records, files):
    """Return every Fault of the records; `files` are the parsed files they were made of (name -> Marked)."""
    places, keys = _places(files), {}
    found = [
        _fault(Marked.of_key(files, record.key), "slug", record, f"expected text, not {_short(record.key)}")
        for record in records
        if not isinstance(record.key, str)
    ]
    if found:
        return found
    for record in records:
        keys.setdefault(record.kind, set()).add(record.key)
    seen = set()
    for record in records:
        item = _item(places, record)
        if (record.kind, record.key) in seen:
            found.append(_fault(item, "slug", record, f"`{record.key}` stands twice; expected each key once"))
        seen.add((record.kind, record.key))
        for name, value in {"slug": record.key, **record.values}.items():
            wrong = _expected(record.kind._meta.get_field(name), value, keys)
            if wrong:
                found.append(_fault(item, name, record, wrong))
    return found


def _fault(item, name, record, expected):
    named = next((one for one in (name, NAMES.get(name, "")) if one in item.lines), name)
    return Fault(item.file, item.where(named), f"{record.kind.__name__} {record.key}, `{named}`: {expected}")


def _expected(spec, value, keys):
    """What was expected instead of `value`, or "" when it fits."""
    if spec.many_to_many:
        if not isinstance(value, list):
            return f"expected a list of {spec.related_model._meta.verbose_name_plural}, not {value!r}"
        unknown = sorted(
            str(key) for key in value if not isinstance(key, str) or key not in keys.get(spec.related_model, ())
        )
        return (
            f"expected {spec.related_model._meta.verbose_name_plural} that exist, not {', '.join(unknown)}"
            if unknown
            else ""
        )
    if value is None:
        return "" if spec.null else "expected a value, not nothing"
    if spec.is_relation:
        known = value in keys.get(spec.related_model, ()) if isinstance(value, str) else False
        return "" if known else f"expected a {spec.related_model._meta.verbose_name} that exists, not {value!r}"
    return _of_type(spec, value)


def _of_type(spec, value):
    if isinstance(spec, ArrayField):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return f"expected a list of text, not {_short(value)}"
    elif isinstance(spec, models.DateField):
        return "" if _is_date(spec, value) else f"expected a date like 2026-11-22, not {_short(value)}"
    elif isinstance(spec, models.BooleanField):
        return "" if isinstance(value, bool) else f"expected yes or no, not {_short(value)}"
    elif isinstance(spec, (models.IntegerField, models.DecimalField, models.FloatField)):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return f"expected a number, not {_short(value)}"
    elif isinstance(spec, (models.CharField, models.TextField)) and not isinstance(value, str):
        return f"expected text, not {_short(value)}"
    if value in spec.empty_values:
        return "" if spec.blank or spec.has_default() else "expected something, not nothing"
    try:
        spec.clean(value, None)
    except ValidationError as error:
        choices = f" (one of {', '.join(str(key) for key, _label in spec.choices)})" if spec.choices else ""
        return f"expected what fits{choices}: {' '.join(error.messages)}"
    return ""


def _is_date(spec, value):
    kind = datetime if isinstance(spec, models.DateTimeField) else date
    try:
        kind.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _short(value):
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _places(files):
    """Key -> the mapping in which it is the slug or id, over all files; the key of a mapping of mappings counts too."""
    found = {}

    def walk(node):
        if isinstance(node, Marked):
            key = dict.get(node, "slug") or dict.get(node, "id")
            if isinstance(key, str):
                found.setdefault(key, []).append(node)
            for name, value in node.items():
                if isinstance(value, Marked):
                    found.setdefault(name, []).append(value)
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for file in files.values():
        walk(file)
    return found


def _item(places, record):
    """The mapping a record was made of, as far as its key tells; keys of parts begin with the key of the whole."""
    key = record.key
    candidates = places.get(key) or places.get(key.partition("--")[0]) or places.get(key.rpartition("-")[0]) or []
    fields = {*record.values, *(NAMES[name] for name in record.values if name in NAMES)}
    return max(candidates, key=lambda one: len(fields & set(one.lines)), default=_unknown(places))


def _unknown(places):
    return next((nodes[0] for nodes in places.values()), Marked())
