"""The order of heirs: worked cases beside this file, and what holds for every family."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.errors import Expected, GivenError
from payung.rules.kepesertaan import figures
from payung.rules.kepesertaan.ahli_waris import ahli_waris
from payung.rules.kepesertaan.waris import Golongan, Penerima, Wasiat
from tests.rules.yaml_cases import cases_beside

DAY = date(2026, 2, 10)
KIN = ("anak", "orang_tua", "kakek_nenek", "cucu", "saudara", "mertua")
families = st.fixed_dictionaries(
    {"pasangan": st.booleans(), "wasiat": st.sampled_from(Wasiat)} | {name: st.integers(0, 3) for name in KIN}
)


@pytest.mark.parametrize("case", cases_beside(__file__, "ahli_waris"))
def test_worked_case(case):
    assert check_case(case) == []


@given(families)
def test_somebody_always_receives_and_only_from_one_class(family):
    found = ahli_waris(DAY, **family)
    assert found.penerima_santunan
    assert found.penerima_pemakaman
    members = {row.golongan: set(row.anggota) for row in figures.URUTAN_AHLI_WARIS.on(DAY).value}
    members[Golongan.TIDAK_ADA] = {Penerima.DANA_JAMINAN_SOSIAL}
    assert set(found.penerima_santunan) <= members[found.golongan]


@given(families)
def test_only_the_living_receive(family):
    for who in ahli_waris(DAY, **family).penerima_santunan:
        assert family.get(who.value.lower(), True)


@given(families)
def test_who_is_next_receives_when_the_first_class_is_empty(family):
    found = ahli_waris(DAY, **family)
    if found.golongan not in (Golongan.WASIAT, Golongan.TIDAK_ADA):
        gone: dict[str, Any] = {who.value.lower(): 0 for who in found.penerima_santunan}
        left = family | gone | {"pasangan": family["pasangan"] and "pasangan" not in gone}
        assert ahli_waris(DAY, **left).golongan is (found.berikutnya or Golongan.TIDAK_ADA)


@given(families)
def test_the_classes_come_in_the_order_of_the_law(family):
    found = ahli_waris(DAY, **family)
    order = list(Golongan)
    assert found.berikutnya is None or order.index(found.golongan) < order.index(found.berikutnya)


def test_each_empty_class_before_is_told():
    steps = ahli_waris(DAY, saudara=1, mertua=1).steps
    assert [step.code for step in steps] == [
        "ahli_waris.golongan_kosong",
        "ahli_waris.golongan_kosong",
        "ahli_waris.golongan_penerima",
        "ahli_waris.berikutnya",
    ]
    assert [step.params.get("golongan") for step in steps] == [
        Golongan.PASANGAN_ANAK,
        Golongan.SEDARAH_LURUS,
        Golongan.SAUDARA,
        None,
    ]
    assert [step.result for step in steps[:2]] == [False, False]
    assert steps[-1].result is Golongan.MERTUA
    assert {figure.article for figure in steps[2].figures} == {"PP 44/2015 Ps 37(5)"}


def test_a_will_that_does_not_count_says_why():
    codes = [step.code for step in ahli_waris(DAY, wasiat=Wasiat.TANPA_NOTARIS).steps]
    assert codes[-2:] == ["ahli_waris.wasiat_tanpa_akta", "ahli_waris.tidak_ada"]
    assert codes.count("ahli_waris.wasiat_tanpa_akta") == 1


def test_a_will_is_not_told_where_kin_receives():
    codes = [step.code for step in ahli_waris(DAY, anak=1, wasiat=Wasiat.AKTA_NOTARIS).steps]
    assert codes == ["ahli_waris.golongan_penerima", "ahli_waris.berikutnya"]


@pytest.mark.parametrize("kin", KIN)
def test_fewer_than_none_is_refused_by_its_key(kin):
    with pytest.raises(GivenError) as refusal:
        ahli_waris(DAY, **{kin: -1})
    assert (refusal.value.rule, refusal.value.key, refusal.value.expected) == (
        "ahli_waris",
        kin,
        Expected.ZERO_OR_MORE,
    )
