"""A short run of every fuzzer, the same each time: seeds, what once broke a parser, thousands of changed inputs.

`make fuzz` looks for minutes, with coverage for a guide.
"""

from pathlib import Path

import pytest

from tests.fuzz.blind import failure, inputs
from tests.fuzz.corpus import found_by, seeds_of
from tests.fuzz.run import fuzz, is_present
from tests.fuzz.targets import TARGETS

# A grid is read a hundred times as long as a cell.
CHANGED = {"headers": 400, "web-pages": 1_000}
GUIDED_RUNS = {"headers": 150}


@pytest.mark.parametrize("target", TARGETS)
def test_a_parser_keeps_its_promises_on_changed_seeds(target: str):
    wrong = {}
    for data in inputs(target, CHANGED.get(target, 3_000)):
        if why := failure(target, data):
            wrong.setdefault(why, data)
    assert wrong == {}


@pytest.mark.parametrize("target", TARGETS)
def test_a_parser_keeps_its_promises_where_it_once_broke(target: str):
    assert [why for data in found_by(target) if (why := failure(target, data))] == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_fuzzer_begins_with_real_cells_or_files(target: str):
    assert len(seeds_of(target)) >= 3


@pytest.mark.skipif(not is_present(), reason="atheris is missing (requirements-fuzz.lock)")
@pytest.mark.parametrize("target", TARGETS)
def test_a_fuzzer_guided_by_coverage_breaks_nothing(target: str, tmp_path: Path):
    runs = GUIDED_RUNS.get(target, 1_000)
    outcome = fuzz(target, f"-runs={runs}", "-seed=1", folder=tmp_path)
    assert outcome.broken == ""
    assert outcome.runs >= runs
    assert outcome.coverage > 5


def test_a_promise_that_is_broken_is_noticed():
    assert failure("nik", b"\0\0") == ""
    TARGETS["broken"] = int  # type: ignore[assignment]
    try:
        assert failure("broken", b"x").startswith("ValueError")
    finally:
        del TARGETS["broken"]
