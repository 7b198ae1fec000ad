"""Workbooks (XLSX, XLSB, XLS, ODS) through calamine, with what calamine does not tell. Runs in the reading process.

What calamine is silent on is looked up in the file itself: `sheet_xml.py` for XLSX, `ods_xml.py` for ODS,
`binary_rows.py` for XLS and XLSB.
"""

import datetime
import io
import math
import zipfile
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import python_calamine

from payung.tabular import ods_xml, sheet_xml
from payung.tabular.binary_rows import Hidden, hidden_in_xls, hidden_in_xlsb
from payung.tabular.refusal import RefusedError
from payung.tabular.workbook_parts import part, part_of, told_of_parts

_FORMATS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}


_TOP_ROWS = 40  # of a sheet that is not read: enough to tell whether it is a list


@dataclass
class _Seen:
    """What the second look found. Rows are numbers of the file, columns places from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)


def read_workbook(content: bytes, *, limits: dict[str, Any], choices: dict[str, str] | None = None) -> dict[str, Any]:
    """Read one sheet: the one chosen, or the first visible one that has rows."""
    choices = choices or {}
    file_format = _format_of(content)
    if file_format == "xlsx":
        _refuse_far_cells(content, limits)
    try:
        with _PanicIsDamage():
            workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            chosen, rows, others = _choose(workbook, choices.get("sheet", ""), limits)
    except python_calamine.PasswordError:
        raise RefusedError("file:password") from None
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        raise RefusedError("file:damaged") from None
    seen = _look_again(content, file_format, chosen, rows, place=workbook.sheet_names.index(chosen))
    kept = _without_empty(rows)
    hidden = _told_of_hidden(kept, seen)
    if choices.get("hidden") == "without":
        kept = _without_hidden(kept, seen)
    return {
        "format": file_format,
        "sheet": chosen,
        "other_sheets": [each["name"] for each in others],
        "rows": kept,
        "problems": [],
        "notes": [*_told_of_sheets(workbook, chosen, others), *hidden, *seen.notes],
        "others": others,
        "merges": seen.merges,
    }


class _PanicIsDamage:
    """calamine's Rust panics at some damaged files, by a class that no module gives a name to catch it by."""

    def __enter__(self) -> None:
        """Nothing is made ready."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Refuse the file where it was a panic; let every other error through."""
        if kind is not None and kind.__name__ == "PanicException":
            raise RefusedError("file:damaged") from error


