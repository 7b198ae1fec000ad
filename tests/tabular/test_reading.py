"""A file becomes rows, or a reason: never an exception, never silence."""

import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.tabular.child import read_content
from payung.tabular.reading import read_rows
from payung.tabular.refusal import RefusedError
from payung.tabular.table import Limits, cell_of
from tests.tabular.conftest import HEADINGS, SARI, TINI, replaced_in_zip, zip_of

LISTS = Path(__file__).parents[1] / "data" / "lists"
LIMITS = Limits().as_dict()
SHEET = "xl/worksheets/sheet1.xml"


def reason(content: bytes) -> str:
    table = read_rows(content, name="daftar.xlsx")
    assert not table.rows
    [problem] = table.problems
    return problem.code


def refusal(content: bytes, **limits: int) -> str:
    """The reason in this process: quicker where the limits of the child play no part."""
    with pytest.raises(RefusedError) as caught:
        read_content(content, limits=LIMITS | limits)
    return caught.value.code


def test_the_list_of_a_company_is_read_with_its_own_row_numbers() -> None:
    table = read_rows(LISTS / "usulan-pt-maju.xlsx", name="usulan.xlsx")
    assert table.format == "xlsx"
    assert table.sheet == "Daftar"
    by_number = {row.number: row.values for row in table.rows}
    assert by_number[8][1:3] == ["Vega Tarihoran", "3324121909813491"]
    assert by_number[258][1:3] == ["JUMLAH", 250]
    assert 4 not in by_number


def test_a_number_typed_as_a_number_stays_a_number(workbook: Callable[..., bytes]) -> None:
    table = read_rows(workbook(HEADINGS, (1, "Sari", 3324156501900001)), name="x")
    assert cell_of(table.rows[1].values[2]) == ("3324156501900001", "number")


def test_dates_truths_and_half_numbers_keep_their_kind(workbook: Callable[..., bytes]) -> None:
    table = read_rows(workbook(("a", "b", "c"), (date(1990, 3, 2), True, 2.5)), name="x")
    assert [cell_of(value) for value in table.rows[1].values] == [
        ("1990-03-02", "date"),
        ("TRUE", "bool"),
        ("2.5", "number"),
    ]


def test_an_error_cell_and_an_uncalculated_formula_are_recognised(workbook: Callable[..., bytes]) -> None:
    content = workbook(HEADINGS, (1, "#N/A", "=A1&A2", "25-01-1990"))
    content = replaced_in_zip(content, SHEET, b"<v />", b"") if b"<v />" in content else content
    values = read_rows(content, name="x").rows[1].values
    assert cell_of(values[1]) == ("#N/A", "error")
    assert cell_of(values[2]) == ("", "formula")


def test_rows_far_from_the_corner_keep_their_numbers() -> None:
    book = openpyxl.Workbook()
    book.active["C7"] = "NIK"
    book.active["C9"] = "3324156501900001"
    out = io.BytesIO()
    book.save(out)
    table = read_rows(out.getvalue(), name="x")
    assert [(row.number, row.values) for row in table.rows] == [
        (7, [None, None, "NIK"]),
        (9, [None, None, "3324156501900001"]),
    ]


