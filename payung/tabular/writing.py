"""Workbooks that the program writes: lists, templates, exports. Every text is a text: no formula, no link.

A name may begin with `=` or `+`; a sheet that counted it would run a stranger's formula in an officer's Excel.
"""

import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
_FORMATS = {"text": "@", "integer": "#,##0", "rupiah": '"Rp"#,##0', "date": "dd-mm-yyyy"}

Written = str | int | date | None


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a workbook: its heading, what it holds, how wide it is in letters."""

    heading: str
    kind: Literal["text", "integer", "rupiah", "date"] = "text"
    width: int = 18


def write_workbook(
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Written]],
    *,
    sheet: str = "Daftar",
    title: Sequence[str] = (),
) -> bytes:
    """Write rows under their headings and give the workbook's bytes; `title` are lines above the headings.

    Rows are taken one by one and need not fit in memory. What stands in a text column is written as text whatever it
    looks like, so that a NIK keeps its sixteen digits.
    """
    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,  # people's names pass through it: a folder of our own, gone at the end
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(out, options) as book:
            _fill(book, book.add_worksheet(sheet), columns, rows, title)
    return out.getvalue()


def _fill(
    book: xlsxwriter.Workbook,
    page: Worksheet,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Written]],
    title: Sequence[str],
) -> None:
    bold = book.add_format({"bold": True})
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    formats = [book.add_format({"num_format": _FORMATS[column.kind]}) for column in columns]
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width, formats[place])
    for number, line in enumerate(title):
        page.write_string(number, 0, line, bold)
    top = len(title) + 1 if title else 0
    for place, column in enumerate(columns):
        page.write_string(top, place, column.heading, heading)
    page.freeze_panes(top + 1, 0)
    for number, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row):
            _write(page, number, place, value, formats[place])


def _write(page: Worksheet, row: int, column: int, value: Any, cell_format: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(row, column, value, cell_format)
    elif isinstance(value, int) and not isinstance(value, bool):
        page.write_number(row, column, value, cell_format)
    else:
        page.write_string(row, column, str(value)[:LONGEST_TEXT], cell_format)
