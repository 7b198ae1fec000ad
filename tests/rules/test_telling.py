"""The law in sentences: every step of every programme can be told, in Indonesian and in English."""

import ast
import dataclasses
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import payung.rules
from payung.kernel.funds import Keyakinan, Sektor
from payung.kernel.month import Month
from payung.rules.book import RULES
from payung.rules.cases import read_cases
from payung.rules.errors import RuleError, SentenceError
from payung.rules.jkm.masa_tunggu import MasaTunggu, masa_tunggu_jkm
from payung.rules.legal_basis import CARDS
from payung.rules.steps import Step
from payung.rules.telling import (
    ToldFigure,
    days_text,
    is_unsure,
    placeholders,
    read_sentences,
    sentence_of,
    sentences,
    tell,
    tell_figure,
    tell_step,
    tell_value,
)
from payung.rules.writing import Language, has_word, written

RULES_FOLDER = Path(payung.rules.__file__).parent
PROGRAMMES = sorted(path.parent for path in RULES_FOLDER.glob("*/parameters.yaml"))
TOLD = [folder for folder in PROGRAMMES if (folder / "sentences.yaml").exists()]
CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
CASE_FILES = [*Path(__file__).parent.glob("*/*.yaml"), Path(__file__).parents[1] / "data" / "cases.yaml"]


def step_codes(folder: Path) -> set[str]:
    """Every text in a folder's code that has the shape of a step's code."""
    return {
        node.value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def names_in(folder: Path) -> set[str]:
    """Every name that a step of the folder could give a param: keys of mappings and names of keywords."""
    found = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict | ast.Subscript | ast.Assign):
                found |= {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
            elif isinstance(node, ast.keyword):
                found.add(node.arg)
    return found


@pytest.fixture(scope="module")
def worked_steps() -> list[Step[Any]]:
    """The steps of every worked case of the law that we have."""
    steps: list[Step[Any]] = []
    for path in CASE_FILES:
        for case in read_cases(path):
            if case.rule in RULES and "refused" not in case.expect:
                steps += _steps(case.rule, case.given)
    return steps


def _steps(rule: str, given: Any) -> list[Step[Any]]:
    try:
        return list(RULES[rule](given).steps)
    except RuleError:
        return []  # whether a case is answered as it must be is tested beside its rule


@pytest.mark.parametrize("folder", TOLD, ids=lambda folder: folder.name)
def test_every_step_of_a_programme_has_its_sentence_and_every_sentence_its_step(folder):
    assert set(read_sentences(folder / "sentences.yaml")) == step_codes(folder)


@pytest.mark.parametrize("folder", TOLD, ids=lambda folder: folder.name)
def test_sentences_name_only_what_the_code_of_their_programme_knows(folder):
    known = names_in(folder) | {"result"}
    unknown = {
        (code, name)
        for code, texts in read_sentences(folder / "sentences.yaml").items()
        for text in texts.values()
        for name, _ in placeholders(text)
        if name.partition(".")[0] not in known
    }
    assert unknown == set()


@pytest.mark.parametrize("language", Language)
def test_every_step_of_every_worked_case_can_be_told(worked_steps, language):
    told = [step for step in worked_steps if step.code in sentences()]
    problems = set()
    for step in told:
        try:
            assert sentence_of(step, language)
        except SentenceError as error:
            problems.add(str(error))
    assert problems == set()


def test_no_two_programmes_tell_the_same_code():
    assert set(sentences()) == {code for folder in TOLD for code in read_sentences(folder / "sentences.yaml")}


class Colour(StrEnum):
    RED = "merah_muda"


@pytest.mark.parametrize(
    ("value", "kind", "indonesian", "english"),
    [
        (16800, "rp", "Rp16.800", "Rp16,800"),
        (0, "rp", "Rp0", "Rp0"),
        (1234, "angka", "1.234", "1,234"),
        (date(2026, 11, 22), "tanggal", "22 November 2026", "22 November 2026"),
        (date(2026, 5, 1), "", "1 Mei 2026", "1 May 2026"),
        (datetime(2026, 5, 1, 8, 5, tzinfo=UTC), "tanggal", "1 Mei 2026 08.05", "1 May 2026 08:05"),
        (Month.from_text("2026-12"), "bulan", "Desember 2026", "December 2026"),
        (date(2026, 12, 31), "bulan", "Desember 2026", "December 2026"),
        (Month.from_text("2027-01"), "", "Januari 2027", "January 2027"),
        (50, "persen", "50 %", "50%"),
        (450, "bp", "4,5 %", "4.5%"),
        (405, "bp", "4,05 %", "4.05%"),
        (500, "bp", "5 %", "5%"),
        (("a", "b"), "daftar", "a, b", "a, b"),
        ((1, 3, 6), "", "1, 3, 6", "1, 3, 6"),
        ((), "daftar", "–", "–"),
        (True, "", "ya", "yes"),
        (False, "", "tidak", "no"),
        (2026, "", "2026", "2026"),
        (None, "rp", "–", "–"),
        ("", "", "–", "–"),
        (1, "bulan|months", "bulan", "bulan"),
        (2, "bulan|months", "months", "months"),
        (True, "sah|tidak sah", "sah", "sah"),
        (False, "sah|tidak sah", "tidak sah", "tidak sah"),
        (Sektor.LAINNYA, "", "di luar transportasi", "outside transport"),
        ((Sektor.LAINNYA, Sektor.TRANSPORTASI), "daftar", "di luar transportasi, transportasi",
         "outside transport, transport"),
        (Colour.RED, "", "merah muda", "merah muda"),
    ],
)  # fmt: skip
def test_values_are_written_as_people_here_write_them(value, kind, indonesian, english):
    assert (written(value, kind, Language.ID), written(value, kind, Language.EN)) == (indonesian, english)


@pytest.mark.parametrize(("value", "kind"), [("x", "rp"), (3, "tanggal"), ("x", "bulan"), (3, "daftar"), (3, "euro")])
def test_a_value_that_does_not_fit_its_kind_is_refused(value, kind):
    with pytest.raises(SentenceError):
        written(value, kind, Language.ID)


def closed_lists() -> set[type[StrEnum]]:
    """The closed lists that the public rules ask for."""
    kinds = [key.kind for rule in RULES.values() for key in rule.keys]
    return {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)}


