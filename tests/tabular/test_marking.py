"""A marked list shows its faults and reads as the original did."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from payung.tabular.columns import RawRow, apply_column_map, propose_column_map
from payung.tabular.marking import REASON_HEADING, UnreadableOriginalError, mark_workbook
from payung.tabular.reading import read_rows
from tests.tabular.conftest import HEADINGS, SARI, TINI

LISTS = Path(__file__).parents[1] / "data" / "lists"


def people(content: bytes) -> list[RawRow]:
    table = read_rows(content, name="x")
    return apply_column_map(table, propose_column_map(table))


def marked(content: bytes, marks: dict[int, list[tuple[str, str]]]) -> bytes:
    return mark_workbook(content, marks, propose_column_map(read_rows(content, name="x")))


@pytest.mark.parametrize("name", ["usulan-pt-maju.xlsx", "daftar-cv-sejahtera.csv"])
def test_a_marked_list_reads_as_its_original(name: str) -> None:
    original = (LISTS / name).read_bytes()
    marks = {
        44: [("nik", "NIK diketik sebagai angka."), ("village", "Jumlah desa tidak cocok.")],
        70: [("birth_date", "x")],
    }
    once = marked(original, marks)
    assert people(once) == people(original)
    twice = marked(once, {45: [("name", "Nama kosong.")]})
    assert people(twice) == people(original)
    proposed = propose_column_map(read_rows(twice, name="x"))
    assert proposed.unknown.count(REASON_HEADING) == 1
    page = openpyxl.load_workbook(io.BytesIO(twice)).worksheets[0]
    reasons = [cell.value for cell in page[44]]
    assert "NIK diketik sebagai angka.\nJumlah desa tidak cocok." not in reasons


def test_faulty_cells_are_coloured_commented_and_explained(workbook: Callable[..., bytes]) -> None:
    content = marked(workbook(HEADINGS, SARI, TINI), {3: [("nik", "NIK terdiri dari 15 angka."), ("kk", "KK hilang.")]})
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert page["C3"].comment.text == "NIK terdiri dari 15 angka."
    assert page["C3"].fill.fgColor.rgb.endswith("FFD9D9")
    assert page["C2"].comment is None
    assert page["H1"].value == REASON_HEADING
    assert page["H3"].value == "NIK terdiri dari 15 angka.\nKK hilang."
    assert page["C3"].number_format == "@"


def test_reasons_stand_behind_merged_cells() -> None:
    book = openpyxl.Workbook()
    book.active.append(("NIK", "Nama"))
    book.active.append(("3324156501900001", "Sari"))
    book.active.merge_cells("B1:D1")
    book.active.merge_cells("B2:D2")
    out = io.BytesIO()
    book.save(out)
    content = marked(out.getvalue(), {2: [("nik", "x")]})
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["E2"].value == "x"
    assert people(content) == people(out.getvalue())


def test_place_and_date_in_one_column_are_marked_there(workbook: Callable[..., bytes]) -> None:
    original = workbook(("NIK", "Nama", "Tempat, Tgl Lahir"), ("3324156501900001", "Sari", "Kendal, besok"))
    page = openpyxl.load_workbook(io.BytesIO(marked(original, {2: [("birth_date", "Tidak terbaca.")]}))).worksheets[0]
    assert page["C2"].comment.text == "Tidak terbaca."


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+62811", "-2+3", "@SUM(A1)", "\tx", "#N/A", "0012"])
@pytest.mark.parametrize("as_csv", [False, True])
def test_no_text_ever_becomes_a_formula(text: str, as_csv: bool) -> None:
    if as_csv:
        original = f'NIK;Nama;Alamat\n3324156501900001;Sari;"{text}"\n'.encode()
    else:
        book = openpyxl.Workbook()
        book.active.append(("NIK", "Nama", "Alamat"))
        book.active.append(("3324156501900001", "Sari"))
        book.active["C2"].value = text
        book.active["C2"].data_type = "s"
        out = io.BytesIO()
        book.save(out)
        original = out.getvalue()
    content = marked(original, {2: [("address", text)]})
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert people(content) == people(original)


def test_a_formula_without_a_result_stays_a_cell_that_cannot_be_read(workbook: Callable[..., bytes]) -> None:
    original = workbook(HEADINGS, (1, "=B9", "3324156501900001", date(1990, 1, 25)), TINI)
    content = marked(original, {2: [("name", "Belum dihitung.")]})
    assert read_rows(content, name="x").rows[1].values[1] == ["error", "#VALUE!"]
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}


def test_a_file_that_cannot_be_read_cannot_be_marked() -> None:
    with pytest.raises(UnreadableOriginalError) as caught:
        mark_workbook(b"%PDF-1.7", {}, propose_column_map(read_rows(b"NIK;Nama\n1;2", name="x")))
    assert caught.value.code == "file:pdf"
