"""Every code that the reading and the checking can give stands in the catalogue, and nothing else does."""

import re
from pathlib import Path

import yaml

import payung

ROOT = Path(payung.__file__).parent
CATALOGUE = yaml.safe_load((ROOT / "intake" / "problem_codes.yaml").read_text(encoding="utf-8"))
WHOLE = re.compile(r'"((?:file|repair|note):[a-z-]+)"')
FAULT = re.compile(r'faults\.fault\(\s*"([a-z-]+)"')
NOTE = re.compile(r'faults\.note\(\s*"([a-z-]+)"')
INDIRECT = {"repair:cell-error", "repair:cell-not-calculated", "repair:nik-region", "repair:nik-serial"}


def codes_in_the_source() -> set[str]:
    files = [
        *(ROOT / "tabular").rglob("*.py"),
        *(ROOT / "intake" / "cells").rglob("*.py"),
        ROOT / "intake" / "checks.py",
    ]
    found = set(INDIRECT)
    for file in files:
        text = file.read_text(encoding="utf-8")
        found |= set(WHOLE.findall(text))
        found |= {f"repair:{code}" for code in FAULT.findall(text)}
        found |= {f"note:{code}" for code in NOTE.findall(text)}
    return found


def test_catalogue_and_source_hold_the_same_codes() -> None:
    assert codes_in_the_source() == set(CATALOGUE)


def test_every_code_says_what_was_found_and_what_to_do() -> None:
    for code, entry in CATALOGUE.items():
        assert entry["found"], code
        assert code.startswith("note:") or entry["do"], code


def test_sentences_use_only_what_the_problem_carries() -> None:
    for code, entry in CATALOGUE.items():
        names = set(
            re.findall(r"\{(\w+)\}", " ".join(str(entry.get(part, "")) for part in ("found", "expected", "do")))
        )
        assert names <= {"found", "expected", "field", "row", *entry["params"]}, code
