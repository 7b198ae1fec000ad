"""A list marked for its sender: the same rows, faulty cells coloured and explained, a column of reasons at the end.

The sender corrects it and hands it in again, so it must read as the original did: rows stay where they were, texts stay
texts, numbers numbers, and the column of reasons is not read. Only an XLSX keeps its looks; any other format becomes a
plain XLSX of the same rows.
"""

import io
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from payung.tabular.columns import ColumnMap
from payung.tabular.headings import fold_heading
from payung.tabular.reading import read_rows
from payung.tabular.table import NO_CHOICES, Choices, Table, Value

REASON_HEADING = "Alasan perbaikan (Payung)"
_REASON_WIDTH = 60
_FARTHEST = 100
_FAULT = PatternFill("solid", fgColor="FFD9D9")
_REASON = PatternFill("solid", fgColor="FFF3CD")
_AUTHOR = "Payung"
_DAY = "dd-mm-yyyy"

Marks = Mapping[int, Sequence[tuple[str, str]]]


class UnreadableOriginalError(ValueError):
    """The file that should be marked cannot be read itself. `code` is the problem's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def mark_workbook(
    original: bytes,
    marks: Marks,
    column_map: ColumnMap,
    *,
    choices: Choices = NO_CHOICES,
    reason_heading: str = REASON_HEADING,
) -> bytes:
    """Give the list back as an XLSX with its faults shown.

    `marks` says for each row number the fields and sentences; a field without a column stands among the reasons only.
    """
    table = read_rows(original, name="", choices=choices)
    if table.is_refused:
        raise UnreadableOriginalError(table.problems[0].code)
    book = _opened(original, table) or _rebuilt(table)
    page = book[table.sheet] if table.sheet in book.sheetnames else book.worksheets[0]
    _keep_unreadable_cells(page, table)
    _keep_niks_text(page, column_map)
    _mark(page, marks, column_map, _reason_column(page, table, column_map, reason_heading), reason_heading)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _reason_column(page: Worksheet, table: Table, column_map: ColumnMap, heading: str) -> int:
    """Say where the reasons go (from 1): where an earlier round has them, or behind all cells, merged ones too."""
    folded = fold_heading(heading)
    for each in column_map.columns:
        if fold_heading(each.heading) == folded:
            return each.index + 1
    merged = (each.max_col for each in page.merged_cells.ranges if each.max_col <= _FARTHEST)
    return max(table.width, *merged, 0) + 1


def _opened(original: bytes, table: Table) -> Workbook | None:
    """Open the sender's own workbook, its formulas replaced by their results; None where openpyxl cannot."""
    if table.format != "xlsx":
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # parts that openpyxl drops: they are not the list
            return openpyxl.load_workbook(io.BytesIO(original), data_only=True)
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError):
        return None


def _rebuilt(table: Table) -> Workbook:
    """Make a plain workbook of the rows, each on its own number."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Daftar"
    for row in table.rows:
        for place, value in enumerate(row.values, start=1):
            if value is not None:
                _put(page.cell(row.number, place), value)
    return book


def _put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value with its own kind; a text never becomes a formula, a number or an error."""
    if isinstance(value, list):
        _put_kind(cell, *value)
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value


def _put_kind(cell: Cell | MergedCell, kind: str, text: str) -> None:
    if kind == "date":
        cell.value = datetime.fromisoformat(text)
        cell.number_format = _DAY
    elif kind in ("error", "formula"):
        cell.value = text if text.startswith("#") else "#VALUE!"
        cell.data_type = "e"
    else:
        _put(cell, text)


def _keep_unreadable_cells(page: Worksheet, table: Table) -> None:
    """A formula without a result would come back as an empty cell: it stays a cell that cannot be read."""
    for row in table.rows:
        for place, value in enumerate(row.values, start=1):
            if isinstance(value, list) and value[0] == "formula":
                _put(page.cell(row.number, place), value)


def _keep_niks_text(page: Worksheet, column_map: ColumnMap) -> None:
    """Make the column of NIKs text, so that what the sender types there next stays as it is typed."""
    column = column_map.column_of("nik")
    if column is not None:
        for number in range(column_map.first_row, column_map.last_row + 1):
            page.cell(number, column + 1).number_format = "@"


def _mark(page: Worksheet, marks: Marks, column_map: ColumnMap, reasons: int, heading: str) -> None:
    for number in range(column_map.first_row, column_map.last_row + 1):
        if page.cell(number, reasons).value is not None:
            page.cell(number, reasons).value = None  # reasons of an earlier round
    head = page.cell(column_map.header_rows[-1] if column_map.header_rows else 1, reasons)
    head.value, head.font, head.fill = heading, Font(bold=True), _REASON
    page.column_dimensions[get_column_letter(reasons)].width = _REASON_WIDTH
    for number, found in marks.items():
        _mark_row(page, number, found, column_map, reasons)


def _mark_row(
    page: Worksheet, number: int, found: Sequence[tuple[str, str]], column_map: ColumnMap, reasons: int
) -> None:
    for field, text in found:
        column = column_map.column_of(field)
        if column is None:
            continue
        cell = page.cell(number, column + 1)
        cell.fill = _FAULT
        if isinstance(cell, Cell):
            said = f"{cell.comment.text}\n" if cell.comment else ""
            cell.comment = Comment(said + text, _AUTHOR, width=320, height=120)
    reason = page.cell(number, reasons)
    _put(reason, "\n".join(text for _, text in found))
    reason.fill = _REASON
    reason.alignment = Alignment(wrap_text=True, vertical="top")
