"""What calamine does not tell is seen by a second look into the file, and two readings that differ are no answer."""

from collections.abc import Callable

import pytest

from payung.tabular import ods_xml, sheet_xml
from payung.tabular.asking import read_asking
from payung.tabular.columns import apply_column_map, propose_column_map
from payung.tabular.delimited import decode
from payung.tabular.families import said_of_family
from payung.tabular.reading import read_rows
from payung.tabular.refusal import RefusedError
from payung.tabular.styles import crossed_out_styles
from payung.tabular.table import NO_CHOICES, Choices, OtherSheet, Row, Table, cell_of
from payung.tabular.totals import total_problems
from tests.tabular.conftest import HEADINGS, SARI, TINI, replaced_in_zip

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"


def test_readings_of_a_good_workbook_agree(good_list: bytes) -> None:
    values = read_rows(good_list, name="x").rows[1].values
    assert cell_of(values[2]) == ("3324156501900001", "text")


def test_a_cell_that_stands_twice_with_two_niks_is_unsure(good_list: bytes) -> None:
    second = b'<c r="C2" t="inlineStr"><is><t>3324154502850002</t></is></c></row>'
    content = replaced_in_zip(good_list, SHEET, b'</row><row r="3"', second + b'<row r="3"')
    values = read_rows(content, name="x").rows[1].values
    assert cell_of(values[2]) is not None
    assert cell_of(values[2]).kind == "unsure"


def test_a_nik_that_only_one_reader_sees_is_unsure() -> None:
    xml = b'<row r="1"><c r="A1" t="inlineStr"><is><t>3324156501900001</t></is></c></row>'
    rows = [["3324156501900009"]]
    assert sheet_xml.mark_disagreements(xml, b"", rows) == 1
    assert rows == [[["unsure", "3324156501900009"]]]


def test_texts_in_pieces_and_with_phonetic_signs_are_read_alike() -> None:
    shared = b"<sst><si><r><t>33241565</t></r><r><t>01900001</t></r><rPh><t>x</t></rPh></si><si><t>a</t></si></sst>"
    xml = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    rows = [["3324156501900001", "a"]]
    assert sheet_xml.mark_disagreements(xml, shared, rows) == 0