@pytest.mark.parametrize("kind", sorted(closed_lists(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_every_choice_of_a_rule_has_its_word(kind):
    assert [member for member in kind if not has_word(member)] == []


def read(tmp_path: Path, text: str):
    path = tmp_path / "sentences.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sentences(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "a.b: teks",
        "a.b: {id: teks}",
        "a.b: {id: teks, en: ''}",
        "a.b: {id: teks, en: text, nl: tekst}",
        "a.b: {id: 'teks {', en: text}",
        "a.b: {id: 'teks {}', en: text}",
        "a.b: {id: 'teks {x:euro}', en: text}",
        "a.b: {id: teks, en: text}\na.b: {id: teks, en: text}",
        "a.b: [",
    ],
)
def test_a_faulty_file_of_sentences_is_refused(tmp_path, text):
    with pytest.raises(SentenceError):
        read(tmp_path, text)


def test_a_sentence_reaches_into_results_and_params(tmp_path, monkeypatch):
    texts = read(tmp_path, "jkm.masa_tunggu: {id: 'Tunggu {result.bulan} bulan; {manfaat_rp:rp}.', en: 'Wait.'}")
    monkeypatch.setattr("payung.rules.telling.sentences", lambda: texts)
    assert sentence_of(masa_tunggu_jkm(date(2026, 11, 22)), Language.ID) == "Tunggu 3 bulan; Rp10.000.000."


@pytest.mark.parametrize("name", ["result.hari", "hari", "manfaat_rp.x"])
def test_a_sentence_that_names_what_the_step_does_not_have_falls_back_to_the_formula(tmp_path, monkeypatch, name):
    texts = read(tmp_path, f"a.b: {{id: 'x {{{name}}}', en: x}}")
    monkeypatch.setattr("payung.rules.telling.sentences", lambda: texts)
    step = Step(code="a.b", result=MasaTunggu(3, 1), formula="tiga", params={"manfaat_rp": 3})
    with pytest.raises(SentenceError):
        sentence_of(step, Language.ID)
    assert tell_step(step).sentence == "tiga"


def test_what_is_not_sure_is_marked_in_the_readers_language():
    step = masa_tunggu_jkm(date(2026, 11, 22))
    assert step.confidence is Keyakinan.PERLU_KONFIRMASI
    assert tell_step(step).mark == "perlu konfirmasi BPJS"
    assert tell_step(step, Language.EN).mark == "to be confirmed with BPJS"


def test_a_figure_is_told_with_its_value_article_days_and_mark():
    step = masa_tunggu_jkm(date(2026, 11, 22))
    assert tell_figure(step.figures[0]) == ToldFigure(
        card="masa_tunggu_jkm",
        name=CARDS["masa_tunggu_jkm"].name_id,
        value="3 bulan penuh sejak kepesertaan",
        article=step.figures[0].article,
        days="sejak sekitar 1 Februari 2025",
        mark="perlu konfirmasi BPJS",
    )


def test_a_figure_without_a_card_is_told_by_its_own_name():
    figure = dataclasses.replace(masa_tunggu_jkm(date(2026, 11, 22)).figures[0], card="entah")
    assert tell_figure(figure, Language.EN).name == "entah"


def test_days_are_told_with_their_end():
    [relief] = CARDS["keringanan_pp_50_2025_lainnya"].law
    assert days_text(relief, Language.ID) == "sejak 1 April 2026 sampai 31 Desember 2026"
    assert days_text(relief, Language.EN) == "since 1 April 2026 until 31 December 2026"


def test_a_value_that_no_law_gives_is_a_dash():
    assert tell_value(None, Language.ID) == "–"
    assert tell_value(CARDS["iuran_jkm_bpu"].law[0], Language.ID) == "Rp6.800 sebulan"


def test_a_table_is_unsure_if_one_row_of_it_is():
    sure, unsure = CARDS["iuran_jkm_bpu"].law[0], CARDS["masa_tunggu_jkm"].law[0]
    assert [is_unsure(held) for held in (None, sure, unsure)] == [False, False, True]
    table = CARDS["lampiran_ii"].law[0]
    assert table.origin.confidence is Keyakinan.TINGGI
    assert is_unsure(table), "rows 31 to 33 are to be confirmed"
    losses = CARDS["tabel_cacat_jkk"].law[0]
    tinggi = dataclasses.replace(losses.origin, confidence=Keyakinan.TINGGI)
    assert is_unsure(dataclasses.replace(losses, origin=tinggi)), "rows of a mapping have their own confidence"


def test_all_steps_are_told_in_order():
    steps = [masa_tunggu_jkm(date(2026, 11, 22)), masa_tunggu_jkm(date(2024, 11, 22))]
    assert [told.code for told in tell(steps)] == ["jkm.masa_tunggu", "jkm.tanpa_masa_tunggu"]


def test_a_step_without_sentence_and_formula_says_its_code():
    step = Step(code="tak.ada", result=1)
    assert tell_step(step).sentence == "tak.ada"
    with pytest.raises(SentenceError, match=r"no sentence for tak\.ada"):
        sentence_of(step, Language.ID)


def test_a_sentence_reaches_into_a_mapping(tmp_path, monkeypatch):
    texts = read(tmp_path, "a.b: {id: 'x {baris.bagian} y', en: x}\na.c: {id: 'x {baris.lain}', en: x}")
    monkeypatch.setattr("payung.rules.telling.sentences", lambda: texts)
    params = {"baris": {"bagian": "lengan"}}
    assert sentence_of(Step(code="a.b", result=1, params=params), Language.ID) == "x lengan y"
    with pytest.raises(SentenceError, match="has no 'lain'"):
        sentence_of(Step(code="a.c", result=1, params=params), Language.ID)


def test_a_code_that_has_two_sentences_is_refused(tmp_path, monkeypatch):
    for name in ("satu", "dua"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sentences.yaml").write_text("a.b: {id: teks, en: text}", encoding="utf-8")
    monkeypatch.setattr("payung.rules.telling.__file__", str(tmp_path / "telling.py"))
    with pytest.raises(SentenceError, match=r"satu/sentences.yaml: a\.b has a sentence elsewhere"):
        sentences.__wrapped__()
