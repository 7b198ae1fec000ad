"""What a hostile file costs: its reader never takes more than 512 MB and 20 seconds, and the next file is read.

Each is measured from a small process between (`cost_of`), for a child begins with its parent's peak.
"""

import io
import zipfile
from collections.abc import Callable

import msoffcrypto.format.ooxml
import pytest
import xlwt

from payung.tabular.reading import read_rows
from tests.bad_input.binary_workbooks import xls, xlsb
from tests.bad_input.grids import ods, xlsx
from tests.bad_input.people import SARI, TINI, list_of
from tests.bad_input.test_container import LIMITS, cost_of
from tests.bad_input.zips import parts_of, with_parts, zipped

LIST = list_of(SARI, TINI)
SHEET = "xl/worksheets/sheet1.xml"
NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEGABYTE = 1 << 20
SHOWS_IT, ENTITY = '<c r="A1" t="s"><v>0</v></c>', '<c r="A1"><v>&j;</v></c>'


def in_sheet(data: str) -> bytes:
    """A workbook whose sheet holds this XML instead of rows."""
    return zipped(parts_of(xlsx(LIST)) | {SHEET: f"<worksheet {NAMES}>{data}</worksheet>".encode()})


def row_of(cells: str) -> str:
    return f'<sheetData><row r="1">{cells}</row></sheetData>'


def claims_every_cell() -> bytes:
    """Seventeen thousand million cells in its dimension, two of them filled: the corners."""
    corner = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>NIK</t></is></c></row>'
    return in_sheet(f'<dimension ref="A1:XFD1048576"/><sheetData>{first}{corner}</sheetData>')


def far_within_the_columns() -> bytes:
    """The last row there is, in a column that lists may have: a thousand million cells to make room for."""
    corner = '<row r="1048576"><c r="AMJ1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>NIK</t></is></c></row>'
    return in_sheet(f'<dimension ref="A1:AMJ1048576"/><sheetData>{first}{corner}</sheetData>')


def claims_only() -> bytes:
    """A dimension that lies: what counts are the cells that stand there."""
    return with_parts(xlsx(LIST), {SHEET: ("<sheetData", '<dimension ref="A1:XFD1048576"/><sheetData', 1)})


def one_text_of_megabytes() -> bytes:
    """One shared text of 90 MB in a file of 1 MB, and a cell that shows it."""
    texts = f"<sst {NAMES}><si><t>{_noise(MEGABYTE) * 90}</t></si></sst>"
    sheet = f"<worksheet {NAMES}>{row_of(SHOWS_IT)}</worksheet>"
    return zipped(parts_of(xlsx(LIST)) | {"xl/sharedStrings.xml": texts.encode(), SHEET: sheet.encode()})


def one_text_shown_everywhere() -> bytes:
    """A text of a megabyte that two thousand cells show: a reader that copies it holds two gigabytes."""
    sst = f"<sst {NAMES}><si><t>{_noise(MEGABYTE)}</t></si></sst>"
    rows = "".join(f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(1, 2_001))
    relation = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts = parts_of(xlsx(LIST))
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())
    sheet = f"<worksheet {NAMES}><sheetData>{rows}</sheetData></worksheet>"
    return zipped(parts | {"xl/sharedStrings.xml": sst.encode(), SHEET: sheet.encode()})


def nested_deeply() -> bytes:
    """A quarter of a million elements, each inside the one before."""
    return in_sheet(row_of("<a>" * 250_000 + "</a>" * 250_000))


def entities_behind_much_else() -> bytes:
    """A billion laughs behind a megabyte of blanks, where a reader of beginnings does not look."""
    laughs = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    doc = f'<?xml version="1.0"?>{" " * (MEGABYTE + 10)}<!DOCTYPE x [<!ENTITY a "ha">{laughs}]>'
    body = f"<worksheet {NAMES}>{row_of(ENTITY)}</worksheet>"
    return zipped(parts_of(xlsx(LIST)) | {SHEET: (doc + body).encode()}, zipfile.ZIP_STORED)


def ods_of_repeated_cells() -> bytes:
    """An OpenDocument sheet in which one filled cell stands a million times in each of a thousand rows."""
    old = "</table:table>"
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    return with_parts(ods(LIST), {"content.xml": (old, row, 1)})


def ods_of_nested_tables() -> bytes:
    return with_parts(ods(LIST), {"content.xml": ("</table:table>", "<table:table>" * 50_000 + "</table:table>", 1)})


