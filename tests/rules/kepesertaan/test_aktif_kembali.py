"""Paying again after a gap: worked cases beside this file, and what it means for JKM's waiting."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.month import Month
from payung.rules.cases import check_case
from payung.rules.errors import Expected, GivenError, OverlayError
from payung.rules.jkm.jkm_manfaat import jkm_manfaat
from payung.rules.kepesertaan.aktif_kembali import aktif_kembali
from payung.rules.kepesertaan.status_kepesertaan import Status
from payung.rules.overlay import overlay_of
from tests.rules.yaml_cases import cases_beside

BEGAN = date(2016, 1, 1)
months = st.integers(int(Month.from_text("2016-01")), int(Month.from_text("2029-12"))).map(Month)


@pytest.mark.parametrize("case", cases_beside(__file__, "aktif_kembali"))
def test_worked_case(case):
    assert check_case(case) == []


@given(months, st.integers(0, 300))
def test_a_membership_begins_anew_exactly_if_it_had_lapsed(paid_until, days):
    day = paid_until.last_day + timedelta(days=days)
    found = aktif_kembali(BEGAN, lunas_sampai=paid_until, dibayar_lagi=day)
    lapsed = found.status_sebelumnya is Status.NONAKTIF
    assert found.mulai_baru == lapsed
    assert found.mulai_dihitung == (day if lapsed else BEGAN)
    assert 0 <= found.tunggakan_ditagih <= 3


def test_who_begins_anew_waits_anew_for_the_full_benefit():
    again = aktif_kembali(BEGAN, lunas_sampai=Month.from_text("2026-02"), dibayar_lagi=date(2026, 8, 10))
    died = date(2026, 11, 9)
    assert jkm_manfaat(died, mulai_kepesertaan=again.mulai_dihitung, bulan_iuran=60).total_rp == 10_000_000
    assert jkm_manfaat(died, mulai_kepesertaan=BEGAN, bulan_iuran=60).total_rp == 42_000_000


def test_steps_say_that_the_new_start_is_to_be_confirmed_and_the_arrears_are_not_billed():
    found = aktif_kembali(BEGAN, lunas_sampai=Month.from_text("2026-02"), dibayar_lagi=date(2026, 8, 10))
    assert [(step.code, step.result, step.confidence.value) for step in found.steps[2:]] == [
        ("aktif_kembali.mulai_baru", date(2026, 8, 10), "perlu konfirmasi"),
        ("aktif_kembali.tunggakan_tidak_ditagih", 0, "tinggi"),
    ]


def test_arrears_that_go_on_are_billed():
    found = aktif_kembali(BEGAN, lunas_sampai=Month.from_text("2026-02"), dibayar_lagi=date(2026, 4, 10))
    assert [(step.code, step.result) for step in found.steps[2:]] == [
        ("aktif_kembali.berlanjut", BEGAN),
        ("aktif_kembali.tunggakan", 2),
    ]


def test_a_membership_may_begin_on_the_day_of_paying():
    day = date(2026, 8, 31)
    assert aktif_kembali(day, lunas_sampai=Month.from_text("2026-07"), dibayar_lagi=day).mulai_dihitung == day


def test_a_scenario_cannot_answer_yes_or_no_with_a_number():
    with pytest.raises(OverlayError) as refusal:
        overlay_of("name: x\ncards: {nonaktif_mulai_baru: [{since: 2026-01, value: 1}]}")
    assert "neither true nor false" in refusal.value.detail


def test_a_start_after_paying_again_is_refused_by_its_key():
    with pytest.raises(GivenError) as refusal:
        aktif_kembali(date(2026, 9, 1), lunas_sampai=Month.from_text("2026-07"), dibayar_lagi=date(2026, 8, 31))
    assert (refusal.value.rule, refusal.value.key) == ("aktif_kembali", "mulai_kepesertaan")
    assert refusal.value.expected is Expected.NOT_AFTER_PAYING_AGAIN


def test_a_scenario_may_let_a_lapse_go_on_and_bill_its_arrears():
    scenario = overlay_of(
        "name: Putus tetap berlanjut\n"
        "cards:\n"
        "  nonaktif_mulai_baru: [{since: 2026-01, value: false}]\n"
        "  nonaktif_tunggakan_ditagih: [{since: 2026-01, value: true}]\n"
    )
    with scenario.in_force():
        found = aktif_kembali(BEGAN, lunas_sampai=Month.from_text("2026-02"), dibayar_lagi=date(2026, 8, 10))
    assert (found.mulai_baru, found.mulai_dihitung, found.tunggakan_ditagih) == (False, BEGAN, 6)
    assert [step.code for step in found.steps[2:]] == [
        "aktif_kembali.tetap_berlanjut",
        "aktif_kembali.tunggakan_lama_ditagih",
    ]
