"""The month of a date, worked out by the database."""

from typing import Any

from django.db.models import Func, IntegerField


class MonthOf(Func):
    """The number of a date column's month, as `Month` counts.

    Django's own parts of a date are Python functions on SQLite, called for every row; there the digits are read.
    """

    output_field = IntegerField()
    arity = 1

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """The arithmetic of the standard."""
        return self._of("EXTRACT(YEAR FROM {0})", "EXTRACT(MONTH FROM {0})", compiler)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """SQLite keeps a date as text."""
        return self._of("CAST(substr({0}, 1, 4) AS integer)", "CAST(substr({0}, 6, 2) AS integer)", compiler)

    def _of(self, year: str, month: str, compiler: Any) -> tuple[str, tuple[Any, ...]]:
        date, params = compiler.compile(self.source_expressions[0])
        return f"CAST({year.format(date)} * 12 + {month.format(date)} - 1 AS integer)", (*params, *params)
