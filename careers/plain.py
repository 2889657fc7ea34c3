"""Content as plain values: what content files, drafts and history have in common.

Text, numbers and yes/no are themselves, dates "2026-11-22", other objects their slug, lists of objects sorted slugs.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import models

#: Never part of an edit.
OUTSIDE = ("id", "history")


def fields(kind):
    """Name -> field of everything of a model that an edit may hold."""
    found = [*kind._meta.concrete_fields, *kind._meta.many_to_many]
    return {spec.name: spec for spec in found if spec.editable and spec.name not in OUTSIDE}


def value_of(row, name):
    """The plain value a row holds now. Lists of objects ask the database unless they were prefetched."""
    spec = row._meta.get_field(name)
    if spec.many_to_many:
        return sorted(one.slug for one in getattr(row, name).all())
    if spec.is_relation:
        return _key(getattr(row, name))
    return plain(getattr(row, name))


def values_of(row):
    """All plain values of a row, by field."""
    return {name: value_of(row, name) for name in fields(type(row))}


def plain(value):
    """A form's or a row's value as a plain one."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return _key(value)
    if isinstance(value, models.QuerySet):
        return sorted(_key(one) for one in value)
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def python(spec, value):
    """What a field holds for a plain value: dates, decimals, related objects. Raises DoesNotExist for an unknown key."""
    if spec.many_to_many:
        return [_found(spec, key) for key in value or []]
    if spec.is_relation:
        return None if value in (None, "") else _found(spec, value)
    if isinstance(value, list):
        return list(value)
    return spec.to_python(value) if value is not None else None


def write(row, values):
    """Set plain values on a row in memory; return {name: objects} of the lists to set once it is saved."""
    specs, lists = fields(type(row)), {}
    for name, value in values.items():
        spec = specs[name]
        if spec.many_to_many:
            lists[name] = python(spec, value)
        else:
            setattr(row, name, python(spec, value))
    return lists


def _key(row):
    return None if row is None else getattr(row, "slug", None) or row.pk


def _found(spec, key):
    by = "slug" if hasattr(spec.related_model, "slug") else "pk"
    return spec.related_model._default_manager.get(**{by: key})