def xls_of_every_row() -> bytes:
    """An old workbook with a cell in its last row and last column, and one in the first."""
    book = xlwt.Workbook()
    page = book.add_sheet("Daftar")
    page.write(0, 0, "NIK")
    page.write(65_535, 255, "x")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls_with_its_lengths_broken() -> bytes:
    """Each two bytes of the stream's middle set to the greatest length there is."""
    content = bytearray(xls(LIST))
    for at in range(1_024, len(content) - 2, 64):
        content[at : at + 2] = b"\xff\xff"
    return bytes(content)


def xlsb_that_claims_every_cell() -> bytes:
    """BrtWsDim of the whole sheet, and a row header of its last row."""
    parts = parts_of(xlsb(LIST))
    name = next(each for each in parts if each.startswith("xl/worksheets/") and each.endswith(".bin"))
    whole = (0).to_bytes(4, "little") + (1_048_575).to_bytes(4, "little") + bytes(4) + (16_383).to_bytes(4, "little")
    body = parts[name]
    record = b"\x94\x01\x10"
    at = body.find(record)
    dimension = record + whole
    parts[name] = body[:at] + dimension + body[at + len(dimension) :] if at >= 0 else body[:3] + dimension + body[3:]
    return zipped(parts)


def csv_of_one_line() -> bytes:
    return b"NIK;Nama;" * 2_000_000


def csv_of_one_cell() -> bytes:
    return b'NIK;Nama\n"' + b"x" * (20 * MEGABYTE) + b'";y\n'


def csv_of_line_ends() -> bytes:
    return b"NIK;Nama\n" + b"\n" * (4 * MEGABYTE)


def csv_of_quotes() -> bytes:
    return b"NIK;Nama\n" + b'"a";' * (5 * MEGABYTE)


def csv_of_many_short_rows() -> bytes:
    return b"NIK;Nama\n" + b"1;2\n" * (6 * MEGABYTE)


def page_of_spans() -> bytes:
    """A web page whose cells span a thousand columns and rows each."""
    cell = b'<td colspan="1000" rowspan="65534">x</td>'
    return b"<html><table>" + (b"<tr>" + cell * 50 + b"</tr>") * 100 + b"</table></html>"


def page_of_nested_tables() -> bytes:
    return b"<html>" + b"<table><tr><td>" * 200_000


def locked() -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx(LIST))).encrypt("rahasia", out)
    return out.getvalue()


def bomb_of_two_hundred_megabytes() -> bytes:
    """As much as may be unpacked, in a sheet of blanks: it passes the sizes, and must pass within the limits."""
    blanks = _noise(2 * MEGABYTE).encode() * 60
    return zipped(parts_of(xlsx(LIST)) | {"xl/media/image1.bin": blanks, SHEET: b"<worksheet>" + b" " * MEGABYTE})


def bomb_in_a_bomb() -> bytes:
    inner = zipped({"a": bytes(30 * MEGABYTE)})
    return zipped(parts_of(xlsx(LIST)) | {f"xl/media/{number}.zip": inner for number in range(100)})


def _noise(length: int) -> str:
    """A text that packs a hundred times at most, so that it is no bomb by its ratio."""
    word = "".join(chr(97 + (number * number) % 26) for number in range(997))
    return (word * (length // len(word) + 1))[:length]


HOSTILE: tuple[Callable[[], bytes], ...] = (
    *(claims_every_cell, far_within_the_columns, claims_only, one_text_of_megabytes, one_text_shown_everywhere),
    *(nested_deeply, entities_behind_much_else, ods_of_repeated_cells, ods_of_nested_tables, xls_of_every_row),
    *(xls_with_its_lengths_broken, xlsb_that_claims_every_cell, csv_of_one_line, csv_of_one_cell, csv_of_line_ends),
    *(csv_of_quotes, csv_of_many_short_rows, page_of_spans, page_of_nested_tables, locked),
    *(bomb_of_two_hundred_megabytes, bomb_in_a_bomb),
)
READ = {"claims_only"}  # what only claims to be large is read; every other is refused, with a reason


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_costs_no_more_than_its_limits_and_gets_an_answer(make: Callable[[], bytes]):
    content = make()
    assert len(content) <= LIMITS.file_bytes, "it would be refused for its size before it is opened"
    seconds, memory = cost_of(content)
    assert seconds <= LIMITS.cpu_seconds + 1
    assert memory <= LIMITS.memory_bytes
    table = read_rows(content, name="daftar.xlsx")
    assert table.is_refused or table.rows
    assert all(problem.code.startswith("file:") for problem in table.problems)
    if make.__name__ in READ:
        assert len(table.rows) == 3


def test_after_all_of_them_the_next_list_is_read():
    for make in (claims_every_cell, csv_of_one_cell, locked):
        read_rows(make(), name="x")
    assert len(read_rows(xlsx(LIST), name="daftar.xlsx").rows) == 3
