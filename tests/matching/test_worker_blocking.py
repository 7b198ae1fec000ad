"""By what workers meet: nearly all pairs of one person do, and few others, though the registry grows."""

import duckdb
import polars as pl
import pytest

from bench.registries.making import made_registry
from payung.matching.candidates import rules_named, statement
from payung.matching.fields import read_plan
from payung.matching.model import MODELS
from payung.matching.on_duckdb import prepare

PEOPLE, SEED = 6_000, 515


@pytest.fixture(scope="module")
def met(tmp_path_factory):
    """Which pairs of records meet by any rule, and which records are one person's."""
    folder = tmp_path_factory.mktemp("registry")
    made_registry(PEOPLE, seed=SEED).write(folder)
    plan = read_plan(MODELS / "worker.yaml")
    with duckdb.connect() as connection:
        prepare(connection, folder / "records.parquet", plan)
        rules = " union ".join(
            f"select l.record as one, r.record as other from prepared_left as l join prepared_left as r "
            f"on {statement(rule)} where l.record < r.record"
            for rule in rules_named(plan)
        )
        named = "(select __record as record, id from said_left)"
        pairs = connection.execute(
            f"select a.id, b.id from ({rules}) "
            f"join {named} as a on a.record = one join {named} as b on b.record = other"
        ).fetchall()
    return pairs, pl.read_parquet(folder / "truth.parquet", columns=["record_id", "person_id"])


def test_nearly_all_pairs_of_one_person_meet(met):
    pairs, truth = met
    person = dict(truth.iter_rows())
    met_of_one = sum(person[left] == person[right] for left, right in pairs)
    counts = truth.group_by("person_id").len()["len"]
    true = int((counts * (counts - 1) // 2).sum())
    assert met_of_one / true > 0.99, f"{met_of_one} of {true}"


def test_few_pairs_of_strangers_meet(met):
    pairs, truth = met
    assert len(pairs) < 0.6 * len(truth), "a million records would bring more pairs than 100 seconds can weigh"
