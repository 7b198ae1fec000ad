"""Transport: worked cases beside this file, and what holds for all costs."""

import pytest
from hypothesis import given

from payung.kernel.funds import Keyakinan
from payung.rules.cases import check_case
from payung.rules.jkk.jkk_transportasi import jkk_transportasi
from tests.rules.jkk.days_and_wages import TODAY, costs, days
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_transportasi"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, costs, costs, costs)
def test_modes_add_up_and_none_is_paid_more_than_it_cost(day, land, sea, air):
    paid = jkk_transportasi(day, darat_rp=land, laut_rp=sea, udara_rp=air)
    assert paid.total_rp == paid.darat_rp + paid.laut_rp + paid.udara_rp == paid.steps[-1].result
    assert 0 <= paid.darat_rp <= land
    assert 0 <= paid.laut_rp <= sea
    assert 0 <= paid.udara_rp <= air
    alone = [
        jkk_transportasi(day, darat_rp=land),
        jkk_transportasi(day, laut_rp=sea),
        jkk_transportasi(day, udara_rp=air),
    ]
    assert paid.total_rp == sum(mode.total_rp for mode in alone)


@given(days, costs, costs)
def test_higher_costs_are_never_paid_less(day, one, other):
    low, high = (jkk_transportasi(day, darat_rp=cost).total_rp for cost in sorted((one, other)))
    assert low <= high


def test_that_modes_add_up_is_doubted_only_where_there_are_several():
    assert jkk_transportasi(TODAY, laut_rp=1).confidence is Keyakinan.TINGGI
    assert jkk_transportasi(TODAY, laut_rp=1, udara_rp=1).confidence is Keyakinan.BELUM_DICEK


def test_only_the_modes_that_were_used_have_a_step():
    assert [step.code for step in jkk_transportasi(TODAY, laut_rp=1).steps] == [
        "jkk.transportasi_laut",
        "jkk.transportasi_total",
    ]
    assert [step.code for step in jkk_transportasi(TODAY).steps] == ["jkk.transportasi_tanpa_biaya"]
