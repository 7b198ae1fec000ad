"""What a checker finds, and how it asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Violation:
    """One row that must not be: which invariant it breaks, which object, what stands there."""

    invariant: str
    object_type: str
    object_id: str
    found: str

    def as_dict(self) -> dict[str, str]:
        """Plain data for JSON."""
        return {
            "invariant": self.invariant,
            "object_type": self.object_type,
            "object_id": self.object_id,
            "found": self.found,
        }


def rows(statement: str) -> list[tuple[Any, ...]]:
    """Ask the database, on either engine."""
    if connection.vendor != "postgresql":
        return _asked(statement)
    with transaction.atomic(), connection.cursor() as cursor:
        # Whole tables are joined. Until PostgreSQL has counted their rows it takes them for empty and loops over
        # one within the other: minutes for two hundred workers. A loop forbidden counts as dear, and what is dear
        # would be compiled first.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL jit = off")
        found = _asked(statement)
        cursor.execute("SET LOCAL enable_nestloop = on")
    return found


def _asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def violations(
    invariant: str, object_type: str, found: Iterable[tuple[Any, ...]], names: tuple[str, ...] = ()
) -> list[Violation]:
    """Name the offending rows: the first value is the object, `names` say what the others are."""
    return [
        Violation(
            invariant,
            object_type,
            str(row[0]),
            ", ".join(f"{name}={value}" for name, value in zip(names, row[1:], strict=True)),
        )
        for row in found
    ]
