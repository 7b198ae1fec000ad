"""What calamine does not tell of binary workbooks (XLS, XLSB): their hidden rows and columns.

Runs in the reading process. Both formats are records, each with its kind and length; what is cut off ends the walk.
MS-XLS 2.4.221 (Row), 2.4.53 (ColInfo), 2.4.28 (BoundSheet8); MS-XLSB 2.4.740 (BrtRowHdr), 2.4.323 (BrtColInfo).
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

import olefile

from payung.tabular.workbook_parts import part

Record = tuple[int, bytes]
_STREAMS = ("Workbook", "Book")
_XLS_START, _XLS_END, _XLS_SHEET, _XLS_ROW, _XLS_COLUMN = 0x0809, 0x000A, 0x0085, 0x0208, 0x007D
_XLSB_ROW, _XLSB_COLUMN, _XLSB_SHEET = 0, 60, 156
_MOST_COLUMNS = 16_384


@dataclass
class Hidden:
    """Rows by their number in the sheet, columns by their place from 0."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


def hidden_in_xls(content: bytes, place: int) -> Hidden:
    """What is hidden in the sheet at this place among all sheets of the workbook."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            name = next((each for each in _STREAMS if file.exists(each)), "")
            stream = file.openstream(name).read() if name else b""
    except (OSError, ValueError, IndexError, struct.error):
        return Hidden()
    sheets = [body for kind, body in _globals(stream) if kind == _XLS_SHEET and len(body) > 4]
    hidden = Hidden()
    if place < len(sheets):
        for kind, body in _one_sheet(stream, int.from_bytes(sheets[place][:4], "little")):
            if kind == _XLS_ROW and len(body) >= 16 and body[12] & 0x20:
                hidden.rows.append(int.from_bytes(body[:2], "little") + 1)
            elif kind == _XLS_COLUMN and len(body) >= 10 and body[8] & 0x01:
                hidden.columns += _places(*struct.unpack_from("<HH", body))
    return hidden


def hidden_in_xlsb(archive: zipfile.ZipFile, sheet: str) -> Hidden:
    """What is hidden in the sheet of this name."""
    hidden = Hidden()
    for kind, body in _xlsb_records(part(archive, _xlsb_part(archive, sheet))):
        if kind == _XLSB_ROW and len(body) >= 12 and body[11] & 0x10:
            hidden.rows.append(int.from_bytes(body[:4], "little") + 1)
        elif kind == _XLSB_COLUMN and len(body) >= 18 and body[16] & 0x01:
            hidden.columns += _places(*struct.unpack_from("<II", body))
    return hidden


def _places(first: int, last: int) -> range:
    return range(first, min(last, _MOST_COLUMNS) + 1)


def _xls_records(stream: bytes, at: int) -> Iterator[Record]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(stream: bytes) -> Iterator[Record]:
    """The records before the first sheet."""
    for kind, body in _xls_records(stream, 0):
        if kind == _XLS_END:
            return
        yield kind, body


def _one_sheet(stream: bytes, at: int) -> Iterator[Record]:
    """The records of a sheet; a chart in it is a sheet within, and is passed over."""
    depth = 0
    for kind, body in _xls_records(stream, at):
        depth += (kind == _XLS_START) - (kind == _XLS_END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body


def _xlsb_part(archive: zipfile.ZipFile, sheet: str) -> str:
    wanted = ""
    for kind, body in _xlsb_records(part(archive, "xl/workbook.bin")):
        if kind == _XLSB_SHEET and len(body) > 12:
            relation, after = _wide_text(body, 8)
            if _wide_text(body, after)[0] == sheet:
                wanted = relation
    try:
        relations = ElementTree.fromstring(part(archive, "xl/_rels/workbook.bin.rels"))  # noqa: S314 - DTDs were refused
    except ElementTree.ParseError:
        return ""
    target = next((each.get("Target", "") for each in relations if wanted and each.get("Id") == wanted), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends."""
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _xlsb_records(content: bytes) -> Iterator[Record]:
    at = 0
    while at < len(content):
        kind, at = _number(content, at, most=2)
        length, at = _number(content, at, most=4)
        yield kind, content[at : at + length]
        at += length


def _number(content: bytes, at: int, *, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the least first, and where it ends."""
    value = 0
    for turn in range(most):
        byte = content[at] if at < len(content) else 0
        at += 1
        value |= (byte & 0x7F) << (7 * turn)
        if not byte & 0x80:
            break
    return value, at
