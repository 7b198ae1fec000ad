"""Workbooks (XLSX, XLSB, XLS, ODS) through calamine, with what calamine does not tell. Runs in the reading process.

calamine gives an error cell and a formula that was never calculated as an empty text; for XLSX both are looked up in
the sheet's own XML, and hidden rows with them.
"""

import datetime
import io
import math
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import python_calamine

from payung.tabular.refusal import RefusedError

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')
_FORMATS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}


def read_workbook(content: bytes, *, limits: dict[str, Any], sheet: str = "") -> dict[str, Any]:
    """Read one sheet: the one asked for, or the first visible one that has rows."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names, chosen, rows = _choose(workbook, sheet, limits)
    except python_calamine.PasswordError:
        raise RefusedError("file:password") from None
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        raise RefusedError("file:damaged") from None
    file_format = _format_of(content)
    notes = _told_of_sheets(workbook, chosen, names)
    if file_format == "xlsx":
        notes += _look_into_xml(content, chosen, rows)
    return {
        "format": file_format,
        "sheet": chosen,
        "other_sheets": [name for name in names if name != chosen],
        "rows": _without_empty(rows),
        "problems": [],
        "notes": notes,
    }


def _choose(
    workbook: python_calamine.CalamineWorkbook, wanted: str, limits: dict[str, Any]
) -> tuple[list[str], str, list[list[Any]]]:
    """Read the sheet wanted; tell which visible sheets have rows."""
    visible = [
        each.name
        for each in workbook.sheets_metadata
        if each.visible == python_calamine.SheetVisibleEnum.Visible
        and each.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if wanted and wanted not in visible:
        raise RefusedError("file:no-such-sheet", sheet=wanted)
    chosen, rows, filled = "", [], []
    for name in visible:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        filled.append(name)
        if not chosen and name == (wanted or name):
            if sheet.width > limits["columns"] * 4:
                raise RefusedError("file:too-many-columns", limit=limits["columns"])
            chosen, rows = name, _plain_rows(sheet, limits["rows"])
    if not chosen:
        raise RefusedError("file:no-rows")
    return filled, chosen, rows


def _plain_rows(sheet: python_calamine.CalamineSheet, limit: int) -> list[list[Any]]:
    """All rows from the sheet's first on, so that a row's place is its number less one.

    calamine's `iter_rows` begins with the sheet's first row, but with the first column that is filled.
    """
    rows: list[list[Any]] = []
    left = [None] * (sheet.start or (0, 0))[1]
    filled = 0
    for cells in sheet.iter_rows():
        values = left + [cell if type(cell) is str and cell else _plain(cell) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        filled += bool(values)
        if filled > limit:
            raise RefusedError("file:too-many-rows", limit=limit)
        rows.append(values)
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


def _told_of_sheets(workbook: python_calamine.CalamineWorkbook, chosen: str, filled: list[str]) -> list[dict[str, Any]]:
    notes = []
    others = [name for name in filled if name != chosen]
    if others:
        notes.append({"code": "note:several-sheets", "params": {"sheet": chosen, "others": others}})
    hidden = [
        each.name for each in workbook.sheets_metadata if each.visible != python_calamine.SheetVisibleEnum.Visible
    ]
    if hidden:
        notes.append({"code": "note:hidden-sheets", "params": {"sheets": hidden}})
    return notes


def _look_into_xml(content: bytes, sheet: str, rows: list[list[Any]]) -> list[dict[str, Any]]:
    """Put error cells and formulas without a value into the rows; tell of hidden rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of(archive, sheet)
        xml = archive.read(part) if part else b""
    if b't="e"' in xml or b"<f" in xml or b":f" in xml:
        for attributes, inside in _CELL.findall(xml):
            _mark(attributes, inside, rows)
    hidden = len(_HIDDEN_ROW.findall(xml))
    return [{"code": "note:hidden-rows", "params": {"count": hidden}}] if hidden else []


def _mark(attributes: bytes, inside: bytes, rows: list[list[Any]]) -> None:
    is_error = b't="e"' in attributes
    if not is_error and not (b"<f" in inside or b":f" in inside):
        return
    value = _VALUE.search(inside)
    if value and not is_error:
        return
    place = _REFERENCE.search(attributes)
    if place is None or (not is_error and b't="str"' in attributes):
        return  # a formula whose result is an empty text was calculated
    row, column = int(place[2]) - 1, _column(place[1])
    if row > len(rows) + 10_000 or column > 1024:
        return
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = (
        ["error", value[1].decode("ascii", "replace") if value else "#ERR"] if is_error else ["formula", ""]
    )


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Which XML inside the workbook holds the sheet of this name; empty where the workbook does not say."""
    try:
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - DTDs were refused before
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ""
    wanted = [
        each.get(_RELATION) for each in workbook.iter() if each.tag.endswith("}sheet") and each.get("name") == sheet
    ]
    for relation in relations:
        if wanted and relation.get("Id") == wanted[0]:
            target = relation.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else ""
    return ""
