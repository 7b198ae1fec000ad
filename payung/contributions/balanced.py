"""Every entry sums to zero, held by PostgreSQL itself at the end of each transaction.

SQLite has no deferred triggers, so there the services and the checker I-1 hold it; here the database does too.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

FUNCTION = """
CREATE OR REPLACE FUNCTION payung_entry_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT SUM(amount_rp) FROM contributions_posting WHERE entry_id = NEW.entry_id) <> 0 THEN
        RAISE EXCEPTION 'entry % does not sum to zero', NEW.entry_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END$$
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER contributions_posting_balanced AFTER INSERT ON contributions_posting
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payung_entry_sums_to_zero()
"""


class BalancedEntries(Operation):
    """Refuse a transaction that leaves an entry whose postings do not sum to zero (PostgreSQL)."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's picture of a model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the trigger."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(FUNCTION, params=None)
            schema_editor.execute(TRIGGER, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop it."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP TRIGGER contributions_posting_balanced ON contributions_posting", params=None)

    def describe(self) -> str:
        """Say it in a word."""
        return "Postings of an entry sum to zero"
