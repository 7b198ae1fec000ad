"""What a ruling carries: its steps with what they show, its figures, its answer."""

import pytest

from payung.rules.explain import explain
from tests.rules.steps_shown import listed, shown

SHOWN, LISTED = shown(), listed()


@pytest.mark.parametrize("code", sorted(LISTED))
def test_a_step_shows_no_less_than_the_params_and_figures_that_it_is_listed_with(code):
    for params, cards in map(names_in, LISTED[code]):
        enough = [
            shape for shape in SHOWN.get(code, ()) if names_in(shape)[0] >= params and names_in(shape)[1] >= cards
        ]
        assert enough, f"{params} {cards}: if less is right: .venv/bin/python -m tests.rules.steps_shown"


def names_in(shape: str) -> tuple[set[str], set[str]]:
    """The names of params and those of cards, of a shape as it is listed."""
    params, _, cards = shape.partition("|")
    return set(params.replace(",", " ").split()), set(cards.replace(",", " ").split())


def test_a_ruling_gives_each_figure_once_and_an_answer_without_steps():
    given = {"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}
    ruling = explain("iuran_bpu", given).ruling
    cards = [figure.card for figure in ruling.figures]
    assert cards[:3] == ["lampiran_ii", "iuran_jkk_bpu", "iuran_jkm_bpu"]
    assert len(set(cards)) == len(cards)
    assert "steps" not in ruling.answer()