@pytest.mark.parametrize(
    ("font", "crossed"),
    [
        (b"<strike/>", True),
        (b'<strike val="0"/>', False),
        (b'<color rgb="FFFF0000"/>', True),
        (b'<color rgb="FFC00000"/>', True),
        (b'<color rgb="FF00B050"/>', False),
    ],
)
def test_styles_that_cross_out(font: bytes, crossed: bool) -> None:
    xml = (
        b'<styleSheet><fonts count="2"><font/><font>' + font + b"</font></fonts><fills><fill/></fills><cellStyleXfs>"
        b'<xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    )
    assert crossed_out_styles(xml) == (frozenset({b"1"}) if crossed else frozenset())


def test_hidden_rows_of_an_ods_are_counted_through_repetitions() -> None:
    xml = (
        b'<table:table table:name="A"><table:table-row table:number-rows-repeated="3"/>'
        b'<table:table-row table:visibility="collapse" table:number-rows-repeated="2"/></table:table>'
        b'<table:table table:name="B"><table:table-row table:visibility="filter"/></table:table>'
    )
    assert ods_xml.hidden_rows(xml, "A") == [4, 5]
    assert ods_xml.hidden_rows(xml, "B") == [1]


def test_of_several_sheets_the_one_that_is_a_list_is_read_by_itself() -> None:
    head, sari = Row(1, list(HEADINGS)), Row(2, list(SARI))
    cover = Table("x", sheet="Sampul", rows=(Row(1, ["Usulan"]),), others=(OtherSheet("Isi", (head, sari)),))
    content = Table("x", sheet="Isi", rows=(head, sari), others=(OtherSheet("Sampul", (Row(1, ["Usulan"]),)),))
    asked = read_asking(lambda choices: content if choices.sheet else cover, NO_CHOICES)
    assert (asked.table.sheet, asked.choices, asked.questions) == ("Isi", Choices(sheet="Isi"), ())


@pytest.mark.parametrize(
    ("total", "differs"),
    [
        ((None, "JUMLAH", 2), False),
        ((None, "JUMLAH", "2 orang"), False),
        ((None, "JUMLAH", 3), True),
        ((None, "JUMLAH"), False),
        ((None, "JUMLAH", None, None, None, None, None, 3_000_000), False),
        ((None, "JUMLAH", None, None, None, None, None, "Rp3.000.000"), False),
        ((None, "JUMLAH", None, None, None, None, None, 3_500_000), True),
    ],
)
def test_a_total_is_held_against_its_rows(total: tuple[object, ...], differs: bool) -> None:
    rows = ((*HEADINGS, "Penghasilan"), (*SARI, 1_000_000), (*TINI, 2_000_000), total)
    table = Table("x", rows=tuple(Row(number, list(values)) for number, values in enumerate(rows, start=1)))
    assert bool(total_problems(table, propose_column_map(table))) is differs


def test_totals_of_parts_and_of_all_are_both_right() -> None:
    rows = (HEADINGS, SARI, (None, "Jumlah", 1), TINI, (None, "Jumlah", 1), (None, "TOTAL", 2))
    table = Table("x", rows=tuple(Row(number, list(values)) for number, values in enumerate(rows, start=1)))
    assert total_problems(table, propose_column_map(table)) == ()


def test_merged_villages_hold_for_all_their_rows(workbook: Callable[..., bytes]) -> None:
    content = workbook(HEADINGS, SARI, (*TINI[:5], None, None))
    merge = b'</sheetData><mergeCells count="2"><mergeCell ref="F2:F3"/><mergeCell ref="G2:G3"/></mergeCells>'
    table = read_rows(replaced_in_zip(content, SHEET, b"</sheetData>", merge), name="x")
    rows = apply_column_map(table, propose_column_map(table))
    assert [row.cells["village"].text for row in rows] == ["Pekauman", "Pekauman"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["No. KK : 3324150102030001", None, "Alamat : KRAJAN, Nama Dusun : KRAJAN, RT/RW : 001/002"], {
            "kk": "3324150102030001", "address": "KRAJAN", "rt_rw": "001/002"}),
        (["3324150102030001", None, "SARI", "DESA LUBUK BESAR RT/RW : 002/000 DUSUN : -"], {
            "kk": "3324150102030001", "village": "LUBUK BESAR", "rt_rw": "002/000"}),
        (["Desa : Wombo Kec. : Tanantovea Kab : Donggala"], {"village": "Wombo", "kecamatan": "Tanantovea"}),
        (["KECAMATAN :", "KALAENA", "ALAMAT :", "DSN. TAMBAK,Telp :,-"], {
            "kecamatan": "KALAENA", "address": "DSN. TAMBAK"}),
        (["Sari", "3324156501900001"], {}),
    ],
)  # fmt: skip
def test_what_stands_above_a_family_is_said_of_its_members(row: list[str | None], said: dict[str, str]) -> None:
    found = said_of_family(Row(1, list(row)))
    assert {name: found.get(name) for name in said} == said
    assert bool(said) == bool(found)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Sári;1\n".encode(), "utf-8"),
        ("Sári;1\n".encode("cp1252"), "cp1252"),
        ("Sári;1\n".encode() + "Ándi;2\n".encode("cp1252"), "utf-8 + cp1252"),
    ],
)
def test_mixed_encodings_are_read_line_by_line(content: bytes, encoding: str) -> None:
    text, told = decode(content)
    assert told == encoding
    assert "á" in text


def test_letters_that_no_encoding_of_ours_has_are_asked_for() -> None:
    with pytest.raises(RefusedError) as caught:
        decode(b"NIK;Nama\n1;Jos\x8f\n")
    assert caught.value.code == "file:encoding"
    assert decode(b"NIK;Nama\n1;Jos\x8f\n", "mac-roman")[0].endswith("Josè\n")


@pytest.mark.parametrize(
    ("page", "values"),
    [
        (b"<table><tr><th>NIK<th>Nama<tr><td>1<td>A &amp; B</table>", [["NIK", "Nama"], ["1", "A & B"]]),
        (
            b"<html><script>x<table></script><table><tr><td>a<td>b<tr><td>c<br>d<td>e</table>",
            [["a", "b"], ["c\nd", "e"]],
        ),
        (b"<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e</table><html>", [["a", "b", "c"], [None, "d", "e"]]),
        (b"<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", [["a", None, "b"], ["c", "d", "e"]]),
    ],
)
def test_tables_of_web_pages_are_read_as_they_look(page: bytes, values: list[list[str | None]]) -> None:
    table = read_rows(page, name="x.xls")
    assert table.format == "html"
    assert [row.values for row in table.rows] == values


def test_a_quote_that_is_never_closed_is_refused_and_ends_no_reader() -> None:
    lines = '"' + "\n".join("Sari;" + "a" * 9_000 for _ in range(20))
    codes = {problem.code for problem in read_rows(("NIK;Nama\n" + lines).encode(), name="daftar.csv").problems}
    assert codes
    assert "file:unreadable" not in codes
