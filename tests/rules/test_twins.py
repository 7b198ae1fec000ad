"""Dated twins: one name, each formula in its own time."""

from datetime import date

import pytest

from payung.kernel.month import Month
from payung.rules.errors import AfterTheLawError, BeforeTheLawError, CardError
from payung.rules.iuran import figures
from payung.rules.iuran.keringanan import KERINGANAN
from payung.rules.twins import Twins


def test_each_month_has_the_formula_of_its_law():
    found = {text: KERINGANAN.find(Month.from_text(text)) for text in ("2020-07", "2020-08", "2026-01", "2027-04")}
    names = {text: formula.__name__ if formula else None for text, formula in found.items()}
    assert names == {
        "2020-07": None,
        "2020-08": "_keringanan_pp_49_2020",
        "2026-01": "_keringanan_pp_50_2025",
        "2027-04": None,
    }


def test_two_formulas_of_one_day_are_refused():
    twins = Twins("contoh")
    twins.during(figures.KERINGANAN_PP_49_2020)(lambda: 1)
    with pytest.raises(CardError, match="two formulas hold on 2020-08-01"):
        twins.during(figures.IURAN_JKM)(lambda: 2)


def test_a_formula_without_an_end_holds_for_ever():
    twins = Twins("contoh")
    formula = twins.during(figures.IURAN_JKM)(lambda: 1)
    assert twins.find(date(2099, 1, 1)) is formula
    assert twins.find(date(2015, 6, 30)) is None


@pytest.mark.parametrize(
    ("day", "error"), [(date(2020, 7, 31), BeforeTheLawError), (Month.from_text("2021-02"), AfterTheLawError)]
)
def test_a_day_without_a_formula_is_refused_by_name(day, error):
    twins = Twins("contoh")
    formula = twins.during(figures.KERINGANAN_PP_49_2020)(lambda: 1)
    assert twins.on(date(2020, 8, 1)) is formula
    with pytest.raises(error, match="contoh"):
        twins.on(day)
