"""Cases 81 to 99: how lists lie in their sheets: headings, merged cells, hidden rows, several sheets, far cells."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from payung.tabular.table import Choices
from tests.bad_input.binary_workbooks import xls, xlsb
from tests.bad_input.grids import Err, Grid, Truth, ods, xlsx
from tests.bad_input.people import BUDI, HEADINGS, JOKO, SARI, TINI, USUAL, Person, list_of
from tests.bad_input.seeds import Answer, Seed, seed
from tests.bad_input.zips import with_parts

HEAD = tuple(HEADINGS[name] for name in USUAL)


def cells(person: Person) -> tuple[Any, ...]:
    """A person as a row of the usual columns."""
    return tuple(person[name] for name in USUAL)


def sheets(**named: Sequence[Sequence[Any]]) -> openpyxl.Workbook:
    """A workbook as Excel's users make it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def usual(*people: Person) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook of one list, and its sheet, to be changed."""
    book = sheets(Daftar=[HEAD, *map(cells, people)])
    return book, book["Daftar"]


def _as_it_is(number: int, name: str, answer: Answer, grid: Grid) -> Seed:
    """A seed whose layout is the case itself: mutations that lay it out anew would make another case of it."""
    return Seed(number, name, xlsx(grid), answer, f"{name}.xlsx")


@seed(81)
def duplicate_headings() -> Iterator[Seed]:
    answer = Answer("R", "file:heading-twice")
    two_names = Grid((("NIK", "Nama", "Nama", "Desa"), (SARI["nik"], "Sari", "Sari Wulandari", "Pekauman")))
    yield _as_it_is(81, "two-columns-of-one-name", answer, two_names)
    two_niks = Grid((("NIK", "Nama", "N.I.K"), (SARI["nik"], "Sari", TINI["nik"])))
    yield _as_it_is(81, "two-columns-of-niks", answer, two_niks)
    same = Grid((("NIK", "Nama", *HEAD[2:], "Nama"), (*cells(SARI), SARI["name"])))
    yield _as_it_is(
        81, "second-column-says-the-same", Answer("K", fates={2: "accepted"}, told=("note:heading-twice",)), same
    )


@seed(82)
def headings_on_row_five() -> Iterator[Seed]:
    answer = Answer("A", fates={6: "accepted", 7: "accepted"})
    above = [("PT MAJU JAYA",), ("Jl. Pemuda 1 Kendal",), (), ("DAFTAR PEKERJA RENTAN",)]
    yield Seed(82, "headings-on-row-five", saved(sheets(Daftar=[*above, HEAD, cells(SARI), cells(TINI)])), answer)
    letterhead = Grid(
        (
            (),
            ("Telp. 0294 381225, NIK dan nama sesuai KTP",),
            (),
            ("Bulan November 2026",),
            HEAD,
            cells(SARI),
            cells(TINI),
        )
    )
    yield _as_it_is(82, "letterhead-that-speaks-of-niks", answer, letterhead)


@seed(83)
def headings_over_two_rows() -> Iterator[Seed]:
    upper = ("No", "Identitas", None, "Kelahiran", None, "Alamat", None, None)
    lower = (None, "Nama", "NIK", "Tempat", "Tanggal", "RT/RW", "Desa", "Kecamatan")
    rows = [upper, lower, (1, SARI["name"], SARI["nik"], "Kendal", SARI["birth_date"], "01/02", "Pekauman", "Kendal")]
    book = sheets(Daftar=rows)
    for place in ("A1:A2", "B1:C1", "D1:E1", "F1:H1"):
        book["Daftar"].merge_cells(place)
    yield Seed(83, "two-tiers-merged", saved(book), Answer("A", fates={3: "accepted"}))
    combined = Grid(
        (
            ("NIK", "Nama", "Tempat, Tgl Lahir", "Desa", "Kec."),
            (SARI["nik"], SARI["name"], "Kendal, 25-01-1990", "Pekauman", "Kendal"),
        )
    )
    yield _as_it_is(83, "place-and-date-in-one", Answer("A", fates={2: "accepted"}), combined)


@seed(84)
def merged_cells_over_people() -> Iterator[Seed]:
    book, page = usual(SARI, TINI | {"nik": None}, BUDI)
    page.merge_cells("A2:A3")
    fates = {2: "accepted", 3: "repair:nik-merged", 4: "accepted"}
    yield Seed(84, "one-nik-over-two-people", saved(book), Answer("Q", fates=fates, told=("repair:nik-merged",)))
    book, page = usual(SARI, TINI | {"village": None, "kecamatan": None}, BUDI)
    page.merge_cells("E2:E3")
    page.merge_cells("F2:F3")
    yield Seed(84, "one-village-over-two-people", saved(book), Answer("A", fates={2: "accepted", 3: "accepted"}))


