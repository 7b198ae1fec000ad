"""Writing many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

`bulk_create` of 100,000 rows takes 13 seconds on either; this takes 4 to 6. Rows are tuples in the order of the columns
that the caller names, with values as the model's fields take them; ids may be reserved first so that children can name
their parents before either is written.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, connections, models, transaction
from django.db.models import QuerySet

SLICE = 5_000
WORTH_A_LOOK = 2_500
_T = TypeVar("_T")
_ModelT = TypeVar("_ModelT", bound=models.Model)
_RowT = TypeVar("_RowT")


def bulk_insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows inside the caller's transaction; return how many.

    `columns` are names of fields or attributes (`worker_id` for a foreign key). Every column without a database default
    must be named: no field default is applied here.
    """
    fields = [_field(model, name) for name in columns]
    prepared = _prepared(fields, rows)
    if connection.vendor == "postgresql":
        return _copy(model, fields, prepared)
    return _executemany(model, fields, prepared)


def insert_one(instance: models.Model) -> None:
    """Write a new instance inside the caller's transaction, as `bulk_insert` writes many; give it its id.

    For what every deed writes: an instance's `save` takes several times as long to compose the same statement.
    """
    model = type(instance)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    (row,) = _prepared(fields, [[getattr(instance, field.attname) for field in fields]])
    statement = f"{_insert_statement(model, fields)} RETURNING {connection.ops.quote_name(model._meta.pk.column or '')}"
    with connection.cursor() as cursor:
        cursor.execute(statement, row)
        instance.pk = cursor.fetchone()[0]


def bulk_update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Give many rows values of their own, by primary key, inside the caller's transaction; return how many were named.

    Each row is its primary key and then its values in the order of `columns`: one prepared statement for all.
    """
    fields = [*(_field(model, name) for name in columns)]
    key = model._meta.pk
    sets = ", ".join(f"{connection.ops.quote_name(field.column or '')} = %s" for field in fields)
    table, name = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(key.column or "")
    statement = f"UPDATE {table} SET {sets} WHERE {name} = %s"  # noqa: S608 - names of our own columns
    count = 0
    with connection.cursor() as cursor:
        for part in in_slices((*row[1:], row[0]) for row in rows):
            cursor.executemany(statement, list(_prepared([*fields, key], part)))
            count += len(part)
    return count


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Take `count` ids, rising, for rows that will be written in this transaction; nobody else is given them."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Ids are reserved inside the transaction that writes the rows.")
    if count == 0:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Moving the sequence by `count` with setval would hand out numbers that a plain insert takes meanwhile.
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # AUTOINCREMENT remembers ids of deleted rows, and here those that are reserved but not yet written.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own
        first = max(cursor.fetchone()[0], row[0] if row else 0) + 1
        if row is None:
            cursor.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", [first + count - 1, table])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [first + count - 1, table])
    return range(first, first + count)


def among(rows: QuerySet[_ModelT, _RowT], name: str, values: Iterable[Any]) -> QuerySet[_ModelT, _RowT]:
    """The rows whose column is one of many values: a slice of keys or hashes, as the driver takes them.

    Django's own `__in` looks at each value in six places, which for a slice takes longer than the look-up itself. For
    columns of numbers, texts and bytes, none of them None; without values no rows.
    """
    given = list(values)
    if not given:
        return rows.none()
    column = _field(rows.model, name).column or ""
    quoted = f"{connection.ops.quote_name(rows.model._meta.db_table)}.{connection.ops.quote_name(column)}"
    if connection.vendor == "postgresql":
        return rows.extra(where=[f"{quoted} = ANY(%s)"], params=[given])  # noqa: S610 - a name of our own columns
    marks = ", ".join(["%s"] * len(given))
    return rows.extra(where=[f"{quoted} IN ({marks})"], params=given)  # noqa: S610 - as above


def in_slices(rows: Iterable[_T], size: int = SLICE) -> Iterator[list[_T]]:
    """Cut a stream into lists of at most `size`."""
    stream = iter(rows)
    while part := list(islice(stream, size)):
        yield part


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise LookupError(f"{model.__name__} has no column {name}.")


def _prepared(fields: list[models.Field[Any, Any]], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Turn values into what the database's driver takes, column by column; plain texts and numbers pass untouched."""
    convert = [_converter(field) for field in fields]
    for row in rows:
        yield [
            value if step is None or value is None else step(value) for step, value in zip(convert, row, strict=True)
        ]


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """The way a field's values go to the driver. Django's own takes 4 microseconds a cell: half of a bulk write."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.CharField | models.TextField):
        return str
    if isinstance(field, models.IntegerField):
        return int
    if isinstance(field, models.BinaryField):
        return None
    sqlite = connection.vendor == "sqlite"
    if isinstance(field, models.UUIDField):
        return _hex if sqlite else None
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date.isoformat if sqlite else None
    return _by_django(field)


def _by_django(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Django's own way, for JSON on SQLite without its detours; rows of one write mostly bear one moment, told once."""
    if isinstance(field, models.JSONField) and connection.vendor == "sqlite":
        return (field.encoder or json.JSONEncoder)().encode
    behind = connections[connection.alias]  # `connection` itself looks it up in the thread, for each cell

    def converted(value: Any) -> Any:
        return field.get_db_prep_save(value, behind)

    return lru_cache(maxsize=16)(converted) if isinstance(field, models.DateTimeField) else converted


def _hex(value: UUID | str) -> str:
    return value.hex if isinstance(value, UUID) else UUID(value).hex


def _copy(model: type[models.Model], fields: list[models.Field[Any, Any]], rows: Iterator[list[Any]]) -> int:
    names = ", ".join(connection.ops.quote_name(field.column or "") for field in fields)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    count = 0
    # Django wraps the errors of `execute` alone; callers catch its IntegrityError, whichever way the rows went.
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    tell_the_planner(model, count)
    return count


def tell_the_planner(model: type[models.Model], written: int) -> None:
    """Let PostgreSQL see how large the table has become, where `written` rows made it another one than it knew.

    A session keeps the plans of foreign keys and triggers: one that was made while the table was nearly empty reads the
    whole table for every new row at the commit. 83,000 regions took eleven minutes that way, and two seconds with this.
    A look costs up to 0.3 s, so there is none where the rows are a tenth or less of those that the planner knows of, as
    for its own looks; and none while somebody else looks, for whom this transaction would wait.
    """
    if connection.vendor != "postgresql" or written < WORTH_A_LOOK:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        known = cursor.fetchone()[0]
        if written * 10 > known:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {connection.ops.quote_name(table)}")


def _executemany(model: type[models.Model], fields: list[models.Field[Any, Any]], rows: Iterator[list[Any]]) -> int:
    statement = _insert_statement(model, fields)
    count = 0
    with connection.cursor() as cursor:
        for part in in_slices(rows):
            cursor.executemany(statement, part)
            count += len(part)
    return count


def _insert_statement(model: type[models.Model], fields: list[models.Field[Any, Any]]) -> str:
    names = ", ".join(connection.ops.quote_name(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
