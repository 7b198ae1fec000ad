"""Dated twins: one name, each formula in its own time."""

from contextlib import nullcontext
from datetime import date

import pytest

from payung.kernel.month import Month
from payung.rules.cards import Card, _dated_value, whole
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


def test_a_formula_holds_on_its_first_and_on_its_last_day():
    twins = Twins("contoh")
    formula = twins.during(figures.KERINGANAN_PP_49_2020)(lambda: 1)
    days = [date(2020, 7, 31), date(2020, 8, 1), date(2021, 1, 31), date(2021, 2, 1)]
    assert [twins.find(day) is formula for day in days] == [False, True, True, False]
    (twin,) = twins.all
    assert (twin.since, twin.until) == (date(2020, 8, 1), date(2021, 1, 31))


def card_of(since: str, until: str | None) -> Card[int]:
    raw = {
        "since": date.fromisoformat(since),
        "value": 1,
        "article": "Ps 1",
        "source": "naskah",
        "confidence": "tinggi",
    }
    if until:
        raw["until"] = date.fromisoformat(until)
    return Card("x", "X", "X", "hari", date(2026, 11, 22), (_dated_value("x", "hari", raw, whole),), whole)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (("2020-01-10", "2020-01-20"), ("2020-01-21", "2020-01-31"), False),
        (("2020-01-10", "2020-01-20"), ("2020-01-20", "2020-01-31"), True),
        (("2020-01-10", "2020-01-20"), ("2020-01-01", "2020-01-09"), False),
        (("2020-01-10", "2020-01-20"), ("2020-01-01", "2020-01-10"), True),
        (("2020-01-10", "2020-01-20"), ("2020-01-12", "2020-01-14"), True),
        (("2020-01-10", "2020-01-20"), ("2020-01-21", None), False),
        (("2020-01-10", None), ("2020-01-01", "2020-01-09"), False),
        (("2020-01-10", None), ("2020-01-01", "2020-01-10"), True),
        (("2020-01-10", None), ("2020-01-01", None), True),
    ],
)
def test_two_formulas_may_follow_but_not_meet_one_another(one, other, clash):
    twins = Twins("contoh")
    twins.during(card_of(*one))(lambda: 1)
    add = twins.during(card_of(*other))
    with pytest.raises(CardError) if clash else nullcontext():
        add(lambda: 2)


def test_a_formula_of_two_cards_holds_from_the_first_day_of_both_to_the_last():
    twins = Twins("contoh")
    twins.during(card_of("2020-01-10", "2020-01-20"), card_of("2020-02-01", "2020-02-10"))(lambda: 1)
    assert [(twin.since, twin.until) for twin in twins.all] == [(date(2020, 1, 10), date(2020, 2, 10))]


def test_a_day_between_two_formulas_is_no_day_before_the_law():
    twins = Twins("contoh")
    twins.during(figures.KERINGANAN_PP_49_2020)(lambda: 1)
    twins.during(figures.SUMBER_DANA_PP_50_2025)(lambda: 2)
    with pytest.raises(AfterTheLawError):
        twins.on(date(2023, 1, 1))
