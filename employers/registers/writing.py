"""Write changed columns of many rows in one statement."""

from django.db import connection


def write(rows, names):
    """Save the fields `names` of `rows`, saved objects of one model, by UPDATE ... FROM unnest(...).

    bulk_update builds a CASE for each row and column: 17 s for 8,000 employers where this takes less than 1 s.
    """
    rows = list(rows)
    if not rows:
        return
    meta = rows[0]._meta
    fields = [meta.pk, *(meta.get_field(name) for name in names)]
    columns = [connection.ops.quote_name(field.column) for field in fields]
    arrays = ", ".join(
        f"unnest(%s::{field.rel_db_type(connection) if field is meta.pk else field.db_type(connection)}[]) AS {column}"
        for field, column in zip(fields, columns, strict=True)
    )
    sets = ", ".join(f"{column} = given.{column}" for column in columns[1:])
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in fields]
    with connection.cursor() as cursor:
        # Names come from our models.
        cursor.execute(
            f"UPDATE {connection.ops.quote_name(meta.db_table)} AS held SET {sets}"  # noqa: S608
            f" FROM (SELECT {arrays}) AS given WHERE held.{columns[0]} = given.{columns[0]}",
            values,
        )
