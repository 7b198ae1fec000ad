"""Two rules of the journal that its tables cannot say by themselves, held by triggers on both databases.

A posting in clearing or suspense is about a payment, one on the receivable about a notice (I-3); money in a movement's
account alone waits in suspense without a payment, until it is paid on (`deposit`, `transfer`). An entry takes effect
in a month that is open (I-14). Both read one row by its key for each entry or posting, of which there are few: the
worker-months of an entry are not touched.
"""

from collections.abc import Mapping
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from payung.store.append_only import Aside

OBJECT, OPEN_MONTH = "contributions_posting_names_its_object", "contributions_entry_in_an_open_month"
TABLES = {OBJECT: "contributions_posting", OPEN_MONTH: "contributions_journalentry"}
_NAMELESS = """
SELECT 1 FROM contributions_account a WHERE a.id = NEW.account_id AND (
    (a.kind = 'kliring' AND NEW.payment_id IS NULL) OR (a.kind = 'piutang' AND NEW.notice_id IS NULL)
    OR (a.kind = 'suspens' AND NEW.payment_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM contributions_journalentry e LEFT JOIN contributions_journalentry o ON o.id = e.reverses_id
        WHERE e.id = NEW.entry_id AND COALESCE(o.kind, e.kind) IN ('deposit', 'transfer'))))
"""
_CLOSED = "SELECT 1 FROM contributions_closedmonth m WHERE m.month = {month}"
_MONTHS = {
    "sqlite": "CAST(strftime('%Y', NEW.effective_on) AS INTEGER) * 12 + strftime('%m', NEW.effective_on) - 1",
    "postgresql": "extract(year FROM NEW.effective_on)::int * 12 + extract(month FROM NEW.effective_on)::int - 1",
}


def refusals(vendor: str) -> Mapping[str, tuple[str, str]]:
    """By trigger: what must not be found, and what is said then."""
    return {
        OBJECT: (_NAMELESS, "a posting names its payment or notice"),
        OPEN_MONTH: (_CLOSED.format(month=_MONTHS[vendor]), "the month of the entry is closed"),
    }


class JournalGuards(Operation):
    """Refuse postings that name nothing, and entries in a closed month."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's picture of a model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the triggers."""
        vendor = schema_editor.connection.vendor
        for name, (found, said) in refusals(vendor).items():
            for statement in _statements(vendor, name, found, said):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop them."""
        for name, table in TABLES.items():
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)

    def describe(self) -> str:
        """Say it in a word."""
        return "Postings name their object, entries stand in open months"


class JournalGuardsAside(Aside, JournalGuards):
    """Take them away before a change of the journal's table, which SQLite rebuilds; `JournalGuards` puts them back."""


def _statements(vendor: str, name: str, found: str, said: str) -> list[str]:
    begin = f"CREATE TRIGGER {name} BEFORE INSERT ON {TABLES[name]} FOR EACH ROW"
    if vendor != "postgresql":
        return [f"{begin} WHEN EXISTS ({found}) BEGIN SELECT RAISE(ABORT, '{said}'); END"]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({found}) THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        f"{begin} EXECUTE FUNCTION {name}()",
    ]
