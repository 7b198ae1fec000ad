"""Answers as offices send them: workbooks and CSV made from rows, and the rows of a workbook of ours."""

from collections.abc import Iterable, Sequence

from payung.tabular.reading import read_rows
from payung.tabular.writing import ListColumn, write_workbook

Grid = Sequence[Sequence[str]]


def workbook(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of texts."""
    return write_workbook([ListColumn(heading) for heading in headings], rows)


def csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The same as a CSV with semicolons."""
    return "\r\n".join(";".join(row) for row in [headings, *rows]).encode()


def cells_of(content: bytes) -> list[list[str]]:
    """What a workbook says, row by row."""
    return [
        [str(value) if value is not None else "" for value in row.values] for row in read_rows(content, name="x").rows
    ]
