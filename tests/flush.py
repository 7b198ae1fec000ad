"""Emptying the tables between tests that commit, past the triggers of tables that only grow.

Tests with transactions of their own (`transaction=True`, `live_server`) are followed by Django's flush. On PostgreSQL
it truncates, which row triggers let pass; on SQLite it deletes, which they refuse: they are off for that moment.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.sqlite3.base import DatabaseOperations

_flush = DatabaseOperations.execute_sql_flush


def flush_past_triggers(operations: DatabaseOperations, sql_list: Iterable[str]) -> None:
    """What Django calls instead of its own `execute_sql_flush`; in one transaction, so that no trigger is ever lost."""
    connection = operations.connection
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        _flush(operations, sql_list)
        for _, sql in triggers:
            cursor.execute(sql)


def install() -> None:
    """Take the place of Django's own, for this process."""
    DatabaseOperations.execute_sql_flush = flush_past_triggers