def _refuse_far_cells(content: bytes, limits: dict[str, Any]) -> None:
    """Refuse before calamine makes room for the whole sheet up to its farthest cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
            if is_sheet and sheet_xml.has_cell_beyond(archive.read(name), limits["columns"] * 4):
                raise RefusedError("file:too-many-columns", limit=limits["columns"])


def _choose(
    workbook: python_calamine.CalamineWorkbook, wanted: str, limits: dict[str, Any]
) -> tuple[str, list[list[Any]], list[dict[str, Any]]]:
    """Read the sheet wanted, and of the other visible sheets with rows the first few."""
    visible = [
        each.name
        for each in workbook.sheets_metadata
        if each.visible == python_calamine.SheetVisibleEnum.Visible
        and each.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if wanted and wanted not in visible:
        raise RefusedError("file:no-such-sheet", sheet=wanted)
    chosen, rows, others = "", [], []
    for name in visible:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if not chosen and name == (wanted or name):
            if sheet.width > limits["columns"] * 4:
                raise RefusedError("file:too-many-columns", limit=limits["columns"])
            chosen, rows = name, _plain_rows(sheet, limits["rows"])
        else:
            others.append({"name": name, "top": _top_of(sheet, limits)})
    if not chosen:
        raise RefusedError("file:no-rows")
    return chosen, rows, others


def _top_of(sheet: python_calamine.CalamineSheet, limits: dict[str, Any]) -> list[tuple[int, list[Any]]]:
    if sheet.width > limits["columns"]:
        return []
    return _without_empty(_plain_rows(sheet, limits["rows"], most=_TOP_ROWS))


def _plain_rows(sheet: python_calamine.CalamineSheet, limit: int, *, most: int | None = None) -> list[list[Any]]:
    """All rows (or the first `most`) from the sheet's first on, so that a row's place is its number less one.

    calamine's `iter_rows` begins with the sheet's first row, but with the first column that is filled.
    """
    rows: list[list[Any]] = []
    left = [None] * (sheet.start or (0, 0))[1]
    filled = 0
    for cells in sheet.iter_rows():
        if cells.count("") == len(cells):  # a million blank rows must cost little
            rows.append([])
            if len(rows) == most:
                break
            continue
        values = left + [cell if type(cell) is str and cell else _plain(cell) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        filled += bool(values)
        if filled > limit:
            raise RefusedError("file:too-many-rows", limit=limit)
        rows.append(values)
        if len(rows) == most:
            break
    return rows


def _plain(cell: Any) -> Any:
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ["error", "#NUM!"]
        return int(cell) if cell.is_integer() and abs(cell) < 1e18 else cell
    if isinstance(cell, datetime.datetime | datetime.date):
        return ["date", cell.isoformat()]
    if isinstance(cell, datetime.time | datetime.timedelta):
        return ["time", str(cell)]
    return cell


def _without_empty(rows: list[list[Any]]) -> list[tuple[int, list[Any]]]:
    kept = []
    for number, values in enumerate(rows, start=1):
        while values and values[-1] is None:
            values.pop()
        if any(value is not None and not (isinstance(value, str) and value.isspace()) for value in values):
            kept.append((number, values))
    return kept


def _format_of(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return "xls"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
    return next((name for part, name in _FORMATS.items() if part in names), "ods")


def _told_of_sheets(
    workbook: python_calamine.CalamineWorkbook, chosen: str, others: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    notes = []
    if others:
        names = [each["name"] for each in others]
        notes.append({"code": "note:several-sheets", "params": {"sheet": chosen, "others": names}})
    hidden = [
        each.name for each in workbook.sheets_metadata if each.visible != python_calamine.SheetVisibleEnum.Visible
    ]
    if hidden:
        notes.append({"code": "note:hidden-sheets", "params": {"sheets": hidden}})
    return notes


def _told_of_hidden(kept: list[tuple[int, list[Any]]], seen: _Seen) -> list[dict[str, Any]]:
    """Tell how many hidden rows and columns hold something."""
    hidden = set(seen.hidden_rows)
    rows = sum(number in hidden for number, _ in kept)
    columns = sum(
        any(place < len(values) and values[place] is not None for _, values in kept) for place in seen.hidden_columns
    )
    notes: list[dict[str, Any]] = []
    if rows:
        notes.append({"code": "note:hidden-rows", "params": {"count": rows}})
    if columns:
        notes.append({"code": "note:hidden-columns", "params": {"count": columns}})
    return notes


def _without_hidden(kept: list[tuple[int, list[Any]]], seen: _Seen) -> list[tuple[int, list[Any]]]:
    rows, columns = set(seen.hidden_rows), set(seen.hidden_columns)
    return [
        (number, [None if place in columns else value for place, value in enumerate(values)] if columns else values)
        for number, values in kept
        if number not in rows
    ]


def _look_again(content: bytes, file_format: str, sheet: str, rows: list[list[Any]], *, place: int) -> _Seen:
    """Look into the file itself; what cannot be read is put into the rows. `place` is the sheet's among all."""
    if file_format == "xls":
        return _seen(hidden_in_xls(content, place))
    if file_format == "xlsb":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _seen(hidden_in_xlsb(archive, sheet))
    if file_format == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look_into_xlsx(archive, sheet, rows)
    if file_format == "ods":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Seen(hidden_rows=ods_xml.hidden_rows(part(archive, "content.xml"), sheet))
    return _Seen()


def _seen(hidden: Hidden) -> _Seen:
    return _Seen(hidden_rows=hidden.rows, hidden_columns=hidden.columns)


def _look_into_xlsx(archive: zipfile.ZipFile, sheet: str, rows: list[list[Any]]) -> _Seen:
    name = part_of(archive, sheet)
    xml = archive.read(name) if name else b""
    notes = told_of_parts(archive)
    sheet_xml.mark_unreadable(xml, rows)
    sheet_xml.mark_disagreements(xml, part(archive, "xl/sharedStrings.xml"), rows)
    if crossed := sheet_xml.crossed_out_rows(xml, part(archive, "xl/styles.xml"), rows):
        notes.append({"code": "note:crossed-out", "params": {"rows": crossed}})
    return _Seen(
        hidden_rows=sheet_xml.hidden_rows(xml),
        hidden_columns=sheet_xml.hidden_columns(xml),
        merges=sheet_xml.merges_downwards(xml),
        notes=notes,
    )
