"""The waiting period, on the eve and on the day of its rule."""

from datetime import date

from payung.kernel.funds import Keyakinan
from payung.rules.jkm.masa_tunggu import masa_tunggu_jkm
from payung.rules.overlay import overlay_of


def test_nobody_waits_on_the_eve_of_the_rule():
    assert masa_tunggu_jkm(date(2025, 1, 31)).result.bulan == 0


def test_a_wait_without_a_benefit_of_its_own_is_no_wait():
    scenario = overlay_of("name: x\ncards: {masa_tunggu_jkm: [{since: 2020-01, until: 2020-12, value: 3}]}")
    with scenario.in_force():
        assert masa_tunggu_jkm(date(2020, 6, 1)).code == "jkm.tanpa_masa_tunggu"


def test_three_months_are_waited_for_from_the_day_of_the_rule():
    step = masa_tunggu_jkm(date(2025, 2, 1))
    assert (step.result.bulan, step.result.manfaat_rp) == (3, 10_000_000)


def test_the_waiting_rule_says_that_its_day_is_not_certain():
    step = masa_tunggu_jkm(date(2026, 11, 22))
    assert step.confidence is Keyakinan.PERLU_KONFIRMASI
    assert not any(figure.since_exact for figure in step.figures)
