"""Each row of a list gets the fate that decisions settle, and every fault it has."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lokal import wilayah

from payung.intake.checks import (
    CheckContext,
    CheckedRow,
    KnownPerson,
    check_rows,
    clean_rows,
    column_date_order,
    count_fates,
    niks_of,
)
from payung.kernel.month import Month
from payung.matching.villages import VillageIndex
from payung.tabular.columns import RawRow, apply_column_map, propose_column_map
from payung.tabular.reading import read_rows
from payung.tabular.table import Cell

LISTS = Path(__file__).parents[1] / "data" / "lists"
OFFICE = "data-pekerja-rentan-disperinaker.csv"
KENDAL = VillageIndex.of(
    (village.code, village.name, kecamatan.name)
    for kecamatan in wilayah.list_wilayah("33.24")
    for village in wilayah.list_wilayah(kecamatan.code)
)
CONTEXT = CheckContext(on=date(2026, 11, 22), villages=KENDAL)
SARI = {
    "nik": "3324156501900001",
    "name": "Sari Wulandari",
    "birth_date": "25-01-1990",
    "sex": "P",
    "village": "Pekauman",
    "kecamatan": "Kendal",
}


def raw(number: int = 2, **changed: Any) -> RawRow:
    """Sari's row with some cells changed; None leaves a cell out."""
    cells = {
        name: value if isinstance(value, Cell) else Cell(value)
        for name, value in (SARI | changed).items()
        if value is not None
    }
    return RawRow(number, cells)


def check(*rows: RawRow, **known: Any) -> list[CheckedRow]:
    return check_rows(rows, context=CONTEXT, **known)


def fate(**changed: Any) -> str:
    return check(raw(**changed))[0].fate


def rows_of(name: str) -> list[RawRow]:
    table = read_rows(LISTS / name, name=name)
    return apply_column_map(table, propose_column_map(table))


@pytest.fixture(scope="module")
def office() -> dict[str, KnownPerson]:
    """The registry as the office's own file fills it."""
    checked = check_rows(rows_of(OFFICE), context=CONTEXT)
    return {
        row.person.nik.digits: KnownPerson(number, row.person.name, row.person.birth_date)
        for number, row in enumerate(checked)
        if row.person.nik
    }


@pytest.mark.parametrize("name", ["usulan-pt-maju.xlsx", "daftar-cv-sejahtera.csv"])
@pytest.mark.parametrize("with_office", [False, True])
def test_lists_get_exactly_the_fates_that_are_right(
    name: str, with_office: bool, office: dict[str, KnownPerson]
) -> None:
    answers = json.loads((LISTS / f"{name}.answers.json").read_text())
    checked = check_rows(rows_of(name), context=CONTEXT, known_by_nik=office if with_office else {})
    assert [(row.row, row.fate) for row in checked] == [(answer["row"], answer["fate"]) for answer in answers]
    for row, answer in zip(checked, answers, strict=True):
        if "known" in answer:
            assert row.known == (with_office and answer["known"])
        if row.is_accepted:
            assert row.person.nik is not None
            assert row.person.nik.digits == answer["true_nik"]
            assert row.person.village_code is not None
            assert row.person.occupation
            assert row.person.phone.startswith("0")


def test_the_office_file_is_a_list_like_any_other(office: dict[str, KnownPerson]) -> None:
    checked = check_rows(rows_of(OFFICE), context=CONTEXT)
    assert count_fates(checked) == {"accepted": 5000}
    assert len(office) == 5000
    person = checked[0].person
    assert (person.village_code, person.income_rp, person.decile) == ("33.24.19.2009", 800_000, "5")
    assert person.mother_name == "Alika"


def test_a_good_row_is_accepted() -> None:
    [row] = check(raw())
    assert row.fate == "accepted"
    assert not row.known
    assert row.person.birth_date == date(1990, 1, 25)
    assert row.person.village_code == "33.24.15.1013"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, "repair:nik-missing"),
        ("  ", "repair:nik-missing"),
        ("-", "repair:nik-missing"),
        ("belum ada", "repair:nik-missing"),
        (Cell("3324156501900001", "number"), "repair:nik-typed-as-number"),
        (Cell("9104156501900001", "number"), "repair:nik-typed-as-number"),
        ("3324156501900001.0", "repair:nik-typed-as-number"),
        ("3,32416E+15", "repair:nik-scientific"),
        ("3.32416E+15", "repair:nik-scientific"),
        ("3.32416e15", "repair:nik-scientific"),
        (Cell("3.32416e+25", "number"), "repair:nik-scientific"),
        (Cell("#N/A", "error"), "repair:nik-missing"),
        ("332415650190001", "repair:nik-length"),
        ("33241565019000011", "repair:nik-length"),
        ("0001234567890", "repair:nik-length"),
        ("3324156501900001 / 3324154502850002", "repair:nik-length"),
        ("33241565O1900001", "repair:nik-characters"),
        ("332415650l900001", "repair:nik-characters"),
        ("٣٣٢٤١٥٦٥٠١٩٠٠٠٠١", "repair:nik-characters"),
        ("3324156501900²①1", "repair:nik-characters"),
        ("3324153501900001", "repair:nik-date"),
        ("3324157201900001", "repair:nik-date"),
        ("3324156513900001", "repair:nik-date"),
        ("0000156501900001", "repair:nik-region"),
        ("3324156501900000", "repair:nik-serial"),
        ("1234567890123456", "repair:nik-date"),
        ("0000000000000000", "repair:nik-date"),
    ],
)
def test_a_nik_that_cannot_be_trusted_goes_to_repair(written: Any, expected: str) -> None:
    assert fate(nik=written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "'3324156501900001",
        "’3324156501900001",
        " 3324156501900001\n",
        "3324 1565 0190 0001",
        "3324.15.650190.0001",
        "332415-650190-0001",
        "33\u00a024156501900001",
        "3324\u200b156501900001",
        "３３２４１５６５０１９０００01",
        '="3324156501900001"',
    ],
)
def test_signs_around_a_nik_are_taken_away_and_told(written: str) -> None:
    [row] = check(raw(nik=written))
    assert row.fate == "accepted"
    assert row.person.nik is not None
    assert row.person.nik.digits == SARI["nik"]
    assert "note:nik-cleaned" in {note.code for note in row.notes}


def test_no_problem_ever_shows_a_whole_nik() -> None:
    rows = [
        raw(2, nik=Cell("3324156501900001", "number")),
        raw(3, sex="L", birth_date="01-02-1991", kk="3324156501900001"),
        raw(4, name="Budi Santoso"),
        raw(5, nik="33241565019000012"),
        raw(6, nik="3324153501900001"),
    ]
    checked = check(*rows, known_by_nik={SARI["nik"]: KnownPerson(1, "Tono")})
    told = json.dumps([problem.as_dict() for row in checked for problem in (*row.problems, *row.notes)])
    assert "156501900001" not in told
    assert "153501900001" not in told


@pytest.mark.parametrize("written", [None, "", "-", ".", "N/A", "#N/A", "...", Cell("#REF!", "error")])
def test_a_missing_name_goes_to_repair(written: Any) -> None:
    assert fate(name=written) == "repair:name-missing"


@pytest.mark.parametrize("written", ["Budi😀", "Ѕari", "Sari 2", "3324156501900001", Cell("12", "number"), "Sari_W"])
def test_signs_that_no_name_has_go_to_repair(written: Any) -> None:
    assert fate(name=written) == "repair:name-characters"


@pytest.mark.parametrize(
    "written", ["Sukarno", "Ma'ruf", "D’Arc", "Null", "Drs. H. Budi, S.Pd.", "José", "Siti-Nur", "A"]
)
def test_unusual_names_are_names(written: str) -> None:
    assert check(raw(name=written))[0].person.name == written
    assert fate(name=written) == "accepted"


def test_a_name_is_kept_as_it_is_written_without_what_cannot_be_seen() -> None:
    [row] = check(raw(name="SARI\u00a0 Wulan\u200bdari\n"))
    assert row.person.name == "SARI Wulandari"
    assert [note.code for note in row.notes] == ["note:invisible-signs"]


def test_a_garbled_name_comes_with_a_suggestion() -> None:
    [row] = check(raw(name="JosÃ© Maria"))
    assert row.fate == "repair:name-garbled"
    assert row.problems[0].params["suggestion"] == "José Maria"


def test_very_long_names_go_to_repair() -> None:
    assert fate(name="a" * 250) == "accepted"
    assert fate(name="a" * 5000) == "repair:name-too-long"


def test_a_name_that_says_dead_is_noted() -> None:
    assert "note:name-says-dead" in {note.code for note in check(raw(name="Alm. Sari"))[0].notes}


@pytest.mark.parametrize(
    "written",
    [
        "25 Januari 1990",
        "25 Jan 1990",
        "25-Januari-1990",
        "25-01-1990",
        "25/1/1990",
        "25.01.1990",
        "25 01 1990",
        "1990-01-25",
        "1990-01-25 00:00:00",
        "19900125",
        "January 25, 1990",
        "25 Januarri 1990",
        "25-01-90",
        "25 Jan 90",
        Cell("1990-01-25", "date"),
        Cell("1990-01-25T00:00:00", "date"),
        Cell("1990-01-24T17:00:00", "date"),
        Cell("32898", "number"),
    ],
)
def test_birth_dates_in_many_writings(written: Any) -> None:
    [row] = check(raw(birth_date=written))
    assert row.person.birth_date == date(1990, 1, 25)
    assert row.fate == "accepted"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("tidak tahu", "unreadable"),
        ("00-00-0000", "unreadable"),
        ("31-02-1990", "unreadable"),
        ("29-02-1991", "unreadable"),
        ("17/08/2031", "future"),
        ("25-01-1890", "too-early"),
        (Cell("1900-02-28", "date"), "too-early"),
        ("26-01-90", "two-digit-year"),
        (Cell("32934", "number"), "serial"),
        ("Januari 1990", "unreadable"),
        ("5 Rajab 1411", "unreadable"),
    ],
)
def test_a_birth_date_that_cannot_be_goes_to_repair(written: Any, reason: str) -> None:
    [row] = check(raw(birth_date=written))
    assert row.fate == "repair:birth-date"
    assert row.problems[0].params["reason"] == reason


def test_a_bare_serial_suggests_its_date() -> None:
    assert check(raw(birth_date="32934"))[0].problems[0].params["suggestion"] == "1990-03-02"


def test_the_whole_column_decides_whether_days_come_first() -> None:
    american = [raw(2, birth_date="01/25/1990"), raw(3, nik="3324154203900002", name="Tini", birth_date="03/02/1990")]
    assert column_date_order(american) == "month-first"
    assert [row.person.birth_date for row in check(*american)] == [date(1990, 1, 25), date(1990, 3, 2)]
    ours = [raw(2), raw(3, nik="3324154302900002", name="Tini", birth_date="03/02/1990")]
    assert [row.person.birth_date for row in check(*ours)] == [date(1990, 1, 25), date(1990, 2, 3)]


def test_in_a_mixed_column_only_the_nik_can_decide() -> None:
    mixed = [
        raw(2, birth_date="01/25/1990"),
        raw(3, nik="3324154502850002", name="Tini", birth_date="25/01/1985"),
        raw(4, nik="3324154302900003", name="Rina", birth_date="03/02/1990"),
        raw(5, nik="3324154907900004", name="Dewi", birth_date="03/02/1990"),
    ]
    checked = check(*mixed)
    assert column_date_order(mixed) == "mixed"
    assert checked[2].person.birth_date == date(1990, 2, 3)
    assert checked[3].problems[0].params["reason"] == "ambiguous"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Kendal, 25 Januari 1990", "Kendal"),
        ("KENDAL 25-01-1990", "KENDAL"),
        ("Kendal/25/01/1990", "Kendal"),
        ("Kab. Kendal , 1990-01-25", "Kab. Kendal"),
        ("25-01-1990", ""),
    ],
)
def test_place_and_date_in_one_cell(written: str, place: str) -> None:
    [row] = check(raw(birth_date=None, birth_place_date=written))
    assert (row.person.birth_place, row.person.birth_date) == (place, date(1990, 1, 25))
    assert row.fate == "accepted"


def test_a_birth_date_that_stands_nowhere_is_taken_from_the_nik_and_told() -> None:
    [row] = check(raw(birth_date=None))
    assert row.person.birth_date == date(1990, 1, 25)
    assert [note.code for note in row.notes] == ["note:birth-from-nik"]


