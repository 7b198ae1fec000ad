"""Why a month costs what it does: told once a run of months, never across a month that costs something else."""

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.web.frame.reasons import MonthPrice, law_reasons, price_reasons

MARCH, NOVEMBER = Month.from_text("2026-03"), Month.from_text("2026-11")


def reasons_of(first, months, sectors=(Sektor.LAINNYA,), funds=SumberDana.CSR):
    found = law_reasons(first, months=months, sectors=sectors, funds=funds, dasar_upah_rp=1_000_000)
    return [reason.title for reason in found]


def test_a_price_that_comes_back_is_told_again():
    assert reasons_of(MARCH, 12) == [
        "Mengapa Rp16.800 pada Maret 2026?",
        "Mengapa Rp8.400 pada April 2026 – Desember 2026?",
        "Mengapa Rp16.800 pada Januari 2027 – Februari 2027?",
    ]


def test_sectors_are_told_apart_when_there_are_two():
    assert reasons_of(NOVEMBER, 4, sectors=Sektor) == [
        "Mengapa Rp8.400 pada November 2026 – Februari 2027? (transportasi)",
        "Mengapa Rp8.400 pada November 2026 – Desember 2026? (di luar transportasi)",
        "Mengapa Rp16.800 pada Januari 2027 – Februari 2027? (di luar transportasi)",
    ]


def test_the_relief_is_cited_where_it_holds_and_refused_to_public_money():
    csr, apbd = (
        law_reasons(NOVEMBER, months=1, sectors=[Sektor.LAINNYA], funds=funds, dasar_upah_rp=1_000_000)[0]
        for funds in (SumberDana.CSR, SumberDana.APBD)
    )
    assert any("PP 50/2025" in step.article for step in csr.steps)
    assert apbd.title == "Mengapa Rp16.800 pada November 2026?"


def test_a_price_that_the_law_no_longer_gives_says_so():
    ruling = iuran_bpu(1_000_000, bulan=NOVEMBER, sektor=Sektor.LAINNYA, sumber_dana=SumberDana.CSR)
    [reason] = price_reasons([MonthPrice(NOVEMBER, Sektor.LAINNYA, 9_000, ruling)])
    assert reason.title == "Mengapa Rp9.000 pada November 2026?"
    assert "hukum yang kini tercatat lain" in reason.steps[0].label
    assert len(reason.steps) == len(ruling.steps) + 1
