"""Names for people: every rule, field, unit and programme has them, in both languages."""

import dataclasses
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from payung.rules.book import RULES
from payung.rules.labels import card_name, card_note, cell_text, labels, table_of, value_text
from payung.rules.legal_basis import CARDS, CARDS_OF
from payung.rules.writing import Language


def fields_of(kind: Any) -> set[str]:
    """The names of a dataclass's fields, and of those within them."""
    inner = [each for each in get_args(kind) if isinstance(each, type)] if get_origin(kind) else [kind]
    found = set()
    for each in inner:
        if isinstance(each, type) and dataclasses.is_dataclass(each):
            hints = get_type_hints(each)
            found |= set(hints).union(*(fields_of(hint) for name, hint in hints.items() if name != "steps"))
    return found - {"steps"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_every_rule_and_all_it_asks_and_answers_has_a_name(rule):
    asked = {key.name for key in rule.keys}.union(*(fields_of(key.kind) for key in rule.keys))
    answered = fields_of(get_type_hints(rule.function)["return"])
    assert (asked | answered) - set(labels()["fields"]) == set()
    assert rule.name in labels()["rules"]


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.name)
def test_every_unit_and_every_column_of_a_card_has_a_name(card):
    assert card.unit in labels()["units"]
    for value in card.law:
        table = table_of(value.value)
        assert table is None or {name for name in table.columns if name} <= set(labels()["fields"])


def test_every_programme_has_a_name():
    assert set(CARDS_OF) <= set(labels()["programmes"])


def test_every_name_stands_in_both_languages():
    for kind in labels().values():
        for name, texts in kind.items():
            assert set(texts) == {"id", "en"}, name


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (6800, "rupiah per bulan", "Rp6.800 sebulan", "Rp6,800 a month"),
        (50, "persen", "50 %", "50%"),
        (1, "persen dasar penghasilan", "1 % dasar penghasilan", "1% of the base wage"),
        (3, "bulan", "3 bulan", "3 months"),
        ((1, 3), "bulan", "1, 3 bulan", "1, 3 months"),
        (True, "berhak", "ya", "yes"),
        (None, "bulan", "–", "–"),
        ({"a": 1}, "x", "tabel 1 baris", "a table of 1 row"),
    ],
)
def test_values_are_written_with_their_units(value, unit, indonesian, english):
    assert [value_text(value, unit, language) for language in Language] == [indonesian, english]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("dasar_rp", 1000000, "Rp1.000.000"),
        ("cacat_bp", 450, "4,5 %"),
        ("persen", 3, "3"),
        ("fungsi_hilang_persen", 50, "50 %"),
        ("layak", False, "tidak"),
        ("alasan", None, "–"),
        ("pilihan", (), "–"),
        ("sebab_persen", "belum diketahui", "belum diketahui"),
    ],
)
def test_cells_are_written_by_the_name_of_their_column(name, value, text):
    assert cell_text(name, value, Language.ID) == text


def test_a_table_in_a_cell_says_how_many_rows_it_has():
    assert cell_text("anggota", {"a": 1, "b": 2}, Language.ID) == "tabel 2 baris"


def test_a_list_of_bare_figures_is_no_table_even_with_a_row_among_them():
    row = CARDS["lampiran_ii"].law[0].value[0]
    assert table_of((row, 3)) is None
    assert table_of(()) is None


def test_a_card_has_a_name_in_each_language():
    card = CARDS["iuran_jkm_bpu"]
    assert [card_name(card, language) for language in Language] == [card.name_id, card.name_en]
    assert card.name_id != card.name_en


def test_a_card_has_its_note_in_each_language():
    card = CARDS["masa_tunggu_jkm"]
    indonesian, english = (card_note(card, language) for language in Language)
    assert indonesian.startswith("Pasal dan hari pasti")
    assert english.startswith("The article and the exact day")


def test_a_table_has_rows_of_cells_without_their_origin():
    table = table_of(CARDS["lampiran_ii"].law[0].value)
    assert (table.columns, table.rows[0]) == (("baris", "dari_rp", "dasar_rp"), (1, 0, 1000000))
