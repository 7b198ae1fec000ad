"""Rows computed by the database go straight into a table: INSERT .. SELECT, without passing through the program."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from payung.store.bulk import tell_the_planner


def insert_from(model: type[models.Model], columns: Sequence[str], rows: QuerySet[Any, Any]) -> int:
    """Write what `rows` (a `values_list` in the order of `columns`) selects; return how many rows that were.

    As with `bulk_insert`, no field default is applied: every column without a database default must be named.
    """
    fields = {field.name: field.column for field in model._meta.concrete_fields}
    names = ", ".join(connection.ops.quote_name(str(fields[name])) for name in columns)
    select, params = rows.query.sql_with_params()
    # The statement is made of the model's own names and of what Django compiled; values travel as parameters.
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) {select}"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        written = int(cursor.rowcount)
    tell_the_planner(model, written)
    return written
