"""What a family receives from JKM: worked cases beside this file, and what holds for every death."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.errors import Expected, GivenError
from payung.rules.jkm.anak import Anak, Jenjang
from payung.rules.jkm.jkm_manfaat import JkmManfaat, jkm_manfaat
from tests.rules.yaml_cases import cases_beside

deaths = st.dates(date(2015, 7, 1), date(2035, 12, 31))
days_of_membership = st.integers(0, 4000)
months_paid = st.integers(0, 120)
children = st.lists(st.builds(Anak, st.sampled_from(Jenjang), st.integers(1, 8)), max_size=4).map(tuple)


@pytest.mark.parametrize("case", cases_beside(__file__, "jkm_manfaat"))
def test_worked_case(case):
    assert check_case(case) == []


def benefit(day: date, days: int, months: int, kids: tuple[Anak, ...]) -> JkmManfaat:
    return jkm_manfaat(day, mulai_kepesertaan=day - timedelta(days=days), bulan_iuran=months, anak=kids)


@given(deaths, days_of_membership, months_paid, children)
def test_total_is_the_sum_of_its_parts_and_none_is_below_zero(day, days, months, kids):
    found = benefit(day, days, months, kids)
    parts = (found.santunan_rp, found.berkala_rp, found.pemakaman_rp, found.beasiswa_maks_rp)
    assert found.total_rp == sum(parts)
    assert min(parts) >= 0
    assert found.beasiswa_maks_rp == sum(child.maks_rp for child in found.beasiswa)


@given(deaths, days_of_membership, days_of_membership, months_paid, months_paid, children)
def test_a_longer_membership_never_receives_less(day, days, more_days, months, more_months, kids):
    one, other = sorted((days, more_days)), sorted((months, more_months))
    assert benefit(day, one[0], other[0], kids).total_rp <= benefit(day, one[1], other[1], kids).total_rp


@given(deaths, days_of_membership, months_paid, children)
def test_one_more_child_never_brings_less(day, days, months, kids):
    assert benefit(day, days, months, kids[1:]).total_rp <= benefit(day, days, months, kids).total_rp


@given(deaths, days_of_membership, months_paid, children)
def test_every_step_that_gives_money_cites_an_article(day, days, months, kids):
    for step in benefit(day, days, months, kids).steps:
        if step.code in ("jkm.santunan_sekaligus", "jkm.santunan_berkala", "jkm.biaya_pemakaman", "beasiswa.anak"):
            assert all(figure.article for figure in step.figures)
            assert step.figures


def test_the_waiting_period_says_why_not_the_full_benefit():
    found = benefit(date(2026, 11, 22), 30, 2, (Anak(Jenjang.TK),))
    assert [step.code for step in found.steps] == [
        "jkm.masa_tunggu",
        "jkm.bulan_kepesertaan",
        "jkm.dalam_masa_tunggu",
        "jkm.pembagian_belum_pasti",
    ]
    assert found.steps[2].params == {"bulan_kepesertaan": 0, "bulan_tunggu": 3}
    assert "Permenaker 1/2025" in {figure.article for figure in found.steps[2].figures}


def test_a_full_benefit_lists_its_parts_and_their_sum():
    found = benefit(date(2026, 11, 22), 2000, 36, (Anak(Jenjang.TK), Anak(Jenjang.SD, 6)))
    assert [step.code for step in found.steps] == [
        "jkm.masa_tunggu",
        "jkm.bulan_kepesertaan",
        "jkm.santunan_sekaligus",
        "jkm.santunan_berkala",
        "jkm.biaya_pemakaman",
        "beasiswa.iuran_cukup",
        "beasiswa.anak",
        "beasiswa.anak",
        "beasiswa.berakhir",
        "jkm.total",
    ]
    assert found.steps[-1].result == found.total_rp == 205_500_000


def test_a_membership_after_death_is_refused_by_its_key():
    with pytest.raises(GivenError) as refusal:
        benefit(date(2026, 11, 22), -1, 2, ())
    assert (refusal.value.key, refusal.value.expected) == ("mulai_kepesertaan", Expected.NOT_AFTER_DEATH)


def test_months_below_zero_are_refused_by_their_key():
    with pytest.raises(GivenError) as refusal:
        benefit(date(2026, 11, 22), 1, -1, ())
    assert (refusal.value.rule, refusal.value.key) == ("jkm_manfaat", "bulan_iuran")
