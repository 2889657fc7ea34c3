"""Write many rows into the tables of models at once, with COPY."""

from django.db import connection
from django.db.models import NOT_PROVIDED
from django.utils import timezone


def copy_new(model, known, row):
    """Write those of `known` (key -> (id, value)) that the table does not hold yet; `row(value)` gives the other columns."""
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    copy_rows(model, [{"id": pk, **row(value)} for pk, value in known.values() if pk > last])


def copy_pairs(model, pairs):
    """Write pairs of ids into the table between two models."""
    source, target = (field.attname for field in model._meta.concrete_fields if field.remote_field)
    copy_rows(model, [{source: one, target: other} for one, other in pairs])


def copy_rows(model, rows):
    """Write rows (dicts by column) into a model's table; columns a row leaves out get the field's default."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    table, fields = model._meta.db_table, model._meta.concrete_fields
    left_out = [field for field in fields if field.attname not in first and not field.primary_key]
    defaults = {field.attname: field.get_default() for field in left_out if field.db_default is NOT_PROVIDED}
    for field in left_out:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            defaults[field.attname] = timezone.now()
    columns = [*first, *defaults]
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in (first, *rows):
                copy.write_row([*row.values(), *defaults.values()])
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(1, (SELECT max(id) FROM {table})))"
        )


def analyze():
    """Let the planner know what the tables hold now, and leave nothing pending for a vacuum in the middle of a run."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
