"""Permanent total disability: worked cases beside this file, and what holds for every wage and day."""

import pytest
from hypothesis import given

from payung.rules.cases import check_case
from payung.rules.jkk.jkk_cacat_total_tetap import jkk_cacat_total_tetap
from payung.rules.jkk.santunan_cacat_total import santunan_cacat_total
from tests.rules.jkk.days_and_wages import children, days, wages
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_cacat_total_tetap"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, wages, children)
def test_total_is_the_sum_of_its_parts_and_the_last_step(day, wage, kids):
    benefit = jkk_cacat_total_tetap(day, upah_rp=wage, anak=kids)
    parts = (benefit.santunan_rp, benefit.berkala_rp, benefit.beasiswa_maks_rp)
    assert benefit.total_rp == sum(parts) == benefit.steps[-1].result
    assert benefit.beasiswa_maks_rp == sum(child.maks_rp for child in benefit.beasiswa)


@given(days, wages, wages)
def test_the_lump_sum_is_additive_in_the_wage(day, one, other):
    together = santunan_cacat_total(one + other, pada=day).result
    assert together == santunan_cacat_total(one, pada=day).result + santunan_cacat_total(other, pada=day).result
