"""What the program writes opens as it was meant: NIKs as text, no formula, no link."""

import io
from datetime import date

import openpyxl
import pytest

from payung.tabular.columns import propose_column_map
from payung.tabular.reading import read_rows
from payung.tabular.writing import ListColumn, write_workbook

COLUMNS = (ListColumn("NIK"), ListColumn("Nama"), ListColumn("Tgl Lahir", "date"), ListColumn("Penghasilan", "rupiah"))
ROW = ("3324156501900001", "Sari Wulandari", date(1990, 1, 25), 1_000_000)


def page_of(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_values_keep_their_kinds() -> None:
    page = page_of(write_workbook(COLUMNS, [ROW, ("", None, None, 0)]))
    assert [cell.value for cell in page[1]] == ["NIK", "Nama", "Tgl Lahir", "Penghasilan"]
    assert page["A2"].value == "3324156501900001"
    assert page["A2"].data_type == "s"
    assert page["C2"].value.date() == date(1990, 1, 25)
    assert page["D2"].value == 1_000_000
    assert page["D3"].value == 0
    assert page["A3"].value is None


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-2", "@SUM(A1)", "http://payung.example", "{=A1}", "0012"])
def test_a_text_is_written_as_text(text: str) -> None:
    page = page_of(write_workbook([ListColumn("Nama")], [(text,)]))
    assert (page["A2"].value, page["A2"].data_type) == (text, "s")
    assert page["A2"].hyperlink is None


def test_what_is_written_can_be_read_back_as_a_list() -> None:
    table = read_rows(write_workbook(COLUMNS, [ROW], title=("PT Maju", "Daftar pekerja")), name="x")
    proposed = propose_column_map(table)
    assert proposed.fields == {"nik": 0, "name": 1, "birth_date": 2, "income": 3}
    assert (proposed.first_row, proposed.last_row) == (5, 5)


def test_rows_may_come_one_by_one() -> None:
    table = read_rows(
        write_workbook([ListColumn("NIK"), ListColumn("Nama")], ((str(n), "Sari") for n in range(3000))), name="x"
    )
    assert len(table.rows) == 3001


def test_a_text_too_long_for_a_cell_is_cut_and_not_lost() -> None:
    assert len(page_of(write_workbook([ListColumn("Nama")], [("a" * 40_000,)]))["A2"].value) == 32_767
