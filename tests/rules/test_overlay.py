"""Scenarios: figures set anew for some days, by the same rules, and never taken for the law."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import payung.rules
from payung.kernel.funds import Keyakinan
from payung.rules.errors import OverlayError, OverlayFault, TwoFormulasError
from payung.rules.explain import explain
from payung.rules.iuran import figures
from payung.rules.legal_basis import CARDS, CARDS_OF
from payung.rules.overlay import overlay_of, read_overlay

HALVED = """
name: Iuran separuh sepanjang 2027
cards:
  keringanan_pp_50_2025_lainnya:
    - {since: 2027-01, until: 2027-12, value: 50}
"""


def price(month: str, text: str = "", **change: object) -> int:
    asked = {"penghasilan_rp": 1000000, "bulan": month, "sektor": "LAINNYA", "sumber_dana": "CSR"} | change
    answer = explain("iuran_bpu", asked, overlay=overlay_of(text) if text else None).ruling.answer()
    return int(answer["total_rp"])


@pytest.mark.parametrize(
    ("month", "law", "scenario"),
    [("2026-12", 8400, 8400), ("2027-01", 16800, 8400), ("2027-12", 16800, 8400), ("2028-01", 16800, 16800)],
)
def test_the_contribution_halved_for_all_of_2027(month, law, scenario):
    assert (price(month), price(month, HALVED)) == (law, scenario)


def test_jkm_raised_to_seventy_million_from_2027():
    text = "name: JKM 70 juta\ncards: {santunan_sekaligus_jkm: [{since: 2027-01-01, value: 48000000}]}"
    totals = []
    for day in ("2026-12-31", "2027-01-01"):
        asked = {"tanggal_meninggal": day, "mulai_kepesertaan": "2026-01-01", "bulan_iuran": 12}
        answers = [explain("jkm_manfaat", asked, overlay=overlay).ruling for overlay in (None, overlay_of(text), None)]
        totals += [ruling.answer()["total_rp"] for ruling in answers]
    assert totals == [42000000, 42000000, 42000000, 42000000, 70000000, 42000000]


def test_who_pays_still_decides_in_a_scenario():
    assert price("2027-06", HALVED, sumber_dana="APBD") == 16800


def test_the_answer_names_its_scenario_and_so_does_each_figure_of_it():
    asked = {"penghasilan_rp": 1000000, "bulan": "2027-06", "sektor": "LAINNYA", "sumber_dana": "CSR"}
    explained = explain("iuran_bpu", asked, overlay=overlay_of(HALVED))
    articles = {figure.card: figure.article for figure in explained.ruling.figures}
    assert explained.as_dict()["overlay"] == "Iuran separuh sepanjang 2027"
    assert articles["keringanan_pp_50_2025_lainnya"] == "skenario: Iuran separuh sepanjang 2027"
    assert articles["iuran_jkm_bpu"] == "PP 44/2015"
    assert explained.ruling.confidence is Keyakinan.PERLU_KONFIRMASI


def test_the_law_is_back_when_the_scenario_is_over_even_after_a_refusal():
    with pytest.raises(TwoFormulasError):
        price("2026-05", "name: x\ncards: {keringanan_pp_49_2020: [{since: 2026-05, until: 2026-06, value: 99}]}")
    assert price("2027-06") == 16800
    assert explain("masa_iuran", {"bulan": 3, "mulai": "2026-11"}).overlay is None


def test_a_value_in_the_middle_leaves_the_law_on_both_sides():
    overlay = overlay_of("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-03-05, until: 2027-03-20, value: 9000}]}")
    days = [date(2027, 3, 4), date(2027, 3, 5), date(2027, 3, 20), date(2027, 3, 21)]
    with overlay.in_force():
        assert [figures.IURAN_JKM.on(day).value for day in days] == [6800, 9000, 9000, 6800]
        assert [value.since for value in figures.IURAN_JKM.values] == [date(2015, 7, 1), days[1], days[3]]


@given(st.dates(date(2015, 7, 1), date(2035, 12, 31)), st.dates(date(2015, 7, 1), date(2035, 12, 31)), st.booleans())
def test_outside_its_days_a_scenario_changes_nothing(first, second, is_open):
    since, until = sorted((first, second))
    end = "" if is_open else f"until: {until}, "
    overlay = overlay_of(f"name: x\ncards: {{iuran_jkm_bpu: [{{since: {since}, {end}value: 1}}]}}")
    for day in (date(2015, 7, 1), since, until, date(2036, 1, 1)):
        within = since <= day and (is_open or day <= until)
        with overlay.in_force():
            assert figures.IURAN_JKM.on(day).value == (1 if within else 6800)
            assert sum(value.holds_on(day) for value in figures.IURAN_JKM.values) == 1


def test_a_formula_that_is_stretched_over_another_formulas_days_is_refused_by_name():
    text = "name: x\ncards: {keringanan_pp_49_2020: [{since: 2026-05, until: 2026-06, value: 99}]}"
    with pytest.raises(TwoFormulasError, match="keringanan"):
        price("2026-05", text)


def test_a_formula_may_be_stretched_over_days_that_have_none():
    text = "name: x\ncards: {keringanan_pp_49_2020: [{since: 2021-02, until: 2021-03, value: 50}]}"
    assert price("2021-02", text) == 8400


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", OverlayFault.SHAPE),
        ("[", OverlayFault.NOT_YAML),
        ("name: x", OverlayFault.SHAPE),
        ("name: x\ncards: {}", OverlayFault.SHAPE),
        ("name: x\ncards: [1]", OverlayFault.SHAPE),
        ("name: x\ncards: {}\nextra: 1", OverlayFault.SHAPE),
        ("name: ''\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 1}]}", OverlayFault.NAME),
        ("name: 7\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 1}]}", OverlayFault.NAME),
        ("name: x\ncards: {iuran_jkm: [{since: 2027-01, value: 1}]}", OverlayFault.UNKNOWN_CARD),
        ("name: x\ncards: {7: [{since: 2027-01, value: 1}]}", OverlayFault.UNKNOWN_CARD),
        ("name: x\ncards: {iuran_jkm_bpu: 9000}", OverlayFault.NO_VALUES),
        ("name: x\ncards: {iuran_jkm_bpu: []}", OverlayFault.NO_VALUES),
        ("name: x\ncards: {iuran_jkm_bpu: [9000]}", OverlayFault.KEYS),
        ("name: x\ncards: {iuran_jkm_bpu: [{value: 1}]}", OverlayFault.KEYS),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 1, article: PP 1}]}", OverlayFault.KEYS),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: besok, value: 1}]}", OverlayFault.DAYS),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 7, value: 1}]}", OverlayFault.DAYS),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-02, until: 2027-01, value: 1}]}", OverlayFault.DAYS),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-02, value: 1}, {since: 2027-01, value: 1}]}",
         OverlayFault.ORDER),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 1.5}]}", OverlayFault.VALUE),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: banyak}]}", OverlayFault.VALUE),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: -1}]}", OverlayFault.VALUE),
        ("name: x\ncards: {iuran_jkk_bpu: [{since: 2027-01, value: 101}]}", OverlayFault.VALUE),
        ("name: x\ncards: {lampiran_ii: [{since: 2027-01, value: [{baris: 1}]}]}", OverlayFault.VALUE),
        ("name: x\ncards: {lampiran_ii: [{since: 2027-01, value: []}]}", OverlayFault.VALUE),
        ("name: x\ncards: {lampiran_ii: [{since: 2027-01, value: 3}]}", OverlayFault.VALUE),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 1}], iuran_jkm_bpu: []}", OverlayFault.NOT_YAML),
        ("name: x\ncards: {lampiran_ii: [{since: 2027-01, value: [{baris: 1, dari_rp: 0, dasar_rp: 1, source: x}]}]}",
         OverlayFault.KEYS),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_reckoned_with_is_refused(text, fault):
    with pytest.raises(OverlayError) as refusal:
        overlay_of(text)
    assert refusal.value.fault is fault


def refused(text: str) -> OverlayError:
    """What a scenario is refused with."""
    with pytest.raises(OverlayError) as refusal:
        overlay_of(text)
    return refusal.value


def test_a_card_that_was_misspelt_is_refused_with_what_was_meant():
    error = refused("name: x\ncards: {iuran_jkm_bpi: [{since: 2027-01, value: 1}]}")
    assert error.card == "iuran_jkm_bpi"
    assert "iuran_jkm_bpu" in error.known
    assert len(error.known) < 5


def test_a_card_that_is_like_none_is_refused_with_all_there_are():
    assert refused("name: x\ncards: {xyzzy: [{since: 2027-01, value: 1}]}").known == tuple(CARDS)


@pytest.mark.parametrize(
    ("entry", "number", "detail"),
    [
        ("9000", 2, ""),
        ("{since: besok, value: 1}", 2, ""),
        ("{since: 2027-02, until: 2027-01, value: 1}", 2, ""),
        ("{since: 2027-02, value: -1}", 2, "-1"),
        ("{since: 2027-02, value: {source: x}}", 2, "source"),
        ("{since: 2027-02, value: banyak}", 2, "'banyak' is no whole number"),
        ("{since: 2026-12, value: 1}", 0, "the values of 2027-01-01 and 2026-12-01 overlap"),
    ],
)
def test_a_value_that_is_refused_is_named_by_its_card_and_number(entry, number, detail):
    error = refused(f"name: x\ncards: {{iuran_jkm_bpu: [{{since: 2027-01, until: 2027-01, value: 1}}, {entry}]}}")
    assert (error.card, error.number) == ("iuran_jkm_bpu", number)
    assert error.detail == detail


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        ("3", "TypeError(\"'int' object is not iterable\")"),
        ("[{baris: 1}]", "KeyError('dari_rp')"),
        ("[{baris: -1}]", "-1"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_is_missing(value, detail):
    assert refused(f"name: x\ncards: {{lampiran_ii: [{{since: 2027-01, value: {value}}}]}}").detail == detail


def test_a_list_of_values_that_is_none_names_its_card():
    assert refused("name: x\ncards: {iuran_jkm_bpu: 9000}").card == "iuran_jkm_bpu"


def test_what_is_no_yaml_says_where():
    assert "line 2" in refused("[").detail


@pytest.mark.parametrize(("letters", "is_read"), [(80, True), (81, False)])
def test_a_name_has_eighty_letters_at_most(letters, is_read):
    text = f"name: {'x' * letters}\ncards: {{iuran_jkm_bpu: [{{since: 2027-01, value: 1}}]}}"
    if is_read:
        assert overlay_of(text).name == "x" * letters
    else:
        assert refused(text).fault is OverlayFault.NAME


@pytest.mark.parametrize(("letters", "is_read"), [(100_000, True), (100_001, False)])
def test_a_scenario_has_a_hundred_thousand_letters_at_most(letters, is_read):
    text = "name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 1}]}\n".ljust(letters, "#")
    if is_read:
        assert overlay_of(text).cards == ("iuran_jkm_bpu",)
    else:
        assert (refused(text).fault, refused(text).detail) == (OverlayFault.SHAPE, "> 100000")


def test_a_share_may_be_the_whole_and_a_figure_may_be_nothing():
    assert price("2027-06", "name: x\ncards: {keringanan_pp_50_2025_lainnya: [{since: 2027-01, value: 100}]}") == 0
    assert price("2027-06", "name: x\ncards: {iuran_jkm_bpu: [{since: 2027-01, value: 0}]}") == 10000


def test_a_month_ends_on_its_last_day_and_begins_on_its_first():
    overlay = overlay_of("name: x\ncards: {iuran_jkm_bpu: [{since: 2027-02, until: 2027-04, value: 1}]}")
    own = overlay.values["iuran_jkm_bpu"][1]
    assert (own.since, own.until, own.since_exact) == (date(2027, 2, 1), date(2027, 4, 30), True)


def test_a_scenario_may_end_or_begin_with_the_laws_own_days():
    """What ends with the scenario leaves nothing behind it, and what begins with it nothing before."""
    law = CARDS["keringanan_pp_50_2025_lainnya"].law
    text = "name: x\ncards: {{keringanan_pp_50_2025_lainnya: [{{since: {since}, until: {until}, value: 1}}]}}"
    within = overlay_of(text.format(since="2026-04-01", until="2026-12-31")).values["keringanan_pp_50_2025_lainnya"]
    assert (len(law), len(within)) == (1, 1)
    later = overlay_of(text.format(since="2026-06-01", until="2027-06-30")).values["keringanan_pp_50_2025_lainnya"]
    assert [(value.since, value.until) for value in later] == [
        (date(2026, 4, 1), date(2026, 5, 31)),
        (date(2026, 6, 1), date(2027, 6, 30)),
    ]
    before = overlay_of(text.format(since="2027-02-01", until="2027-03-31")).values["keringanan_pp_50_2025_lainnya"]
    assert before[0] == law[0]


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path):
        with pytest.raises(OverlayError) as refusal:
            read_overlay(path)
        assert refusal.value.detail in {"UnicodeDecodeError", "FileNotFoundError", "IsADirectoryError"}


def test_a_file_is_read_as_its_text_is(tmp_path):
    (tmp_path / "a.yaml").write_text(HALVED, encoding="utf-8")
    assert read_overlay(tmp_path / "a.yaml") == overlay_of(HALVED)


def test_no_two_figures_of_the_law_have_one_name():
    assert len(CARDS) == sum(len(cards) for cards in CARDS_OF.values())


def test_every_programme_with_figures_is_in_the_legal_basis():
    folders = {path.parent.name for path in Path(payung.rules.__file__).parent.glob("*/parameters.yaml")}
    assert set(CARDS_OF) == folders, "name the programme in payung/rules/legal_basis.py"


def test_a_faulty_scenario_says_which_value_where_it_knows():
    assert OverlayError(OverlayFault.DAYS, card="upah").number == 0
    assert str(OverlayError(OverlayFault.DAYS, card="upah")) == "scenario: days upah"
    assert str(OverlayError(OverlayFault.DAYS, card="upah", number=2)) == "scenario: days upah value 2"
