"""Headings are recognised where they stand, and people are told from totals and signatures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.tabular.columns import ColumnMap, apply_column_map, propose_column_map
from payung.tabular.reading import read_rows
from payung.tabular.table import Row, Table
from tests.tabular.conftest import HEADINGS, SARI, TINI

LISTS = Path(__file__).parents[1] / "data" / "lists"


def table(*rows: Sequence[Any]) -> Table:
    return Table(
        name="x", rows=tuple(Row(number, list(values)) for number, values in enumerate(rows, start=1) if values)
    )


def fields(*rows: Sequence[Any]) -> list[str | None]:
    return [column.field for column in propose_column_map(table(*rows)).columns]


def numbers(*rows: Sequence[Any]) -> list[int]:
    found = table(*rows)
    return [row.row_number for row in apply_column_map(found, propose_column_map(found))]


def test_a_company_list_with_letterhead_and_two_rows_of_headings() -> None:
    found = read_rows(LISTS / "usulan-pt-maju.xlsx", name="x")
    proposed = propose_column_map(found)
    assert proposed.header_rows == (6, 7)
    assert (proposed.first_row, proposed.last_row) == (8, 257)
    assert proposed.fields == {
        "name": 1,
        "nik": 2,
        "birth_place_date": 3,
        "sex": 4,
        "address": 5,
        "village": 6,
        "kecamatan": 7,
        "occupation": 8,
        "phone": 9,
    }
    assert not proposed.problems
    rows = apply_column_map(found, proposed)
    assert len(rows) == 250
    assert rows[36].cells["nik"] == ("3324130402780852", "number")


def test_the_office_file_keeps_its_village_codes() -> None:
    proposed = propose_column_map(read_rows(LISTS / "data-pekerja-rentan-disperinaker.csv", name="x"))
    assert proposed.fields["village_code"] == 6
    assert proposed.fields["mother_name"] == 10
    assert (proposed.first_row, proposed.last_row) == (2, 5001)


def test_samples_never_show_a_whole_nik() -> None:
    proposed = propose_column_map(table(HEADINGS, SARI))
    assert proposed.columns[2].samples == ("3324••••••••0001",)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("N.I.K", "nik"),
        ("Nomor Induk Kependudukan (NIK)", "nik"),
        ("No. KTP", "nik"),
        ("Nomer Induk Kependudukn", "nik"),
        ("NAMA LENGKAP SESUAI KTP", "name"),
        ("Nama Pekerja Rentan Desa Boja", "name"),
        ("Full Name", "name"),
        ("Tempat/Tanggal Lahir", "birth_place_date"),
        ("Tangal Lahir", "birth_date"),
        ("Date of Birth", "birth_date"),
        ("Jenis Klamin", "sex"),
        ("Desa / Kelurahan", "village"),
        ("Penghasilan per Bulan (Rp)", "income"),
        ("No. HP/WA", "phone"),
        ("Nama Ibu Kandung", "mother_name"),
        ("No. KK", "kk"),
        ("Ukuran Baju", None),
    ],
)
def test_headings_in_many_spellings(heading: str, field: str | None) -> None:
    if field in {"nik", "name"}:
        other = "Nama" if field == "nik" else "NIK"
        assert fields((heading, other, "Alamat"))[0] == field
    else:
        assert fields(("NIK", "Nama", heading))[2] == field


def test_number_under_identity_is_the_field_below() -> None:
    found = fields(
        ("No", "Identitas", None, "Lahir", None, "Ibu Kandung"),
        (None, "Nama", "No KTP", "Tempat", "Tanggal", "Nama"),
        (1, "Sari", "3324156501900001", "Kendal", "25-01-1990", "Tini"),
    )
    assert found == ["row_label", "name", "nik", "birth_place", "birth_date", "mother_name"]


def test_a_row_that_numbers_the_columns_is_nobody() -> None:
    assert numbers(HEADINGS, [1, 2, 3, 4, 5, 6, 7], SARI) == [3]
    assert numbers(HEADINGS, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], SARI) == [3]


def test_totals_captions_and_repeated_headings_are_nobody() -> None:
    found = table(HEADINGS, ["DESA PEKAUMAN"], SARI, [None, "JUMLAH", 1], HEADINGS, TINI, [None, "Total", 2])
    proposed = propose_column_map(found)
    assert [row.row_number for row in apply_column_map(found, proposed)] == [3, 6]
    assert proposed.skipped == (4, 5)


def test_signatures_below_are_nobody() -> None:
    assert numbers(
        HEADINGS,
        SARI,
        TINI,
        [],
        [None, None, None, None, None, "Kendal, 12 November 2026"],
        [None, None, None, None, None, "Pimpinan"],
        [None, None, None, None, None, "( Joko )", "NIP. 19670505 199203 1 003"],
    ) == [2, 3]


def test_a_person_without_nik_or_name_is_still_a_row() -> None:
    assert numbers(HEADINGS, SARI, [2, None, "3324154502850002"], [3, "Budi", None, "01-01-1990", "L"], TINI) == [
        2,
        3,
        4,
        5,
    ]


def test_a_list_without_headings_says_so() -> None:
    proposed = propose_column_map(table(SARI, TINI))
    assert [problem.code for problem in proposed.problems] == ["file:no-header"]
    assert apply_column_map(table(SARI, TINI), proposed) == []


def test_headings_without_people_say_so() -> None:
    assert propose_column_map(table(HEADINGS)).problems[0].code == "file:no-rows"


def test_a_missing_nik_column_is_told() -> None:
    proposed = propose_column_map(table(("Nama", "Alamat", "Desa"), ("Sari", "Dk. A", "Pekauman")))
    assert [(problem.code, problem.field) for problem in proposed.problems] == [("file:column-missing", "nik")]


def test_two_headings_of_one_field_are_told() -> None:
    proposed = propose_column_map(
        table(("NIK", "Nama", "Nama Lengkap"), ("3324156501900001", "Sari", "Sari Wulandari"))
    )
    assert proposed.problems[0].code == "note:heading-twice"
    assert proposed.unknown == ("Nama Lengkap",)


def test_a_person_may_change_the_map() -> None:
    found = table(("NIK", "Nama", "Sebutan", "Kolom X"), ("3324156501900001", "Sari", "Bu Sari", "Pekauman"))
    changed = propose_column_map(found).with_field(3, "village").with_field(2, "name")
    [row] = apply_column_map(found, changed)
    assert row.cells["name"].text == "Bu Sari"
    assert row.cells["village"].text == "Pekauman"
    assert changed.unknown == ("Nama",)


def test_a_map_survives_being_kept_as_data() -> None:
    proposed = propose_column_map(table(HEADINGS, SARI))
    again = ColumnMap.from_dict(proposed.as_dict())
    assert again.fields == proposed.fields
    assert again.header_rows == proposed.header_rows


VALUES = st.none() | st.text(max_size=12) | st.integers() | st.floats(allow_nan=False) | st.booleans()


@given(
    st.lists(st.lists(VALUES | st.sampled_from(["NIK", "Nama", "Jumlah", "3324156501900001"]), max_size=6), max_size=12)
)
def test_any_table_has_a_map_and_its_rows_lie_within(rows: list[list[Any]]) -> None:
    found = table(*rows)
    proposed = propose_column_map(found)
    taken = [row.row_number for row in apply_column_map(found, proposed)]
    assert taken == sorted(set(taken))
    assert set(taken) <= {row.number for row in found.rows}
    assert not set(taken) & set(proposed.skipped)
