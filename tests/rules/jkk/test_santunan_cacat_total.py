"""The lump sum for total disability."""

import pytest
from hypothesis import given

from payung.rules.cases import check_case
from payung.rules.jkk.santunan_cacat_total import santunan_cacat_total
from tests.rules.jkk.days_and_wages import days, wages
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "santunan_cacat_total"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, wages)
def test_it_is_56_wages_to_the_rupiah(day, wage):
    step = santunan_cacat_total(wage, pada=day)
    assert step.result == 56 * wage
    assert step.params == {"upah_rp": wage, "kali": 80, "bp": 7000}
