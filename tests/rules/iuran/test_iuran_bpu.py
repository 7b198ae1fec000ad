"""The price of a month: worked cases beside this file, and what holds for every price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Keyakinan, Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.cases import check_case
from payung.rules.iuran import figures
from payung.rules.iuran.iuran_bpu import iuran_bpu
from tests.rules.yaml_cases import cases_beside

NOVEMBER = Month.from_text("2026-11")
FIRST, LAST = Month.from_text("2015-07"), Month.from_text("2035-12")
incomes = st.integers(min_value=0, max_value=60_000_000)
months = st.integers(int(FIRST), int(LAST)).map(Month)
funds, sectors = st.sampled_from(SumberDana), st.sampled_from(Sektor)


@pytest.mark.parametrize("case", cases_beside(__file__, "iuran_bpu"))
def test_worked_case(case):
    assert check_case(case) == []


@given(incomes, months, sectors, funds, st.booleans())
def test_total_is_the_sum_of_its_parts_and_the_last_step(income, month, sector, fund, jht):
    price = iuran_bpu(income, bulan=month, sektor=sector, sumber_dana=fund, jht=jht)
    assert price.total_rp == price.jkk_rp + price.jkm_rp + price.jht_rp == price.steps[-1].result
    assert 0 < price.total_rp <= price.tanpa_keringanan_rp


@given(incomes, incomes, months, sectors, funds)
def test_who_earns_more_never_pays_less(one, other, month, sector, fund):
    low, high = sorted((one, other))
    price_of = {rp: iuran_bpu(rp, bulan=month, sektor=sector, sumber_dana=fund).total_rp for rp in (low, high)}
    assert price_of[low] <= price_of[high]


@given(incomes, months, sectors)
def test_public_money_never_pays_less_than_csr(income, month, sector):
    csr = iuran_bpu(income, bulan=month, sektor=sector, sumber_dana=SumberDana.CSR)
    apbd = iuran_bpu(income, bulan=month, sektor=sector, sumber_dana=SumberDana.APBD)
    assert csr.total_rp <= apbd.total_rp
    assert csr.tanpa_keringanan_rp == apbd.tanpa_keringanan_rp


@given(incomes, months, sectors, funds)
def test_a_base_given_as_income_has_the_same_price(income, month, sector, fund):
    price = iuran_bpu(income, bulan=month, sektor=sector, sumber_dana=fund)
    assert iuran_bpu(price.dasar_rp, bulan=month, sektor=sector, sumber_dana=fund).total_rp == price.total_rp


def test_every_source_of_funds_stands_in_the_card_of_relief():
    assert set(figures.SUMBER_DANA_PP_50_2025.values[0].value) == set(SumberDana)


def test_steps_say_why_public_money_gets_no_relief():
    price = iuran_bpu(1_000_000, bulan=NOVEMBER, sektor=Sektor.LAINNYA, sumber_dana=SumberDana.APBD)
    step = next(step for step in price.steps if step.code == "iuran.keringanan_sumber_dana")
    assert step.params["sumber_dana"] is SumberDana.APBD
    assert "PP 50/2025 Ps 3" in {figure.article for figure in step.figures}


def test_steps_name_the_months_of_a_sector_outside_of_them():
    price = iuran_bpu(1_000_000, bulan=Month.from_text("2027-01"), sektor=Sektor.LAINNYA, sumber_dana=SumberDana.CSR)
    step = next(step for step in price.steps if step.code == "iuran.keringanan_sektor")
    assert step.as_dict()["params"]["sampai"] == "2026-12-31"


def test_doubt_about_funds_makes_the_price_doubtful():
    price = iuran_bpu(1_000_000, bulan=NOVEMBER, sektor=Sektor.LAINNYA, sumber_dana=SumberDana.DBHCHT)
    assert price.confidence is Keyakinan.PERLU_KONFIRMASI
    assert [step.code for step in price.steps if step.confidence is not Keyakinan.TINGGI] == [
        "iuran.keringanan_sumber_dana"
    ]


@pytest.mark.parametrize(
    ("income", "begins", "below"), [(1_500_000, 1_500_000, 1_700_000), (60_000_000, 20_200_000, None)]
)
def test_the_first_step_says_from_where_to_where_the_band_reaches(income, begins, below):
    params = iuran_bpu(income, bulan=NOVEMBER, sektor=Sektor.LAINNYA, sumber_dana=SumberDana.CSR).steps[0].params
    assert (params["dari_rp"], params["di_bawah_rp"]) == (begins, below)


@pytest.mark.parametrize("starts", [[1, 2], [0, 2, 1], [0, 1, 1]])
def test_bands_that_do_not_rise_from_zero_are_refused(starts):
    origin = figures.LAMPIRAN_II.values[0].origin
    with pytest.raises(ValueError, match="rise from zero"):
        figures._golongan([{"baris": 1, "dari_rp": start, "dasar_rp": 1} for start in starts], origin)
