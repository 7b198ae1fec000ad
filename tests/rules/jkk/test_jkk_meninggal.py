"""A death by work: worked cases beside this file, and what holds for every wage and day."""

import pytest
from hypothesis import given

from payung.rules.cases import check_case
from payung.rules.jkk.jkk_meninggal import jkk_meninggal
from payung.rules.jkm.anak import Anak, Jenjang
from tests.rules.jkk.days_and_wages import TODAY, children, days, wages
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_meninggal"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, wages, children)
def test_total_is_the_sum_of_its_parts_and_the_last_step(day, wage, kids):
    benefit = jkk_meninggal(day, upah_rp=wage, anak=kids)
    parts = (benefit.santunan_rp, benefit.berkala_rp, benefit.pemakaman_rp, benefit.beasiswa_maks_rp)
    assert benefit.total_rp == sum(parts)
    assert benefit.beasiswa_maks_rp == sum(child.maks_rp for child in benefit.beasiswa)
    assert benefit.total_rp == benefit.steps[-1].result > 0


@given(days, wages, wages)
def test_a_higher_wage_never_brings_a_family_less(day, one, other):
    low, high = sorted((one, other))
    assert jkk_meninggal(day, upah_rp=low).total_rp <= jkk_meninggal(day, upah_rp=high).total_rp


@given(days, wages, children)
def test_one_more_child_never_brings_less(day, wage, kids):
    fewer = jkk_meninggal(day, upah_rp=wage, anak=kids[1:]).total_rp
    assert fewer <= jkk_meninggal(day, upah_rp=wage, anak=kids).total_rp


def test_no_months_of_contribution_are_asked_for():
    steps = jkk_meninggal(TODAY, upah_rp=1_000_000, anak=(Anak(Jenjang.TK),)).steps
    codes = [step.code for step in steps]
    assert codes[:3] == ["jkk.santunan_kematian", "jkk.santunan_berkala", "jkk.biaya_pemakaman"]
    assert codes[-1] == "jkk.meninggal_total"
    assert not {"beasiswa.iuran_cukup", "beasiswa.iuran_kurang"} & set(codes)
