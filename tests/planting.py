"""Faults planted by hand, past the guards that the database has against them."""

from django.db import connection


def run(*statements: str) -> None:
    """Send statements to the database as they are."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def unguarded(table: str, *statements: str) -> None:
    """Change a table that only grows, its triggers taken away."""
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with unchecked rows cannot lose a trigger
    run(*(f'DROP TRIGGER "{table}_no_{event}"{on}' for event in ("update", "delete")), *statements)


def without_checks(table: str, constraint: str, *statements: str) -> None:
    """Change a table past one of its check constraints."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    else:
        run("PRAGMA ignore_check_constraints = ON")
    run(*statements)
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = OFF")
