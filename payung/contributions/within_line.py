"""A line of money is used for at most its own amount, and for nothing in the other direction: held by the databases."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from payung.store.append_only import Aside

NAME = "contributions_lineuse_within_line"
_BEYOND = """
NOT EXISTS (
    SELECT 1 FROM contributions_reconciliationline l WHERE l.id = NEW.line_id AND l.line_key = NEW.line_key
    AND ((l.amount_rp > 0 AND NEW.amount_rp BETWEEN 1 AND l.amount_rp)
      OR (l.amount_rp < 0 AND NEW.amount_rp BETWEEN l.amount_rp AND -1))
)
"""
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION payung_use_within_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {_BEYOND} THEN
        RAISE EXCEPTION 'more than line % holds', NEW.line_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END$$
"""
_POSTGRESQL = f"""
CREATE TRIGGER {NAME} BEFORE INSERT ON contributions_lineuse
FOR EACH ROW EXECUTE FUNCTION payung_use_within_line()
"""
_SQLITE = f"""
CREATE TRIGGER {NAME} BEFORE INSERT ON contributions_lineuse WHEN {_BEYOND}
BEGIN SELECT RAISE(ABORT, 'more than the line holds'); END
"""


class WithinItsLine(Operation):
    """Refuse a use of more than the line's amount. One live use a line is a unique index: together they hold I-7."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's picture of a model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the trigger."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_FUNCTION, params=None)
            schema_editor.execute(_POSTGRESQL, params=None)
        else:
            schema_editor.execute(_SQLITE, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop it."""
        on = " ON contributions_lineuse" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {NAME}{on}", params=None)

    def describe(self) -> str:
        """Say it in a word."""
        return "A line of money is used for at most its own amount"


class WithinItsLineAside(Aside, WithinItsLine):
    """Take the trigger away for as long as its table is rebuilt; on the way back it is put back."""
