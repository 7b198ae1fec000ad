"""Real binary workbooks: XLS (BIFF8, written by xlwt) and XLSB (BIFF12, written here record by record)."""

import io
import struct
from collections.abc import Sequence

import xlwt

from tests.bad_input.grids import Grid, Num
from tests.bad_input.zips import zipped

_MAIN = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_MAIN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)
_RELATIONS = (
    _HEAD + '<Relationships xmlns="' + _MAIN + '/package/2006/relationships"><Relationship Id="rId1" '
    'Type="' + _MAIN + '/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
# Records of MS-XLSB that a sheet of texts and numbers needs.
_ROW, _REAL, _STRING = 0, 5, 6
_BEGIN_SHEET, _END_SHEET, _BEGIN_DATA, _END_DATA, _DIMENSION = 129, 130, 145, 146, 148
_BEGIN_BOOK, _END_BOOK, _BEGIN_BUNDLE, _END_BUNDLE, _BUNDLE_SHEET = 131, 132, 143, 144, 156


def xls(grid: Grid, *, sheet: str = "Daftar", hidden: Sequence[int] = (), hidden_columns: Sequence[int] = ()) -> bytes:
    """Write a grid of texts and numbers as Excel 97-2003 does. `hidden` are row numbers, columns are places from 0.

    Where any are hidden, a hidden sheet with other hidden rows stands before the list.
    """
    book = xlwt.Workbook(encoding="utf-8")
    if hidden or hidden_columns:
        settings = book.add_sheet("Pengaturan")
        settings.visibility = 1
        settings.row(1).hidden = True
        settings.write(0, 0, "desa")
    page = book.add_sheet(sheet)
    book.set_active_sheet(len(book._Workbook__worksheets) - 1)
    for number in hidden:
        page.row(number - 1).hidden = True
    for place in hidden_columns:
        page.col(place).hidden = True
    for number, row in enumerate(grid.rows):
        for place, cell in enumerate(row):
            if cell is not None:
                page.write(number, place, float(cell.literal) if isinstance(cell, Num) else cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsb(
    grid: Grid, *, sheet: str = "Daftar", more: dict[str, bytes] | None = None, hidden: Sequence[int] = ()
) -> bytes:
    """Write a grid of texts and numbers as a binary workbook. `hidden` are row numbers."""
    bundle = struct.pack("<II", 0, 1) + _text("rId1") + _text(sheet)
    book = _records(
        (_BEGIN_BOOK, b""), (_BEGIN_BUNDLE, b""), (_BUNDLE_SHEET, bundle), (_END_BUNDLE, b""), (_END_BOOK, b"")
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin").encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin").encode(),
            "xl/worksheets/sheet1.bin": _sheet(grid.rows, hidden),
            **(more or {}),
        }
    )


def _sheet(rows: Sequence[Sequence[object]], hidden: Sequence[int]) -> bytes:
    width = max(map(len, rows))
    records = [
        (_BEGIN_SHEET, b""),
        (_DIMENSION, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)),
        (_BEGIN_DATA, b""),
    ]
    for number, row in enumerate(rows):
        records.append((_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if number + 1 in hidden else 0, 0, 0)))
        for place, cell in enumerate(row):
            at = struct.pack("<II", place, 0)
            if isinstance(cell, Num):
                records.append((_REAL, at + struct.pack("<d", float(cell.literal))))
            elif cell is not None:
                records.append((_STRING, at + _text(str(cell))))
    return _records(*records, (_END_DATA, b""), (_END_SHEET, b""))


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(_number(kind) + _length(len(content)) + content for kind, content in records)


def _number(kind: int) -> bytes:
    """A record's number: one byte below 128, else two."""
    return bytes([kind]) if kind < 0x80 else bytes([(kind & 0x7F) | 0x80, kind >> 7])


def _length(count: int) -> bytes:
    out = b""
    while True:
        count, part = count >> 7, count & 0x7F
        out += bytes([part | 0x80 if count else part])
        if not count:
            return out


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded
