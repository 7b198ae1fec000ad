"""Bank statements: the habits of each bank, and statements that contradict themselves."""

from dataclasses import replace
from datetime import date

import pytest

from payung.tabular.money_cells import UnreadableAmountError, day_of, sen_in
from payung.tabular.reading import read_rows
from payung.tabular.statements import Statement, statement_of
from payung.tabular.table import Cell
from payung.tabular.writing import ListColumn, write_workbook
from tests.tabular.bank_files import BANKS, MOVES, OPENING, bank_jateng, bca, bca_business, bni, bri, mandiri, mt940


def read(content: bytes, name: str = "mutasi.csv") -> Statement:
    return statement_of(read_rows(content, name=name))


def code_of(content: bytes) -> str:
    [problem] = read(content).problems
    return problem.code


@pytest.mark.parametrize("name", BANKS)
def test_each_bank_tells_the_same_seven_movements(name):
    found = read(BANKS[name](), name)
    assert found.problems == ()
    assert [(line.day, line.sen) for line in found.lines] == [(move.day, move.sen) for move in MOVES]
    assert all(move.told in line.told for move, line in zip(MOVES, found.lines, strict=True))
    assert not any(line.problems for line in found.lines)
    assert found.account.isdigit()


def test_two_descriptions_become_one():
    assert read(mandiri()).lines[0].told == "SETORAN ASN PEDULI DINAS KESEHATAN DARI KANTOR"


def test_mt940_gives_its_references_and_the_lines_of_the_file():
    found = read(mt940(), "mutasi.txt")
    assert [line.reference for line in found.lines] == [move.reference for move in MOVES]
    assert [line.row_number for line in found.lines][:2] == [5, 7]
    assert (found.format, found.opening_sen) == ("mt940", OPENING)


def test_mt940_of_several_days_in_one_file_is_one_statement():
    both = mt940(MOVES[:3]) + b"\r\n" + mt940(MOVES[3:])
    assert len(read(both).lines) == len(MOVES)


def test_statement_as_a_workbook_reads_like_the_csv():
    rows = [line.split(";") for line in bni().decode().split("\n")]
    book = write_workbook([ListColumn(heading) for heading in rows[2]], rows[3:], sheet="Mutasi")
    assert [line.sen for line in read(book, "mutasi.xlsx").lines] == [move.sen for move in MOVES]


@pytest.mark.parametrize("build", [bca, bca_business, bri, bni, bank_jateng])
def test_line_taken_out_breaks_the_running_balance(build):
    lines = build().split(b"\n")
    start = next(place for place, line in enumerate(lines) if b"TRF SUKARELA" in line)
    assert code_of(b"\n".join(lines[:start] + lines[start + 1 :])) in (
        "file:statement-balance",
        "file:statement-totals",
    )


def test_mt940_that_does_not_lead_to_its_closing_balance_is_refused():
    assert code_of(mt940(closing=1)) == "file:statement-totals"


def test_total_below_that_is_another_is_refused():
    assert code_of(bca().replace(b'Mutasi Kredit,:,"5', b'Mutasi Kredit,:,"6')) == "file:statement-totals"


def test_damaged_mt940_is_refused_and_no_line_is_lost_silently():
    assert code_of(mt940().replace(b":61:261103", b":61:26AB03")) == "file:statement-damaged"
    assert code_of(mt940().replace(b":62F:", b":99X:")) == "file:statement-damaged"
    assert code_of(mt940() + b"\r\n" + mt940().replace(b"1350012345678", b"1350099999999")) == "file:statement-accounts"


def test_utf16_statement_reads_as_any_other():
    assert len(read(bni().decode().encode("utf-16")).lines) == len(MOVES)


def test_bytes_of_no_encoding_are_refused():
    assert code_of(bni().replace(b"TRF", b"\x81\x8d\x8f")) == "file:encoding"


def test_sen_are_told_and_not_rounded():
    moves = (*MOVES[:-1], replace(MOVES[-1], sen=8_000_55))
    last = read(bank_jateng(moves)).lines[-1]
    assert last.sen == 8_000_55
    assert [problem.code for problem in last.problems] == ["statement:sen"]


def test_row_whose_amount_cannot_be_read_stays_a_line_with_its_problem():
    found = read(mandiri().replace(b'"16,800.00"', b'"16,80.0.0"'))
    line = found.lines[2]
    assert (len(found.lines), line.sen) == (len(MOVES), 0)
    assert [problem.code for problem in line.problems] == ["statement:amount"]


def test_money_that_says_neither_in_nor_out_is_no_guess():
    lines = ["Tanggal;Keterangan;Jumlah", "01/11/2026;SETORAN;100.000", "02/11/2026;SETORAN;200.000"]
    assert [line.problems[0].code for line in read("\n".join(lines).encode()).lines] == ["statement:amount"] * 2


def test_sign_alone_says_which_way_money_went():
    lines = ["Tanggal;Keterangan;Jumlah", "01/11/2026;SETORAN;100.000", "02/11/2026;BIAYA;-2.500"]
    assert [line.sen for line in read("\n".join(lines).encode()).lines] == [100_000_00, -2_500_00]


def test_day_without_a_year_and_without_a_period_is_told():
    content = bca().replace(b"Periode,:,01/11/2026 - 30/11/2026\r\n", b"")
    assert {problem.code for line in read(content).lines for problem in line.problems} == {"statement:day"}


def test_list_of_workers_is_no_statement():
    assert read(b"NIK;Nama;Alamat\n'3324090101800001;SARI;Desa\n").problems[0].code in (
        "file:no-header",
        "file:statement-columns",
    )


@pytest.mark.parametrize(
    ("text", "sen"),
    [
        ("1.234.567,00", 123456700),
        ("1,234,567.00", 123456700),
        ("1234567", 123456700),
        (".50", 50),
        ("(2,500)", -250000),
    ],
)
def test_amounts_are_read_either_way_round(text, sen):
    assert sen_in(Cell(text)) == (sen, 0)


@pytest.mark.parametrize("text", ["1.23.4", "12 orang", "1e5", "-", "١٢٣", "12,345,6", "1.000 XX"])
def test_texts_that_are_no_amount_are_refused(text):
    with pytest.raises(UnreadableAmountError):
        sen_in(Cell(text))


@pytest.mark.parametrize("text", ["02-Nov-2026", "2/11/2026", "02/11/26", "2026-11-02", "02 Nop 2026", "20261102"])
def test_days_of_every_bank(text):
    assert day_of(Cell(text)) == date(2026, 11, 2)


def test_turn_of_the_year_finds_its_year():
    between = (date(2026, 12, 15), date(2027, 1, 14))
    assert day_of(Cell("03/01"), between=between) == date(2027, 1, 3)
    assert day_of(Cell("20/12"), between=between) == date(2026, 12, 20)
    assert day_of(Cell("03/06"), between=between) is None
