"""Hidden rows and columns of XLS and XLSB are seen; what is cut off or foreign ends the look, and raises nothing."""

import io
import struct
import zipfile

import pytest

from payung.tabular.binary_rows import Hidden, _one_sheet, hidden_in_xls, hidden_in_xlsb
from payung.tabular.reading import read_rows
from tests.bad_input.binary_workbooks import xls, xlsb
from tests.bad_input.grids import ods
from tests.bad_input.people import BUDI, SARI, TINI, list_of

THREE = list_of(SARI, TINI, BUDI)


def in_xlsb(content: bytes, sheet: str = "Daftar") -> Hidden:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return hidden_in_xlsb(archive, sheet)


def test_rows_and_columns_hidden_in_the_sheet_that_is_read() -> None:
    content = xls(THREE, hidden=[2, 4], hidden_columns=[1, 5])
    assert hidden_in_xls(content, 1) == Hidden([2, 4], [1, 5])
    assert hidden_in_xls(content, 0) == Hidden([2], []), "the settings before it have their own"
    assert in_xlsb(xlsb(THREE, hidden=[3])) == Hidden([3], [])


def test_nothing_is_hidden_where_nothing_is() -> None:
    assert hidden_in_xls(xls(THREE), 0) == Hidden()
    assert in_xlsb(xlsb(THREE)) == Hidden()
    assert in_xlsb(xlsb(THREE, hidden=[3]), "Lain") == Hidden(), "another sheet's rows are not this one's"


@pytest.mark.parametrize("content", [xls(THREE, hidden=[3]), xlsb(THREE, hidden=[3])], ids=["xls", "xlsb"])
def test_a_list_with_a_hidden_row_says_so(content: bytes) -> None:
    assert "note:hidden-rows" in {note.code for note in read_rows(content, name="daftar").notes}


def test_a_chart_within_a_sheet_is_passed_over() -> None:
    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    row = struct.pack("<HHHHHHHH", 6, 0, 1, 0, 0, 0, 0x20, 0)
    start, end = record(0x0809), record(0x000A)
    stream = start + record(0x0208, row) + start + record(0x0208, row) + end + record(0x0208, row) + end + b"after"
    assert sum(kind == 0x0208 for kind, _ in _one_sheet(stream, 0)) == 2


@pytest.mark.parametrize("keep", [0, 1, 511, 512, 700, 1536, 2047, 4000])
def test_what_is_cut_off_raises_nothing(keep: int) -> None:
    assert hidden_in_xls(xls(THREE, hidden=[3])[:keep], 1) == Hidden()


def test_records_that_end_too_soon_end_the_look() -> None:
    for cut in (b"", b"\x80", b"\x9c\x01", b"\x9c\x01\xff\xff\xff\x7f", b"\x9c\x01\x05\0\0"):
        book = io.BytesIO()
        with zipfile.ZipFile(book, "w") as archive:
            archive.writestr("xl/workbook.bin", cut)
        assert in_xlsb(book.getvalue()) == Hidden()


def test_a_workbook_at_which_calamine_panics_is_damaged() -> None:
    table = read_rows(xls(THREE)[:4_112], name="daftar.xls")
    assert [problem.code for problem in table.problems] == ["file:damaged"]


def test_an_ods_whose_kind_is_damaged_is_damaged() -> None:
    whole = ods(THREE)
    at = whole.index(b"mimetype") + len("mimetype")
    table = read_rows(whole[:at] + bytes(8) + whole[at + 8 :], name="daftar.ods")
    assert [problem.code for problem in table.problems] == ["file:damaged"]
