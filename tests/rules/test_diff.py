"""What the law says otherwise on another day."""

import dataclasses
import json
from datetime import date

import pytest

from payung.kernel.funds import SumberDana
from payung.rules.diff import Change, changes_between
from payung.rules.errors import CardError
from payung.rules.iuran import figures


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), ["keringanan_pp_50_2025_lainnya"]),
        (date(2026, 4, 1), date(2026, 3, 31), ["keringanan_pp_50_2025_lainnya"]),
        (date(2026, 12, 31), date(2027, 1, 1), ["keringanan_pp_50_2025_lainnya"]),
        (date(2025, 1, 31), date(2025, 2, 1), ["masa_tunggu_jkm", "manfaat_masa_tunggu_jkm"]),
        (date(2016, 12, 31), date(2017, 1, 1), ["batas_usia_mendaftar"]),
        (date(2026, 11, 22), date(2026, 11, 22), []),
    ],
)
def test_each_change_of_the_law_is_found_on_its_day(first, second, names):
    assert set(names) <= {change.card.name for change in changes_between(first, second)}
    if not names:
        assert changes_between(first, second) == []


def test_an_end_is_told_by_the_law_that_ended():
    change = next(c for c in changes_between(date(2026, 12, 31), date(2027, 1, 1)) if "lainnya" in c.card.name)
    assert (change.new, change.by.origin.article) == (None, "PP 50/2025 Ps 3-4")


def test_of_a_table_the_rows_that_changed_are_told():
    change = next(c for c in changes_between(date(2025, 12, 31), date(2026, 1, 1)) if "sumber_dana" in c.card.name)
    went, came = change.rows
    assert (len(went.rows), len(came.rows), came.columns) == (0, 9, ("", "berhak"))


def test_every_change_is_plain_data():
    changes = changes_between(date(2015, 7, 1), date(2026, 11, 22))
    assert json.loads(json.dumps([change.as_dict() for change in changes]))


def change_on(first: date, second: date, name: str) -> Change:
    return next(change for change in changes_between(first, second) if change.card.name == name)


def test_of_a_table_that_ended_all_rows_went():
    card = figures.SUMBER_DANA_PP_50_2025
    went, came = Change("iuran", card, card.values[0], None).rows
    assert (len(went.rows), len(came.rows), came.columns) == (9, 0, ("", "berhak"))


def test_rows_that_stayed_are_not_told():
    card = figures.SUMBER_DANA_PP_50_2025
    old = card.values[0]
    rows = dict(old.value)
    rows[SumberDana.APBD] = dataclasses.replace(rows[SumberDana.APBD], berhak=True)
    went, came = Change("iuran", card, old, dataclasses.replace(old, value=rows)).rows
    assert [len(went.rows), len(came.rows)] == [1, 1]
    assert went.rows != came.rows


def test_a_bare_figure_has_no_rows_and_says_both_its_sides():
    change = change_on(date(2016, 12, 31), date(2017, 1, 1), "batas_usia_mendaftar")
    assert change.rows is None
    told = change.as_dict()
    assert (told["card"], told["programme"], told["unit"]) == (change.card.name, "kepesertaan", change.card.unit)
    assert (told["old"]["value"], told["new"]["value"], told["new"]["since"]) == (56, 60, "2017-01-01")


def test_a_change_without_a_value_is_refused():
    with pytest.raises(CardError, match="no change without a value"):
        _ = Change("iuran", figures.IURAN_JKM, None, None).by
