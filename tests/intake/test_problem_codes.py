"""Every code that the reading and the checking can give stands in the catalogue, and nothing else does."""

import re
from pathlib import Path

import pytest
import yaml
from django.utils import translation

import payung
from payung.intake import sentences
from payung.intake.cells.dates import DateOrder
from payung.intake.problem_texts import TEXTS
from payung.kernel.problem import Problem

ROOT = Path(payung.__file__).parent
CATALOGUE = yaml.safe_load((ROOT / "intake" / "problem_codes.yaml").read_text(encoding="utf-8"))
WHOLE = re.compile(r'"((?:file|repair|note):[a-z-]+)"')
FAULT = re.compile(r'faults\.fault\(\s*"([a-z-]+)"')
NOTE = re.compile(r'faults\.note\(\s*"([a-z-]+)"')
INDIRECT = {
    *("repair:nik-merged", "repair:cell-unsure", "repair:cell-error", "repair:cell-not-calculated"),
    *("repair:nik-serial", "repair:income-unreadable", "repair:iuran-unreadable"),
    *(f"note:dates-{order}" for order in DateOrder),
}


STATEMENTS = "file:statement-"  # of banks' files: their words stand in `contributions.reconciliation.texts`


def codes_in_the_source() -> set[str]:
    files = [
        *(ROOT / "tabular").rglob("*.py"),
        *(ROOT / "intake" / "cells").rglob("*.py"),
        *(
            ROOT / "intake" / f"{name}.py"
            for name in ("checks", "cleaning", "own_people", "worker_codes", "whole", "terms")
        ),
        ROOT / "intake" / "services" / "apply.py",
        ROOT / "intake" / "selectors" / "remembered.py",
        ROOT / "intake" / "services" / "likeness.py",
    ]
    found = set(INDIRECT)
    for file in files:
        text = file.read_text(encoding="utf-8")
        found |= set(WHOLE.findall(text))
        found |= {f"repair:{code}" for code in FAULT.findall(text)}
        found |= {f"note:{code}" for code in NOTE.findall(text)}
    return {code for code in found if not code.startswith(STATEMENTS)}


def test_catalogue_and_source_hold_the_same_codes() -> None:
    assert codes_in_the_source() == set(CATALOGUE)


def test_every_code_has_its_sentences_and_no_other() -> None:
    reasons = {f"{code}/{reason}" for code, entry in CATALOGUE.items() for reason in entry.get("reasons", [])}
    assert {code for code in TEXTS if "/" not in code} == set(CATALOGUE)
    assert {code for code in TEXTS if "/" in code} <= reasons


def test_every_fault_says_what_to_do() -> None:
    for code, text in TEXTS.items():
        assert text.found, code
        assert code.startswith("note:") or text.remedy, code


@pytest.mark.parametrize("language", ["id", "en"])
def test_sentences_use_only_what_the_problem_carries(language: str) -> None:
    with translation.override(language):
        for code, text in TEXTS.items():
            names = set(re.findall(r"\{(\w+)\}", f"{text.found} {text.expected} {text.remedy}"))
            assert names <= {"found", "expected", "field", "row", *CATALOGUE[code.split("/")[0]]["params"]}, code


def test_a_problem_is_told_with_its_own_facts() -> None:
    problem = Problem(
        "repair:village-unknown",
        4,
        "village",
        "Krajan",
        params={"reason": "ambiguous", "candidates": ["Krajan, Weleri", "Krajan, Boja"]},
    )
    told = sentences.told(problem)
    assert told.found == 'Ada beberapa desa bernama "Krajan": Krajan, Weleri, Krajan, Boja.'
    assert told.remedy == "Isi juga kecamatannya."
    assert sentences.sentence(problem) == f"{told.found} {told.remedy}"


def test_an_unknown_code_is_still_a_sentence() -> None:
    assert "repair:baru" in sentences.sentence(Problem("repair:baru", 1, "nik"))


def test_braces_that_a_person_typed_stay_as_they_are() -> None:
    problem = Problem("repair:name-characters", 2, "name", "{row} {0}")
    assert "{row} {0}" in sentences.sentence(problem)
