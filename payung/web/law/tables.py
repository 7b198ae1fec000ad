"""Tables of the law, written for the reader."""

from dataclasses import dataclass

from payung.rules.labels import Table, cell_text, label, table_of
from payung.web.frame.traces import reader_language


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A list of things: part of an answer, or a value of a figure that is a table."""

    title: str
    columns: list[str]
    rows: list[list[str]]


def shown_table(title: str, table: Table) -> ShownTable:
    """Write a table; a cell that is a table itself only says how many rows it has."""
    language = reader_language()
    return ShownTable(
        title=title,
        columns=[_column(name) for name in table.columns],
        rows=[
            [cell_text(name, cell, language) for name, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        ],
    )


def nested_tables(title: str, table: Table) -> list[ShownTable]:
    """The cells that are tables themselves, each named after its row: the years of the second child."""
    return [
        shown_table(f"{title} {number}: {_column(name)}", inner)
        for number, row in enumerate(table.rows, start=1)
        for name, cell in zip(table.columns, row, strict=True)
        if (inner := table_of(cell)) is not None
    ]


def _column(name: str) -> str:
    return label("fields", name, reader_language()) if name else ""
