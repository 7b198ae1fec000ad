"""Days without work: worked cases beside this file, and what holds for every number of days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cards import CardFile
from payung.rules.cases import check_case
from payung.rules.errors import CardError
from payung.rules.jkk import figures
from payung.rules.jkk.jkk_stmb import jkk_stmb
from tests.rules.jkk.days_and_wages import EVE_OF_PP_82, TODAY, days, days_of_pp_82, wages
from tests.rules.yaml_cases import cases_beside

lengths = st.integers(0, 2_000)


@pytest.mark.parametrize("case", cases_beside(__file__, "jkk_stmb"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, wages, lengths, lengths)
def test_more_days_never_bring_less(day, wage, one, other):
    low, high = (jkk_stmb(day, upah_rp=wage, hari=length).total_rp for length in sorted((one, other)))
    assert 0 <= low <= high


@given(days, lengths, wages, wages)
def test_a_higher_wage_never_brings_less(day, length, one, other):
    low, high = (jkk_stmb(day, upah_rp=wage, hari=length).total_rp for wage in sorted((one, other)))
    assert low <= high


@given(days_of_pp_82, wages, st.integers(0, 360))
def test_within_a_year_a_day_is_a_thirtieth_and_is_rounded_once(day, wage, length):
    assert jkk_stmb(day, upah_rp=wage, hari=length).total_rp == wage * length // 30


@given(wages, lengths)
def test_the_former_law_never_gave_more(wage, length):
    former = jkk_stmb(EVE_OF_PP_82, upah_rp=wage, hari=length).total_rp
    assert former <= jkk_stmb(TODAY, upah_rp=wage, hari=length).total_rp


@given(days, lengths)
def test_the_stages_hold_every_day_once(day, length):
    *stages, total = jkk_stmb(day, upah_rp=1_000_000, hari=length).steps
    assert sum(stage.result.hari for stage in stages) == length
    assert [stage.params["dari_hari"] for stage in stages[1:]] == [
        stage.params["sampai_hari"] + 1 for stage in stages[:-1]
    ]
    assert total.code == ("jkk.stmb_total" if length else "jkk.stmb_tanpa_hari")


def test_the_stages_say_their_days_and_shares():
    *stages, total = jkk_stmb(EVE_OF_PP_82, upah_rp=1_000_000, hari=420).steps
    assert [(stage.params["dari_hari"], stage.params["sampai_hari"], stage.result.persen) for stage in stages] == [
        (1, 180, 100),
        (181, 360, 75),
        (361, 420, 50),
    ]
    assert total.params == {"upah_rp": 1_000_000, "hari_sebulan": 30, "hari": 420}


@pytest.mark.parametrize("stages", ["[{bulan: 6, persen: 100}]", "[{persen: 100}, {persen: 50}]"])
def test_stages_of_which_not_exactly_the_last_is_open_are_refused(tmp_path, stages):
    path = tmp_path / "parameters.yaml"
    path.write_text(
        "tahap:\n  name: {id: a, en: a}\n  unit: a\n  last_checked_on: 2026-11-22\n  values:\n"
        f"    - {{since: 2015-07-01, value: {stages}, article: a, source: a, confidence: tinggi}}\n",
        encoding="utf-8",
    )
    with pytest.raises(CardError):
        CardFile(path).card("tahap", figures._tahap_stmb)
