"""The measure of matching: what it compares with, and that what it runs is there."""

import json

import pytest

from bench.matching import FIELDS, exact_alone
from bench.registries import made_registry
from payung.matching.fields import read_plan
from payung.matching.model import MODELS


def test_the_fields_measured_are_those_of_a_stored_model_and_of_the_made_up_records():
    plan = read_plan(MODELS / f"{FIELDS}.yaml")
    assert plan.model is not None
    assert json.loads(plan.model.read_text(encoding="utf-8"))
    records = made_registry(50, seed=1).records
    assert {field.source(right=False) for field in plan.fields} <= set(records.columns)
    assert plan.id == "record_id"


def test_equal_niks_and_equal_names_with_dates_find_most_pairs_and_not_all(tmp_path):
    made_registry(6_000, seed=9).write(tmp_path)
    alone = exact_alone(tmp_path)
    assert alone["recall"] == pytest.approx(0.94, abs=0.02)
    assert 0.95 < alone["precision"] < 1