@seed(85)
def hidden_rows_and_columns() -> Iterator[Seed]:
    answer = Answer("R", "file:hidden-rows", told=("note:hidden-rows",))
    book, page = usual(SARI, TINI, BUDI)
    page.row_dimensions[3].hidden = True
    yield Seed(85, "hidden-row", saved(book), answer)
    yield Seed(85, "hidden-row-with", saved(book), Answer("K", fates={3: "accepted"}), choices=Choices(hidden="with"))
    without = Answer("K", fates={2: "accepted", 4: "accepted"})
    yield Seed(85, "hidden-row-without", saved(book), without, choices=Choices(hidden="without"))
    book, page = usual(SARI, TINI, BUDI)
    page.auto_filter.ref = "A1:F4"
    page.auto_filter.add_filter_column(3, ["P"])
    page.row_dimensions[4].hidden = True
    yield Seed(85, "filtered-row", saved(book), answer)
    book, page = usual(SARI, TINI)
    page.column_dimensions["F"].hidden = True
    yield Seed(85, "hidden-column", saved(book), Answer("R", "file:hidden-rows", told=("note:hidden-columns",)))
    plain = ods(list_of(SARI, TINI))
    hidden = with_parts(plain, {"content.xml": ("<table:table-row>", '<table:table-row table:visibility="filter">', 2)})
    yield Seed(85, "filtered-row-ods", hidden, answer, "tersaring.ods")
    three = list_of(SARI, TINI, BUDI)
    for name, content in (("daftar.xls", xls(three, hidden=[3])), ("daftar.xlsb", xlsb(three, hidden=[3]))):
        yield Seed(85, f"hidden-row-{name[7:]}", content, answer, name)
        yield Seed(85, f"hidden-row-without-{name[7:]}", content, without, name, choices=Choices(hidden="without"))
    content = xls(three, hidden_columns=[4, 5])
    told = ("note:hidden-columns",)
    yield Seed(85, "hidden-column-xls", content, Answer("R", "file:hidden-rows", told=told), "daftar.xls")
    book, page = usual(SARI)
    page.row_dimensions[9].hidden = True
    yield Seed(85, "hidden-row-that-is-empty", saved(book), Answer("K", fates={2: "accepted"}))


@seed(86)
def hidden_sheets() -> Iterator[Seed]:
    for state in ("hidden", "veryHidden"):
        book = sheets(Daftar=[HEAD, cells(SARI)], Lama=[HEAD, cells(TINI)])
        book["Lama"].sheet_state = state
        answer = Answer("K", fates={2: "accepted"}, told=("note:hidden-sheets",))
        yield Seed(86, f"sheet-{state.lower()}", saved(book), answer)


@seed(87)
def two_filled_sheets() -> Iterator[Seed]:
    two = saved(sheets(Utara=[HEAD, cells(SARI)], Selatan=[HEAD, cells(TINI), cells(BUDI)]))
    yield Seed(87, "two-lists", two, Answer("R", "file:several-lists", told=("note:several-sheets",)))
    chosen = Answer("K", fates={2: "accepted", 3: "accepted"})
    yield Seed(87, "two-lists-one-chosen", two, chosen, choices=Choices(sheet="Selatan"))
    cover = saved(sheets(Sampul=[("Usulan", "2026"), ("PT MAJU",)], Daftar=[HEAD, cells(SARI)]))
    yield Seed(87, "cover-and-list", cover, Answer("A", fates={2: "accepted"}, told=("note:several-sheets",)))


@seed(88)
def a_million_blank_rows() -> Iterator[Seed]:
    book, page = usual(SARI)
    page["A1048576"] = " "
    yield Seed(88, "blank-at-the-last-row", saved(book), Answer("A", fates={2: "accepted"}))
    styled = xlsx(list_of(SARI))
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 60_000))
    many = with_parts(styled, {"xl/worksheets/sheet1.xml": ("</sheetData>", f"{rows}</sheetData>", 1)})
    yield Seed(88, "formatted-blank-rows", many, Answer("A", fates={2: "accepted"}))


