"""The frame of the long forms: slices go on record, sums are of what is on record, rings are real."""

import importlib
import inspect
from pathlib import Path

from tests.soak.outcome import Outcome
from tests.soak.results import append, read, totals
from tests.soak.rings import RINGS


def test_slices_are_kept_and_summed(tmp_path: Path) -> None:
    path = tmp_path / "reliability.json"
    append("steps", 1, 10, "sqlite", 1.0, Outcome({"steps": 10}), path=path)
    append("steps", 2, 10, "sqlite", 1.0, Outcome({"steps": 7}, ["seed 2: lost"]), path=path)
    append("steps", 1, 10, "postgresql", 1.0, Outcome({"steps": 10}), path=path)
    assert [record["seed"] for record in read(path)] == [1, 2, 1]
    assert totals(read(path)) == {
        ("steps", "sqlite"): {"steps": 17, "slices": 2, "failures": 1},
        ("steps", "postgresql"): {"steps": 10, "slices": 1, "failures": 0},
    }


def test_each_ring_names_a_module_that_runs_by_seed_and_amount() -> None:
    for ring in RINGS.values():
        run = importlib.import_module(ring.module).run
        assert list(inspect.signature(run).parameters) == ["seed", "amount"]


def test_what_is_on_record_was_made_by_rings_that_exist() -> None:
    assert {record["ring"] for record in read()} <= set(RINGS)
