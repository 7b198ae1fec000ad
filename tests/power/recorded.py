"""The statements that the program really sends to SQLite, with the values it bound, for replaying them elsewhere."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, DatabaseWrapper, SQLiteCursorWrapper

READS = ("SELECT", "PRAGMA", "EXPLAIN")


@dataclass(slots=True)
class Recorded:
    """Statements in their order, each with the rows of values it was sent with (one without values: one empty row)."""

    statements: list[tuple[str, list[tuple[Any, ...]]]] = field(default_factory=list)

    def add(self, text: str, rows: Sequence[Sequence[Any]]) -> None:
        """Take a statement down, unless it only reads."""
        if not text.lstrip().upper().startswith(READS):
            self.statements.append((text, [tuple(map(_bound, row)) for row in rows]))


def _bound(value: Any) -> Any:
    """A value as SQLite gets it."""
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return value if value is None or isinstance(value, float) else sqlite3.adapt(value)


@contextmanager
def recording_statements() -> Iterator[Recorded]:
    """Take down all that Django sends to SQLite in this process, commits and rollbacks too."""
    recorded = Recorded()
    execute, executemany = SQLiteCursorWrapper.execute, SQLiteCursorWrapper.executemany
    commit, rollback = DatabaseWrapper._commit, DatabaseWrapper._rollback

    def taken_execute(self: Any, query: str, params: Any = None) -> Any:
        recorded.add(query if params is None else _converted(query), [params or ()])
        return execute(self, query, params)

    def taken_executemany(self: Any, query: str, param_list: Any) -> Any:
        rows = list(param_list)
        recorded.add(_converted(query), rows)
        return executemany(self, query, rows)

    def taken_commit(self: Any) -> Any:
        recorded.add("COMMIT", [()])
        return commit(self)

    def taken_rollback(self: Any) -> Any:
        recorded.add("ROLLBACK", [()])
        return rollback(self)

    with (
        patch.object(SQLiteCursorWrapper, "execute", taken_execute),
        patch.object(SQLiteCursorWrapper, "executemany", taken_executemany),
        patch.object(DatabaseWrapper, "_commit", taken_commit),
        patch.object(DatabaseWrapper, "_rollback", taken_rollback),
    ):
        yield recorded


def _converted(query: str) -> str:
    """Django's marks for values as SQLite has them."""
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
