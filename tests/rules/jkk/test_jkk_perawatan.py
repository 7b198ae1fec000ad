"""Medical care."""

import pytest
from hypothesis import given

from payung.rules.cases import check_case
from payung.rules.jkk.jkk_perawatan import jkk_perawatan
from tests.rules.jkk.days_and_wages import TODAY, costs, days
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_perawatan"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, costs)
def test_whatever_care_costs_is_paid(day, cost):
    assert jkk_perawatan(day, biaya_rp=cost).total_rp == cost


def test_no_costs_say_so():
    assert [step.code for step in jkk_perawatan(TODAY, biaya_rp=0).steps] == ["jkk.perawatan_tanpa_biaya"]
    assert [step.code for step in jkk_perawatan(TODAY, biaya_rp=1).steps] == ["jkk.perawatan"]
