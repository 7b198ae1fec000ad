"""Dentures, hearing aids and glasses."""

import pytest
from hypothesis import given

from payung.rules.cases import check_case
from payung.rules.jkk.jkk_alat_bantu import jkk_alat_bantu
from tests.rules.jkk.days_and_wages import TODAY, costs, days_of_pp_82
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_alat_bantu"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days_of_pp_82, costs, costs, costs)
def test_aids_add_up_and_none_is_paid_more_than_it_cost(day, teeth, hearing, glasses):
    paid = jkk_alat_bantu(day, gigi_tiruan_rp=teeth, alat_dengar_rp=hearing, kacamata_rp=glasses)
    assert paid.total_rp == paid.gigi_tiruan_rp + paid.alat_dengar_rp + paid.kacamata_rp == paid.steps[-1].result
    assert 0 <= paid.gigi_tiruan_rp <= teeth
    assert 0 <= paid.alat_dengar_rp <= hearing
    assert 0 <= paid.kacamata_rp <= glasses


def test_only_the_aids_that_were_bought_have_a_step():
    assert [step.code for step in jkk_alat_bantu(TODAY, kacamata_rp=1).steps] == [
        "jkk.kacamata",
        "jkk.alat_bantu_total",
    ]
    assert [step.code for step in jkk_alat_bantu(TODAY).steps] == ["jkk.alat_bantu_tanpa_biaya"]