@seed(89)
def a_cell_in_the_last_corner() -> Iterator[Seed]:
    book, page = usual(SARI)
    page["XFD1048576"] = "x"
    yield Seed(89, "cell-at-xfd1048576", saved(book), Answer("R", "file:too-many-columns"))
    book, page = usual(SARI)
    page["XFD1"] = "x"
    yield Seed(89, "cell-at-xfd1", saved(book), Answer("R", "file:too-many-columns"))


@seed(90)
def headings_alone() -> Seed:
    return _as_it_is(90, "headings-alone", Answer("R", "file:no-rows"), Grid((HEAD,)))


@seed(91)
def unknown_columns() -> Seed:
    rows = ((*HEAD, "Ukuran Baju", "Golongan Darah"), (*cells(SARI), "XL", "AB"))
    return _as_it_is(91, "columns-nobody-asked-for", Answer("K", fates={2: "accepted"}), Grid(rows))


@seed(92)
def headings_in_other_words() -> Iterator[Seed]:
    variants = {
        "no-ktp": ("No KTP", "Nama Lengkap", "Tgl. Lhr", "L/P", "Desa/Kel", "Kec."),
        "n-i-k": ("N.I.K", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "KELURAHAN", "KECAMATAN"),
        "misspelt": ("Nomer Induk Kependudukn", "Nama Lengkp", "Tangal Lahir", "Jenis Klamin", "Kelurahn", "Kecamatn"),
        "with-more-words": ("NIK (16 digit)", "Nama Pekerja Rentan", "Tgl Lahir (dd-mm-yyyy)", "L/P", "Desa", "Kec"),
    }
    for name, headings in variants.items():
        yield _as_it_is(92, name, Answer("A", fates={2: "accepted"}), Grid((headings, cells(SARI))))


@seed(93)
def english_headings() -> Seed:
    headings = ("National ID", "Full Name", "Date of Birth", "Gender", "Village", "District")
    return _as_it_is(93, "english-headings", Answer("A", fates={2: "accepted"}), Grid((headings, cells(SARI))))


@seed(94)
def turned_round() -> Seed:
    columns = tuple(zip(HEAD, cells(SARI), cells(TINI), strict=True))
    return _as_it_is(94, "headings-in-the-first-column", Answer("R", "file:turned-round"), Grid(columns))


@seed(95)
def error_cells() -> Iterator[Seed]:
    for code, field, fate in (
        ("#REF!", "nik", "repair:nik-missing"),
        ("#N/A", "name", "repair:name-missing"),
        ("#DIV/0!", "village", "repair:village-unknown"),
    ):
        grid = list_of(SARI | {field: Err(code)}, TINI)
        name = f"{code.strip('#!?').replace('/', '').lower()}-{field.replace('_', '-')}"
        fates = {2: fate, 3: "accepted"}
        yield _as_it_is(95, name, Answer("Q", fates=fates), grid)


@seed(96)
def truth_in_a_text_column() -> Seed:
    grid = list_of(SARI | {"name": Truth(True)}, TINI)
    return _as_it_is(96, "true-for-a-name", Answer("Q", fates={2: "repair:name-characters", 3: "accepted"}), grid)


@seed(97)
def crossed_out_rows() -> Iterator[Seed]:
    looks = {
        "struck-through": {"font": Font(strike=True)},
        "red-letters": {"font": Font(color="FFFF0000")},
        "red-cells": {"fill": PatternFill("solid", fgColor="FFFF0000")},
    }
    for name, look in looks.items():
        book, page = usual(SARI, TINI, JOKO)
        for cell in page[3]:
            for attribute, value in look.items():
                setattr(cell, attribute, value)
        answer = Answer("K", fates={2: "accepted", 3: "accepted", 4: "accepted"}, told=("note:crossed-out",))
        yield Seed(97, name, saved(book), answer)


@seed(98)
def comments_that_hold_data() -> Seed:
    book, page = usual(SARI, TINI)
    page["A3"].comment = Comment("NIK yang benar ada di KK", "Joko")
    return Seed(98, "comment-on-a-nik", saved(book), Answer("K", fates={3: "accepted"}, told=("note:comments",)))


@seed(99)
def links_to_elsewhere() -> Iterator[Seed]:
    plain = xlsx(list_of(SARI))
    parts = {
        "external-workbook": ("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        "connection": ("xl/connections.xml", "<connections/>"),
        "power-query": (
            "customXml/item1.xml",
            '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>',
        ),
    }
    for name, (part, text) in parts.items():
        answer = Answer("K", fates={2: "accepted"}, told=("note:external-links",))
        yield Seed(99, name, with_parts(plain, added={part: text}), answer)
