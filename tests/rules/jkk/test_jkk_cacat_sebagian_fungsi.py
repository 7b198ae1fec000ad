"""Lost function: worked cases beside this file, and what holds for every share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Keyakinan
from payung.rules.cases import check_case
from payung.rules.errors import GivenError
from payung.rules.jkk.bagian import Bagian
from payung.rules.jkk.jkk_cacat_sebagian_anatomis import jkk_cacat_sebagian_anatomis
from payung.rules.jkk.jkk_cacat_sebagian_fungsi import jkk_cacat_sebagian_fungsi
from tests.rules.jkk.days_and_wages import TODAY, days, parts, wages
from tests.rules.yaml_cases import cases_beside

shares = st.integers(0, 100)


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_cacat_sebagian_fungsi"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, wages, parts, shares, shares)
def test_who_loses_more_function_never_gets_less(day, wage, part, one, other):
    low, high = (
        jkk_cacat_sebagian_fungsi(day, upah_rp=wage, bagian=part, fungsi_hilang_persen=share).total_rp
        for share in sorted((one, other))
    )
    assert 0 <= low <= high


@given(wages, parts, st.booleans())
def test_all_function_lost_is_as_if_the_part_were_lost(wage, part, left_handed):
    lost = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=wage, kehilangan=(part,), kidal=left_handed)
    useless = jkk_cacat_sebagian_fungsi(TODAY, upah_rp=wage, bagian=part, fungsi_hilang_persen=100, kidal=left_handed)
    assert useless.total_rp == lost.total_rp


def test_the_formula_is_not_checked_yet_and_says_so():
    half = jkk_cacat_sebagian_fungsi(TODAY, upah_rp=1_000_000, bagian=Bagian.SATU_MATA, fungsi_hilang_persen=50)
    assert half.confidence is Keyakinan.BELUM_DICEK
    assert [step.code for step in half.steps] == ["jkk.persentase_cacat", "jkk.santunan_cacat_fungsi"]


def test_no_function_lost_says_so():
    none = jkk_cacat_sebagian_fungsi(TODAY, upah_rp=1_000_000, bagian=Bagian.SATU_MATA, fungsi_hilang_persen=0)
    assert none.steps[-1].code == "jkk.fungsi_tidak_berkurang"


def test_the_scalp_is_refused_with_the_parts_that_may_be_asked():
    with pytest.raises(GivenError) as refusal:
        jkk_cacat_sebagian_fungsi(TODAY, upah_rp=1, bagian=Bagian.KULIT_KEPALA, fungsi_hilang_persen=1)
    assert set(refusal.value.choices) == set(Bagian) - {Bagian.KULIT_KEPALA}
