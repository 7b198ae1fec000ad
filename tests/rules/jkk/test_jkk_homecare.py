"""Care at home."""

import pytest
from hypothesis import given

from payung.rules.cases import check_case
from payung.rules.jkk.jkk_homecare import jkk_homecare
from tests.rules.jkk.days_and_wages import EVE_OF_PP_82, TODAY, costs, days
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_homecare"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, costs, costs)
def test_no_more_is_paid_than_the_first_year_cost(day, cost, late):
    assert 0 <= jkk_homecare(day, biaya_rp=cost, biaya_lewat_setahun_rp=late).total_rp <= cost


@given(days, costs, costs)
def test_higher_costs_are_never_paid_less(day, one, other):
    low, high = (jkk_homecare(day, biaya_rp=cost).total_rp for cost in sorted((one, other)))
    assert low <= high


@pytest.mark.parametrize(
    ("given_costs", "codes"),
    [
        ({"biaya_rp": 1}, ["jkk.homecare"]),
        ({"biaya_rp": 0}, ["jkk.homecare_tanpa_biaya"]),
        ({"biaya_rp": 1, "biaya_lewat_setahun_rp": 1}, ["jkk.homecare", "jkk.homecare_lewat_waktu"]),
    ],
)
def test_steps_say_what_is_not_paid_and_why(given_costs, codes):
    assert [step.code for step in jkk_homecare(TODAY, **given_costs).steps] == codes


def test_under_the_former_law_a_step_says_that_there_was_none():
    (step,) = jkk_homecare(EVE_OF_PP_82, biaya_rp=1).steps
    assert (step.code, step.result) == ("jkk.homecare_belum_ada", 0)
    assert step.figures[0].article == "PP 44/2015 Lampiran III"


def test_costs_after_a_year_name_the_months_and_the_costs():
    late = jkk_homecare(TODAY, biaya_rp=1, biaya_lewat_setahun_rp=7).steps[-1]
    assert (late.result, late.params) == (0, {"biaya_rp": 7, "bulan": 12})
