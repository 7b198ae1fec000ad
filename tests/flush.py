"""Emptying the tables between tests that commit, past the triggers of tables that only grow.

Tests with transactions of their own (`transaction=True`, `live_server`) are followed by Django's flush, which deletes
(SQLite) or truncates (PostgreSQL). The triggers refuse both, and are off for that moment alone.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations

_flush = BaseDatabaseOperations.execute_sql_flush
_TRUNCATE_TRIGGERS = (
    "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE '%%_no_truncate'"
)


def flush_past_triggers(operations: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
    """What Django calls instead of its own `execute_sql_flush`; in one transaction, so that no trigger is ever lost."""
    connection = operations.connection
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_TRUNCATE_TRIGGERS, [])
            guarded = cursor.fetchall()
            for name, table in guarded:
                cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
            _flush(operations, sql_list)
            for name, table in guarded:
                cursor.execute(f'ALTER TABLE {table} ENABLE TRIGGER "{name}"')
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        _flush(operations, sql_list)
        for _, sql in triggers:
            cursor.execute(sql)


def install() -> None:
    """Take the place of Django's own, for this process."""
    BaseDatabaseOperations.execute_sql_flush = flush_past_triggers