def test_hidden_sheets_and_hidden_rows_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append(SARI)
    book.active.append(TINI)
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("Rahasia").append(["x"])
    book["Rahasia"].sheet_state = "hidden"
    book.create_sheet("Lain").append(["y"])
    out = io.BytesIO()
    book.save(out)
    table = read_rows(out.getvalue(), name="x")
    assert {note.code for note in table.notes} == {"note:hidden-rows", "note:hidden-sheets", "note:several-sheets"}
    assert table.other_sheets == ("Lain",)
    assert read_rows(out.getvalue(), name="x", sheet="Lain").rows[0].values == ["y"]
    assert read_rows(out.getvalue(), name="x", sheet="Rahasia").problems[0].code == "file:no-such-sheet"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_usual_separator_is_found(separator: str) -> None:
    text = "\n".join(
        separator.join(row) for row in [("NIK", "Nama"), ("3324156501900001", "Sari"), ("3324154502850002", "Tini")]
    )
    table = read_rows(text.encode(), name="x")
    assert [row.values for row in table.rows[1:]] == [["3324156501900001", "Sari"], ["3324154502850002", "Tini"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_usual_encoding_is_found(encoding: str) -> None:
    text = "NIK;Nama;Alamat\r\n3324156501900001;Sári;Dk. Kliwonan RT 01\r\n"
    table = read_rows(text.encode(encoding), name="x")
    assert table.rows[1].values[1] == "Sári"


def test_the_line_that_names_the_separator_is_obeyed_and_counted() -> None:
    table = read_rows(b"sep=|\nNIK|Nama, lengkap\n1|Sari, Wulandari\n", name="x")
    assert [(row.number, row.values) for row in table.rows] == [
        (2, ["NIK", "Nama, lengkap"]),
        (3, ["1", "Sari, Wulandari"]),
    ]


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_lines_may_end_in_any_way(ending: str) -> None:
    table = read_rows(ending.join(["NIK;Nama", "1;Sari", "", "2;Tini"]).encode(), name="x")
    assert [row.number for row in table.rows] == [1, 2, 4]


def test_a_name_over_two_lines_is_one_cell() -> None:
    table = read_rows(b'NIK;Nama\n1;"Sari\nWulandari"\n2;Tini\n', name="x")
    assert [(row.number, row.values[1]) for row in table.rows] == [(1, "Nama"), (2, "Sari\nWulandari"), (4, "Tini")]


def test_content_decides_and_not_the_name(good_list: bytes) -> None:
    assert read_rows(good_list, name="daftar.csv").format == "xlsx"
    assert read_rows(b"NIK;Nama\n1;Sari", name="daftar.xlsx").format == "csv"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file:empty"),
        (b" \r\n\t", "file:empty"),
        (b"%PDF-1.7\n%...", "file:pdf"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "file:picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "file:picture"),
        (b"Rar!\x1a\x07\x00" + b"x" * 50, "file:archive"),
        (b"<html><table><tr><td>NIK</td></tr></table></html>", "file:web-page"),
        (b"{\\rtf1\\ansi NIK}", "file:document"),
        (b"PK\x03\x04 cut off", "file:damaged"),
        (bytes(range(32)) * 40, "file:not-a-list"),
        (b'NIK;Nama\n1;"Sari\n2;Tini;x\n3;Budi;y\n', "file:quotes"),
        (b'NIK;Nama;Desa\n1;"Sari;A\n2;Tini;B\n3;"Budi;C\n', "file:quotes"),
        (zip_of({"surat.txt": b"halo"}), "file:archive"),
        (zip_of({"word/document.xml": b"<w/>"}), "file:document"),
        (zip_of({"xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"x"}), "file:macros"),
        (zip_of({"xl/workbook.xml": b"<w/>", "../../etc/passwd": b"x"}), "file:unsafe"),
        (zip_of({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "file:unsafe"),
        (zip_of({"xl/workbook.xml": b"0" * 30_000_000}), "file:too-much-inside"),
        (zip_of({"xl/workbook.xml": b"<w/>"} | {f"xl/{n}.xml": b"<w/>" for n in range(600)}), "file:too-much-inside"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert reason(content) == code


def test_a_workbook_under_a_password_is_refused(good_list: bytes) -> None:
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(good_list)).encrypt("rahasia", locked)
    assert reason(locked.getvalue()) == "file:password"


def test_a_zip_with_something_before_it_is_refused(good_list: bytes) -> None:
    assert refusal(b"PK\x03\x04" + b"x" * 40 + good_list) in {"file:damaged", "file:unsafe"}


def test_a_truncated_workbook_is_refused(good_list: bytes) -> None:
    assert refusal(good_list[: len(good_list) // 2]) == "file:damaged"


def test_a_workbook_without_rows_is_refused(workbook: Callable[..., bytes]) -> None:
    assert refusal(workbook()) == "file:no-rows"


def test_too_many_rows_are_refused() -> None:
    assert refusal(b"NIK;Nama\n" + b"1;Sari\n" * 20, rows=10) == "file:too-many-rows"


def test_a_file_above_the_size_is_not_even_started() -> None:
    table = read_rows(b"x" * 1000, name="x", limits=Limits(file_bytes=999))
    assert table.problems[0].code == "file:too-big"


def test_one_cell_in_the_last_corner_kills_the_child_and_not_us() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "NIK"
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    started = time.monotonic()
    assert reason(out.getvalue()) in {"file:unreadable", "file:too-many-columns", "file:too-much-inside"}
    assert time.monotonic() - started < 30


def test_a_child_out_of_time_is_a_reason(good_list: bytes) -> None:
    table = read_rows(good_list, name="x", limits=Limits(wall_seconds=0))
    assert table.problems[0].code == "file:too-slow"


def test_a_child_without_memory_is_a_reason(good_list: bytes) -> None:
    big = good_list + bytes(8 << 20)  # what stands behind a zip is read, too
    table = read_rows(big, name="x", limits=Limits(memory_bytes=1 << 20))
    assert table.problems[0].code in {"file:unreadable", "file:too-much-inside"}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_raise_anything_but_a_refusal(content: bytes) -> None:
    try:
        answer = read_content(content, limits=LIMITS)
    except RefusedError as refusal_:
        assert refusal_.code.startswith("file:")
    else:
        assert answer["rows"]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray((LISTS / "usulan-pt-maju.xlsx").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        answer = read_content(bytes(content), limits=LIMITS)
    except RefusedError as refusal_:
        assert refusal_.code.startswith("file:")
    else:
        assert answer["rows"]


def test_an_ods_is_read_with_its_kinds() -> None:
    cells = "".join(
        f"<table:table-cell {told}><text:p>{shown}</text:p></table:table-cell>"
        for told, shown in (
            ('office:value-type="string"', "3324156501900001"),
            ('office:value-type="date" office:date-value="1990-01-25"', "25/01/90"),
            ('office:value-type="float" office:value="3324156501900001"', "3"),
        )
    )
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    content = (
        "<office:document-content "
        + " ".join(f'xmlns:{name}="{value}"' for name, value in names.items())
        + '><office:body><office:spreadsheet><table:table table:name="Daftar">'
        + f"<table:table-row>{cells}</table:table-row>"
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    table = read_rows(
        zip_of(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": content.encode(),
                "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            }
        ),
        name="x",
    )
    assert table.format == "ods"
    assert [cell_of(value) for value in table.rows[0].values] == [
        ("3324156501900001", "text"),
        ("1990-01-25", "date"),
        ("3324156501900001", "number"),
    ]


def test_a_million_blank_rows_cost_seconds_and_no_rows() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append(SARI)
    book.active["B1048576"] = " "
    out = io.BytesIO()
    book.save(out)
    assert [row.number for row in read_rows(out.getvalue(), name="x").rows] == [1, 2]
