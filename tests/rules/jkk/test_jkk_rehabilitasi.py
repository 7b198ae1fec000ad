"""Ortheses, prostheses and medical rehabilitation."""

import pytest
from hypothesis import given

from payung.kernel.funds import Keyakinan
from payung.rules.cases import check_case
from payung.rules.jkk.jkk_rehabilitasi import jkk_rehabilitasi
from tests.rules.jkk.days_and_wages import TODAY, costs, days_of_pp_82
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_rehabilitasi"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days_of_pp_82, costs, costs, costs)
def test_parts_add_up_and_none_is_paid_more_than_it_cost(day, device, reference, medical):
    paid = jkk_rehabilitasi(day, biaya_alat_rp=device, harga_acuan_rp=reference, rehabilitasi_medik_rp=medical)
    assert paid.total_rp == paid.alat_rp + paid.rehabilitasi_medik_rp == paid.steps[-1].result
    assert 0 <= paid.alat_rp <= device
    assert paid.rehabilitasi_medik_rp == medical


@given(costs, costs, costs)
def test_a_higher_reference_never_pays_less(device, one, other):
    low, high = (
        jkk_rehabilitasi(TODAY, biaya_alat_rp=device, harga_acuan_rp=reference).total_rp
        for reference in sorted((one, other))
    )
    assert low <= high


def test_the_forty_per_cent_are_doubted_only_where_a_device_is_paid():
    device = jkk_rehabilitasi(TODAY, biaya_alat_rp=1, harga_acuan_rp=1)
    medical = jkk_rehabilitasi(TODAY, rehabilitasi_medik_rp=1)
    assert (device.confidence, medical.confidence) == (Keyakinan.PERLU_KONFIRMASI, Keyakinan.TINGGI)
    assert [step.code for step in device.steps] == ["jkk.orthese_prothese", "jkk.rehabilitasi_total"]
    assert [step.code for step in medical.steps] == ["jkk.rehabilitasi_medik", "jkk.rehabilitasi_total"]
    assert [step.code for step in jkk_rehabilitasi(TODAY).steps] == ["jkk.rehabilitasi_tanpa_biaya"]


def test_a_device_that_the_list_does_not_have_is_paid_nothing_and_says_so():
    step = jkk_rehabilitasi(TODAY, biaya_alat_rp=1, harga_acuan_rp=0).steps[0]
    assert (step.code, step.result, step.params["batas_rp"]) == ("jkk.orthese_prothese", 0, 0)
