"""Tables that only grow: triggers refuse every change and removal, on SQLite and on PostgreSQL alike.

Used in migrations: `operations = [..., AppendOnly("contributions_posting")]`. Columns in `allow` may change once they
are set, for state that is not part of what was recorded.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class AppendOnly(Operation):
    """Forbid UPDATE (of any column but those allowed) and DELETE on a table."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, allow: Sequence[str] = ()) -> None:
        self.table = table
        self.allow = tuple(allow)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to write this operation down."""
        return self.__class__.__name__, [self.table], {"allow": self.allow} if self.allow else {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's picture of a model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the triggers."""
        for statement in self._statements(schema_editor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the triggers."""
        suffix = f' ON "{self.table}"' if schema_editor.connection.vendor == "postgresql" else ""
        for event in ("update", "delete", "truncate"):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.table}_no_{event}"{suffix}', params=None)

    def describe(self) -> str:
        """Say it in a word."""
        return f"Rows of {self.table} are never changed or removed"

    def _statements(self, schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            found = connection.introspection.get_table_description(cursor, self.table)
        fixed = ", ".join(f'"{column.name}"' for column in found if column.name not in self.allow)
        if connection.vendor == "postgresql":
            return [
                "CREATE OR REPLACE FUNCTION payung_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                "$$BEGIN RAISE EXCEPTION 'append only: %', TG_TABLE_NAME "
                "USING ERRCODE = 'integrity_constraint_violation'; END$$",
                f'CREATE TRIGGER "{self.table}_no_update" BEFORE UPDATE OF {fixed} ON "{self.table}" '
                "FOR EACH ROW EXECUTE FUNCTION payung_append_only()",
                f'CREATE TRIGGER "{self.table}_no_delete" BEFORE DELETE ON "{self.table}" '
                "FOR EACH ROW EXECUTE FUNCTION payung_append_only()",
                f'CREATE TRIGGER "{self.table}_no_truncate" BEFORE TRUNCATE ON "{self.table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only()",
            ]
        refuse = f"BEGIN SELECT RAISE(ABORT, 'append only: {self.table}'); END"
        return [
            f'CREATE TRIGGER "{self.table}_no_update" BEFORE UPDATE OF {fixed} ON "{self.table}" {refuse}',
            f'CREATE TRIGGER "{self.table}_no_delete" BEFORE DELETE ON "{self.table}" {refuse}',
        ]


class Aside(Operation):
    """Mixed into an operation: takes away what that one creates, for as long as SQLite rebuilds a table.

    On the way back it comes last, and creates it again.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop it."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create it."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class AppendOnlyAgain(AppendOnly):
    """Put the triggers back after a change of the table itself: SQLite drops them with the table that it rebuilds."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop what still stands, and create all of them."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """The same: the way back rebuilds the table, too."""
        self.database_forwards(app_label, schema_editor, from_state, to_state)
