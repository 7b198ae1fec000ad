"""The lump sum for a death by work: its floor, and exactness to the rupiah."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.jkk.santunan_kematian import santunan_kematian
from tests.rules.jkk.days_and_wages import TODAY, days, wages
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "santunan_kematian"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, wages.filter(lambda wage: wage > 416_666))
def test_it_is_48_wages_to_the_rupiah(day, wage):
    assert santunan_kematian(wage, pada=day).result == 48 * wage


@given(st.integers(0, 416_666))
def test_it_is_never_less_than_the_floor(wage):
    step = santunan_kematian(wage, pada=TODAY)
    assert (step.result, step.code) == (20_000_000, "jkk.santunan_kematian_minimum")
