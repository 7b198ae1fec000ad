"""Cards: how they are read, looked up and refused; and that every figure of ours has one, with its source."""

import ast
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payung.rules
from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month
from payung.rules.cards import Card, CardFile, whole
from payung.rules.errors import AfterTheLawError, BeforeTheLawError, CardError

RULES = Path(payung.rules.__file__).parent
FOLDERS = sorted(path.parent for path in RULES.glob("*/parameters.yaml"))
# 0 and 1 count; 100 is what a per cent is of.
NO_FIGURES_OF_LAW = {0, 1, 100}

GOOD = """
upah:
  name: {id: Upah, en: Wage}
  unit: rupiah
  last_checked_on: 2026-11-22
  values:
    - {since: 2015-07-01, value: 10, article: Ps 1, source: naskah, confidence: tinggi}
    - {since: 2020-08, until: 2021-01, value: 20, article: Ps 2, source: pers, confidence: belum dicek}
    - {since: 2022-01-01, value: 30, article: Ps 3, source: pers, confidence: tinggi}
"""


def card_of(tmp_path: Path, text: str) -> Card[int]:
    path = tmp_path / "parameters.yaml"
    path.write_text(text, encoding="utf-8")
    return CardFile(path).card("upah", whole)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2015, 7, 1), 10),
        (date(2020, 7, 31), 10),
        (date(2020, 8, 1), 20),
        (date(2021, 1, 31), 20),
        (date(2022, 1, 1), 30),
        (Month.from_text("2020-08"), 20),
        (date(2099, 1, 1), 30),
    ],
)
def test_a_day_finds_the_value_in_force(tmp_path, day, value):
    assert card_of(tmp_path, GOOD).on(day).value == value


def test_a_day_before_the_first_law_is_refused_by_name(tmp_path):
    with pytest.raises(BeforeTheLawError) as refusal:
        card_of(tmp_path, GOOD).on(date(2015, 6, 30))
    assert refusal.value.first == date(2015, 7, 1)


def test_a_day_in_a_gap_between_two_laws_is_refused_by_name(tmp_path):
    with pytest.raises(AfterTheLawError):
        card_of(tmp_path, GOOD).on(date(2021, 2, 1))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("article: Ps 1, ", ""),
        ("source: naskah, ", ""),
        ("source: naskah", 'source: ""'),
        ("confidence: tinggi", "confidence: pasti"),
        ("value: 10", "value: 10.5"),
        ("value: 10", "value: true"),
        ("last_checked_on: 2026-11-22", "last_checked_on: kemarin"),
        ("since: 2022-01-01", "since: 2020-12-01"),
        ("unit: rupiah", "unit: 3"),
        ("unit: rupiah", "unit: rupiah\n  note: Ask."),
        ("unit: rupiah", "unit: rupiah\n  note: {id: Tanya., nl: Vraag.}"),
    ],
)
def test_a_faulty_card_is_refused(tmp_path, good, bad):
    assert good in GOOD
    with pytest.raises(CardError):
        card_of(tmp_path, GOOD.replace(good, bad, 1))


def test_a_card_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(Exception, match="stands twice"):
        card_of(tmp_path, GOOD + GOOD)


@given(st.dates(date(2015, 7, 1), date(2030, 12, 31)))
def test_at_most_one_value_of_each_card_holds_on_any_day(day):
    for card in cards_of_the_law():
        assert sum(value.holds_on(day) for value in card.values) <= 1


def cards_of_the_law() -> list[Card]:
    """Every card as the folders' `figures.py` took it."""
    found = []
    for folder in FOLDERS:
        module = __import__(f"payung.rules.{folder.name}.figures", fromlist=["figures"])
        for value in vars(module).values():
            found += [
                item for item in (value.values() if isinstance(value, dict) else [value]) if isinstance(item, Card)
            ]
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_card_of_a_folder_is_taken_by_its_figures(folder):
    taken = {card.name for card in cards_of_the_law()}
    assert set(CardFile(folder / "parameters.yaml").names) <= taken


@pytest.mark.parametrize("card", cards_of_the_law(), ids=lambda card: card.name)
def test_every_value_has_article_source_confidence_and_a_day_of_checking(card):
    assert card.name_id
    assert card.name_en
    assert bool(card.note_id) == bool(card.note_en), "a note stands in both languages or in none"
    assert card.last_checked_on >= date(2026, 11, 22)
    for value in card.values:
        assert value.origin.article
        assert value.origin.source
        assert value.origin.confidence in Keyakinan


