"""Taking a needless index away from a large table without rebuilding the table.

`AlterField(db_index=False)` rebuilds it on SQLite, which drops its triggers (append-only, guards) and copies every row.
Used in migrations: `operations = [WithoutIndex("coverline", "payment", models.ForeignKey(..., db_index=False))]`.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.fields import AlterField


class WithoutIndex(AlterField):
    """Drop the index that a foreign key brought by itself; the key, its constraint and all else stay."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop it, under whatever name it has."""
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        for name, facts in found.items():
            if facts["index"] and not facts["unique"] and facts["columns"] == [column]:
                schema_editor.execute(f"DROP INDEX {connection.ops.quote_name(name)}", params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Build it again under Django's name."""
        model = to_state.apps.get_model(app_label, self.model_name)
        fields = [model._meta.get_field(self.name)]
        schema_editor.execute(schema_editor._create_index_sql(model, fields=fields))  # type: ignore[attr-defined]