def test_birth_and_sex_must_agree_with_the_nik() -> None:
    [row] = check(raw(birth_date="26-01-1990", sex="Laki-laki"))
    assert [problem.code for problem in row.problems] == [
        "repair:birth-disagrees-with-nik",
        "repair:sex-disagrees-with-nik",
    ]
    assert (row.problems[0].found, row.problems[0].expected) == ("1990-01-26", "1990-01-25")


@pytest.mark.parametrize("written", ["P", "p", "Perempuan", "PEREMPUAN", "Wanita", "W", "Pr.", "female", None, "-"])
def test_sex_in_many_writings(written: str | None) -> None:
    [row] = check(raw(sex=written))
    assert row.person.sex == "P"
    assert row.fate == "accepted"


def test_p_means_pria_where_the_women_are_w() -> None:
    rows = [raw(2, sex="W"), raw(3, nik="3324152501900002", name="Budi", sex="P")]
    assert [row.fate for row in check(*rows)] == ["accepted", "accepted"]


def test_an_unreadable_sex_goes_to_repair() -> None:
    assert fate(sex="X") == "repair:sex-unreadable"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"village": "Kel. PEKAUMAN", "kecamatan": "KEC. KENDAL"}, "Pekauman"),
        ({"village": "Pekaumann"}, "Pekauman"),
        ({"village": "Pekauman, Kec. Kendal", "kecamatan": None}, "Pekauman"),
        ({"village": None, "kecamatan": None, "address": "Dk. A RT 1, Kel. Pekauman Kec. Kendal"}, "Pekauman"),
        ({"village": None, "village_code": "33.24.19.2009"}, KENDAL.names["33.24.19.2009"][0]),
        ({"village": None, "village_code": Cell("3324192009", "number")}, KENDAL.names["33.24.19.2009"][0]),
        ({"village": "Pekauman", "village_code": "kosong"}, "Pekauman"),
    ],
)
def test_villages_in_many_writings(changed: dict[str, Any], found: str) -> None:
    [row] = check(raw(**changed))
    assert row.fate == "accepted"
    assert row.person.village_code is not None
    assert KENDAL.names[row.person.village_code][0] == found


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"village": "Desa Tidak Ada"}, "unknown"),
        ({"village": None}, "missing"),
        ({"village": None, "village_code": "33.24.19.9999"}, "unknown"),
        ({"village": "Purwokerto", "kecamatan": None}, "ambiguous"),
    ],
)
def test_an_unknown_village_goes_to_repair(changed: dict[str, Any], reason: str) -> None:
    [row] = check(raw(**changed))
    assert row.fate == "repair:village-unknown"
    assert row.problems[0].params["reason"] == reason


@pytest.mark.parametrize(
    ("nik", "born", "reason"),
    [
        ("3324156311610001", "23-11-1961", None),
        ("3324156211610001", "22-11-1961", "terlalu_tua"),
        ("3324156211080001", "22-11-2008", None),
        ("3324156311080001", "23-11-2008", "terlalu_muda"),
    ],
)
def test_the_age_that_the_law_allows(nik: str, born: str, reason: str | None) -> None:
    [row] = check(raw(nik=nik, birth_date=born))
    assert row.fate == ("repair:age" if reason else "accepted")
    assert not reason or row.problems[0].params["reason"] == reason


@pytest.mark.parametrize(
    ("written", "income"),
    [
        ("Rp 1.000.000", 1_000_000),
        ("1500000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("Rp. 800.000,-", 800_000),
        (Cell("1200000", "number"), 1_200_000),
        ("-", None),
        (None, None),
    ],
)
def test_income_in_many_writings(written: Any, income: int | None) -> None:
    [row] = check(raw(income=written))
    assert row.person.income_rp == income
    assert row.fate == "accepted"


@pytest.mark.parametrize("written", ["-500000", "0", "lunas", "1e400", "16_800", "16,800", "USD 100", "1,5 juta"])
def test_an_income_that_may_mean_anything_goes_to_repair(written: str) -> None:
    assert fate(income=written) == "repair:income-unreadable"


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("+6281840381908", "081840381908"),
        ("0818 4038-1908", "081840381908"),
        (Cell("81840381908", "number"), "081840381908"),
        ("081840381908 / 0857", "081840381908"),
        ("12", ""),
        ("tidak punya", ""),
    ],
)
def test_phones_in_many_writings(written: Any, phone: str) -> None:
    [row] = check(raw(phone=written))
    assert row.person.phone == phone
    assert row.fate == "accepted"