# When each regulation begins, from its own text or the press (law.md 1.1); a value under it begins no other day.
BEGINS = {
    "PP 44/2015": date(2015, 7, 1),
    "PP 46/2015": date(2015, 7, 1),
    "UU 40/2004": date(2015, 7, 1),
    "Permenaker 1/2016": date(2016, 1, 1),
    "Permenaker 1/2016 (lama)": date(2015, 7, 1),
    "Permenaker 21/2017": date(2017, 1, 1),
    "Permenaker 3/1998": date(2015, 7, 1),
    "Permenaker 3/1998; Permenaker 5/2021": date(2015, 7, 1),
    "PP 82/2019": date(2019, 12, 2),
    "PP 49/2020": date(2020, 8, 1),
    "Permenaker 5/2021": date(2021, 4, 1),
    "PP 49/2023": date(2023, 11, 1),
    "Permenaker 1/2025": date(2025, 2, 1),
    "UU 23/2006 jo. UU 24/2013": date(2006, 12, 29),
    "belum ditemukan; disamakan dengan JKK": date(2015, 7, 1),
    "keputusan program Payung": date(2015, 7, 1),
    "ketentuan kepesertaan BPU BPJS Ketenagakerjaan": date(2015, 7, 1),
    "ketentuan pembayaran BPJS Ketenagakerjaan": date(2015, 7, 1),
    "usulan kriteria pekerja rentan": date(2016, 1, 1),
}
# Its reliefs begin in January and in April 2026; their months are tried in the cases of `iuran_bpu`. The calendar's
# years are tried day by day in `tenggat/calendar.txt`.
ELSEWHERE = ("PP 50/2025", "SKB", "Perpres 21/2023", "perkiraan")


def test_every_value_begins_on_the_day_of_its_regulation():
    wrong, unknown = [], set()
    for card in cards_of_the_law():
        for value in card.law:
            regulation = value.origin.article.split(" Ps")[0].split(" Lampiran")[0]
            if regulation.startswith(ELSEWHERE):
                continue
            if regulation not in BEGINS:
                unknown.add(regulation)
            elif value.since != BEGINS[regulation]:
                wrong.append((card.name, value.since))
    assert (wrong, unknown) == ([], set())


LAW_FILES = sorted(path for folder in FOLDERS for path in folder.glob("*.py"))


@pytest.mark.parametrize("path", LAW_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_figure_stands_in_code(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    figures = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in NO_FIGURES_OF_LAW
    ]
    assert figures == []
    calls = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "date"]
    assert calls == [], "a date of the law belongs into a card"


def test_a_card_knows_its_last_day_its_note_and_which_days_were_read(tmp_path):
    card = card_of(tmp_path, GOOD.replace("unit: rupiah", "unit: rupiah\n  note: {id: Tanya., en: Ask.}"))
    assert (card.first_day, card.last_day) == (date(2015, 7, 1), None)
    assert (card.note_id, card.note_en) == ("Tanya.", "Ask.")
    assert [value.since_exact for value in card.values] == [True, True, True]


def test_a_value_may_hold_on_one_day_alone(tmp_path):
    card = card_of(tmp_path, GOOD.replace("since: 2020-08, until: 2021-01", "since: 2020-08-01, until: 2020-08-01"))
    assert [card.find(date(2020, 8, day)) is None for day in (1, 2)] == [False, True]


def test_a_card_without_values_is_refused(tmp_path):
    with pytest.raises(CardError, match="no values"):
        card_of(tmp_path, GOOD.partition("  values:")[0] + "  values: []\n")


def test_an_open_value_ends_on_the_eve_of_the_next(tmp_path):
    ends = [value.until for value in card_of(tmp_path, GOOD).values]
    assert ends == [date(2020, 7, 31), date(2021, 1, 31), None]


def test_a_figure_notes_the_row_that_was_used_or_the_whole_value(tmp_path):
    value = card_of(tmp_path, GOOD).values[0]
    elsewhere = value.origin.narrowed({"article": "Ps 9"})
    noted = [value.figure(), value.figure(5), value.figure(origin=elsewhere), value.figure(5, origin=elsewhere)]
    assert [(figure.value, figure.article) for figure in noted] == [
        (10, "Ps 1"),
        (5, "Ps 1"),
        (10, "Ps 9"),
        (5, "Ps 9"),
    ]
