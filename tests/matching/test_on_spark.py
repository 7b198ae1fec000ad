"""Spark gives DuckDB's answer: pairs, bands, weights, evidence. Skipped by name without Java or pyspark."""

import shutil

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.registries.making import made_registry
from payung.matching import on_duckdb
from payung.matching.errors import FieldsFileError
from payung.matching.fields import plan_of, read_plan
from payung.matching.model import MODELS, read_model

pytest.importorskip("pyspark", reason="pyspark is not installed (requirements-spark.in)")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and there is none on this machine", allow_module_level=True)

from payung.matching import on_spark
from payung.matching.spark_words import in_spark
from tests.matching.test_spark_words import ALL_KINDS

pytestmark = pytest.mark.filterwarnings("ignore")
HELD_OUT_SEED = 20261123
# Small tables: what Java would gain by compiling well and planning anew between stages, it never earns back.
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
}
# What the two programs could read differently: signs above letters, other scripts, signs that are no letters, no value.
STRANGE = (
    "H. Moh. Sholeh, S.Pd", "Hj. St. Aminnah", "D’Angelo  Pérez", "Łukasz Øyvind", "e\u0301tienne", "ﬁtri", "Ａｎｉ",
    "ÇELİK ß", "محمد", "Ωmega Δelta", "Ны Тян", "王 小明", "😀 Budi", "Ny. Dr. dra.", "Soedjatmoko", "'", "", None,
    "a", "ab", "3324066503900003", "3.32407E+15", "332406650390000", "3324060000000000", "1990-03-25", "25/3/1990",
    "03-25-1990", "1990", "19900325", "12.0", " 7A/12 ", "+62 812-3456-7890", "0812", "P", "perempuan",
)  # fmt: skip


@pytest.fixture(scope="module")
def spark():
    with on_spark.spark_at("local[2]", on_duckdb.Means(memory="1200MB"), settings=QUICK) as session:
        yield session


def strange_table(columns):
    """Each value stands once in each column, each time beside others."""
    rows = len(STRANGE)
    return pa.table(
        {
            column: pa.array([STRANGE[(row + place * 7) % rows] for row in range(rows)], pa.string())
            for place, column in enumerate(columns)
        }
    )


def test_fields_are_prepared_alike_whatever_stands_in_them(spark):
    plan = plan_of({"id": "id", "fields": ALL_KINDS})
    table = strange_table(on_duckdb.columns_of(plan, right=False))
    table = table.append_column("__record", pa.array(range(table.num_rows)))
    with duckdb.connect() as connection:
        connection.register("said_left", table)
        here = connection.execute(on_duckdb.prepared_statement("said_left", plan, right=False)).to_arrow_table()
    on_spark.serve(spark)
    spark.createDataFrame(table).createOrReplaceTempView("said_left")
    there = spark.sql(in_spark(on_duckdb.prepared_statement("said_left", plan, right=False))).toArrow()
    ours, theirs = (sorted(each.to_pylist(), key=lambda row: row["record"]) for each in (here, there))
    assert [_in_order(row) for row in theirs] == [_in_order(row) for row in ours]


def _in_order(row):
    """DuckDB gives the words of a text in no order; they are compared as a set."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in row.items()}


def test_a_registry_matched_with_itself_gives_the_same_pairs(spark, tmp_path):
    made_registry(2000, seed=HELD_OUT_SEED).write(tmp_path)
    plan = read_plan(MODELS / "worker.yaml")
    model = read_model(plan.model, plan)
    here, there = both([tmp_path / "records.parquet"], plan, model, spark, tmp_path)
    assert len(here) > 300
    assert {band for band, *_ in here.values()} == {"auto", "review"}
    assert there == here


def test_two_tables_are_linked_alike_by_a_model_that_was_learned(spark, tmp_path):
    made_registry(600, seed=HELD_OUT_SEED + 1).write(tmp_path)
    records = pq.read_table(tmp_path / "records.parquet")
    half = records.num_rows // 2
    pq.write_table(records.slice(0, half), tmp_path / "left.parquet")
    pq.write_table(records.slice(half), tmp_path / "right.parquet")
    files = [tmp_path / "left.parquet", tmp_path / "right.parquet"]
    plan = plan_of({"id": "record_id", "one_to_one": True, "fields": LEARNED, "blocking": MEET})
    _, learned = on_duckdb.match_files(files, plan, tmp_path / "first.parquet")
    here, there = both(files, plan, learned, spark, tmp_path)
    assert len(here) > 20
    assert there == here


LEARNED = {
    "name": "person",
    "mother_name": "person",
    "born": {"kind": "date", "column": "birth_date"},
    "sex": "category",
    "village": {"kind": "text", "within": "kecamatan"},
    "address": "text",
}


MEET = ["born", ["name:sound", "village"], ["mother_name", "sex"]]


def both(files, plan, model, spark, folder):
    """The pairs of either engine, by their two ids."""
    on_duckdb.match_files(files, plan, folder / "here.parquet", model=model)
    told = on_spark.match_files(files, plan, folder / "there.parquet", model=model, spark=spark)
    here, there = (pairs_of(folder / name) for name in ("here.parquet", "there.parquet"))
    assert told.pairs == len(there)
    return here, there


def pairs_of(file):
    pairs = {}
    for pair in pq.read_table(file).to_pylist():
        sides = sorted((pair["left"], pair["right"]))
        turned = pair["left"] != sides[0]
        evidence = {each["field"]: spoken(each, turned=turned) for each in pair["evidence"]}
        pairs[tuple(sides)] = (pair["band"], round(pair["probability"], 9), pair["model"], evidence)
    return pairs


def spoken(each, *, turned):
    left, right = (each["right"], each["left"]) if turned else (each["left"], each["right"])
    return each["level"], left, right, each["weight_millibits"]


def test_a_table_without_ids_is_refused(spark, tmp_path):
    pq.write_table(pa.table({"name": ["Sari", "Budi"]}), tmp_path / "people.parquet")
    plan = plan_of({"fields": {"name": "person"}})
    with pytest.raises(FieldsFileError, match="id:"):
        on_spark.match_files([tmp_path / "people.parquet"], plan, tmp_path / "out", model=None, spark=spark)


@pytest.mark.parametrize(("column", "wrong"), [("colour", "no column colour"), ("name", "twice")])
def test_a_wrong_table_is_refused_in_the_same_words(spark, tmp_path, column, wrong):
    pq.write_table(pa.table({"id": ["1", "1"], "name": ["Sari", "Budi"]}), tmp_path / "people.parquet")
    plan = plan_of({"id": "id", "fields": {column: "category"}})
    with pytest.raises(FieldsFileError, match=wrong):
        on_spark.match_files([tmp_path / "people.parquet"], plan, tmp_path / "out", model=None, spark=spark)