def test_a_family_card_in_the_nik_column_goes_to_repair() -> None:
    assert fate(kk=SARI["nik"]) == "repair:nik-is-kk"


def test_the_same_person_twice_is_taken_once() -> None:
    checked = check(raw(2), raw(3, name="SARI WULANDRI"), raw(4))
    assert [row.fate for row in checked] == ["accepted", "duplicate:2", "duplicate:2"]
    assert count_fates(checked) == {"duplicate": 2, "accepted": 1}


def test_one_nik_under_two_names_sends_both_rows_to_repair() -> None:
    checked = check(raw(2), raw(3, name="Budi Santoso"))
    assert [row.fate for row in checked] == ["repair:same-nik-different-name"] * 2
    assert [row.problems[0].params["rows"] for row in checked] == [[3], [2]]


def test_a_nik_of_somebody_else_in_the_registry_goes_to_repair() -> None:
    [row] = check(raw(), known_by_nik={SARI["nik"]: KnownPerson(7, "Tono Sudirjo")})
    assert row.fate == "repair:nik-belongs-to-another-name"
    assert (row.known, row.worker_id) == (False, None)


def test_a_known_person_is_known() -> None:
    [row] = check(raw(), known_by_nik={SARI["nik"]: KnownPerson(7, "Hj. Sari Wulandary")})
    assert (row.fate, row.known, row.worker_id) == ("accepted", True, 7)


def test_a_person_whom_another_payer_protects_is_covered_until_then() -> None:
    known = {SARI["nik"]: KnownPerson(7, "Sari Wulandari")}
    until = Month.from_text("2026-12")
    assert check(raw(), known_by_nik=known, covered_until={7: until})[0].fate == "covered:2026-12"
    assert check(raw(), known_by_nik=known, covered_until={7: until - 2})[0].fate == "accepted"
    later = CheckContext(on=CONTEXT.on, villages=KENDAL, first_month=until + 1)
    [row] = check_rows([raw()], context=later, known_by_nik=known, covered_until={7: until})
    assert row.fate == "accepted"


def test_every_fault_stands_in_the_settled_order() -> None:
    [row] = check(raw(nik=None, name=None, birth_date="x", village="Tidak Ada", sex="X", income="lunas"))
    assert [problem.code for problem in row.problems] == [
        "repair:nik-missing",
        "repair:name-missing",
        "repair:birth-date",
        "repair:village-unknown",
        "repair:income-unreadable",
        "repair:sex-unreadable",
    ]
    assert {problem.row for problem in row.problems} == {2}


def test_faults_come_before_cover_and_duplicates() -> None:
    checked = check(raw(2), raw(3, village="Desa Tidak Ada"))
    assert [row.fate for row in checked] == ["accepted", "repair:village-unknown"]


def test_niks_are_gathered_once_for_one_question() -> None:
    cleaned = clean_rows([raw(2), raw(3), raw(4, nik="x")], context=CONTEXT)
    assert niks_of(cleaned) == {SARI["nik"]}


KINDS = st.sampled_from(["text", "number", "date", "bool", "error", "formula", "time"])
TEXTS = st.text(max_size=25) | st.sampled_from(
    [*SARI.values(), "3,3E+15", "01/02/1990", "12/31/1990", "-", "17/08/2031"]
)
CELLS = st.builds(Cell, TEXTS, KINDS)
FIELDS = st.sampled_from([*SARI, "birth_place_date", "village_code", "address", "income", "phone", "kk", "mother_name"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(FIELDS, CELLS), max_size=8))
def test_whatever_stands_in_the_cells_the_fates_add_up(rows: list[dict[str, Cell]]) -> None:
    raws = [RawRow(number, cells) for number, cells in enumerate(rows, start=2)]
    checked = check(*raws)
    assert [row.row for row in checked] == [row.row_number for row in raws]
    assert sum(count_fates(checked).values()) == len(rows)
    for row in checked:
        assert row.needs_repair == bool(row.problems)
        assert row.needs_repair or row.person.nik is not None
