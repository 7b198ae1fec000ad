"""What a late payment costs: worked cases beside this file, and what holds for every sum."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Program
from payung.rules.cases import check_case
from payung.rules.tenggat.denda_keterlambatan import denda_keterlambatan
from tests.rules.yaml_cases import cases_beside

PADA = date(2026, 5, 4)
sums = st.integers(min_value=0, max_value=500_000_000)
late_days = st.integers(min_value=0, max_value=400)
programmes = st.sampled_from(Program)


def denda(program: Program, manfaat_rp: int, hari: int) -> int:
    return denda_keterlambatan(program, manfaat_rp=manfaat_rp, hari_terlambat=hari, pada=PADA).total_rp


@pytest.mark.parametrize("case", cases_beside(__file__, "denda_keterlambatan"))
def test_worked_case(case):
    assert check_case(case) == []


@given(programmes, sums, late_days, late_days)
def test_more_days_late_never_cost_less(program, benefit, one, other):
    fewer, more = sorted((one, other))
    assert 0 <= denda(program, benefit, fewer) <= denda(program, benefit, more)


@given(programmes, sums, sums, late_days)
def test_a_larger_benefit_never_earns_less(program, one, other, days):
    small, large = sorted((one, other))
    assert denda(program, small, days) <= denda(program, large, days)


@given(programmes, sums, late_days, late_days)
def test_days_add_up_but_for_the_rupiah_that_is_dropped(program, benefit, one, other):
    assert (
        0 <= denda(program, benefit, one + other) - denda(program, benefit, one) - denda(program, benefit, other) <= 1
    )


@given(programmes, sums, late_days)
def test_a_hundred_days_cost_the_benefit_once_more(program, benefit, days):
    assert denda(program, benefit, days + 100) == denda(program, benefit, days) + benefit


@pytest.mark.parametrize(("days", "code"), [(0, "tenggat.tidak_terlambat"), (1, "tenggat.denda")])
def test_a_step_says_whether_it_was_late(days, code):
    answer = denda_keterlambatan(Program.JKK, manfaat_rp=70_000_000, hari_terlambat=days, pada=PADA)
    assert [step.code for step in answer.steps] == [code]
