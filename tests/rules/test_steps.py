"""What a ruling carries: its steps with what they show, its figures, its answer."""

import pytest

from payung.rules.explain import explain
from tests.rules.steps_shown import listed, shown

SHOWN, LISTED = shown(), listed()


@pytest.mark.parametrize("code", sorted(LISTED))
def test_a_step_shows_the_params_and_figures_that_it_is_listed_with(code):
    assert SHOWN.get(code) == LISTED[code], "if that is right: .venv/bin/python -m tests.rules.steps_shown"


def test_a_ruling_gives_each_figure_once_and_an_answer_without_steps():
    given = {"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}
    ruling = explain("iuran_bpu", given).ruling
    cards = [figure.card for figure in ruling.figures]
    assert cards[:3] == ["lampiran_ii", "iuran_jkk_bpu", "iuran_jkm_bpu"]
    assert len(set(cards)) == len(cards)
    assert "steps" not in ruling.answer()
