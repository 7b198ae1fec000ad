"""Beyond one machine: the same model by Splink on Spark, from Parquet to pairs. An extra (`requirements-spark.in`).

Spark prepares, blocks and scores. Pairs worth keeping come back to this process, with what their records say, and are
decided here by the code that decides for DuckDB. The machines need Python with duckdb and pyarrow, nothing of Payung's.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import ArrowUDFType, arrow_udf, col, count, count_distinct, monotonically_increasing_id
from pyspark.sql.functions import max as highest_of
from pyspark.sql.utils import AnalysisException
from splink import Linker
from splink.backends.spark import SparkAPI

from payung.matching.answering import Answer, answer
from payung.matching.errors import FieldsFileError
from payung.matching.fields import Plan
from payung.matching.model import Model
from payung.matching.on_duckdb import KEPT_FROM, Means, columns_of, prepared_statement, refuse_missing
from payung.matching.spark_words import SERVED, in_spark, served_name, settings_in_spark

_SPLINK_SILENT = 50
_ON_DISK = StorageLevel.MEMORY_AND_DISK


@contextmanager
def spark_at(master: str, means: Means, *, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """Start Spark, or reach it; on this machine it takes `means`, listens to nobody and shows no pages."""
    builder = SparkSession.builder.appName("payung-match").master(master)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes whatever python3 comes first
        here = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": means.memory.lower().removesuffix("b"),
            "spark.ui.enabled": "false",
            "spark.io.encryption.enabled": "true",  # what does not fit memory lies on the disk, NIKs among it
            "spark.sql.shuffle.partitions": str(2 * means.threads),
        }
        for name, value in (here | dict(settings or {})).items():
            builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def match_files(
    files: Sequence[Path], plan: Plan, out: Path, *, model: Model, spark: SparkSession, means: Means | None = None
) -> Answer:
    """Match one table against itself, or two with each other; write the pairs to `out` (one Parquet file)."""
    _refuse_without_id(plan)
    link, own = len(files) == 2, means or Means()
    serve(spark)
    said = [_said(spark, files[0], plan, right=False, first=0)]
    if link:
        [[highest]] = said[0].agg(highest_of("__record")).collect()
        said.append(_said(spark, files[1], plan, right=True, first=(highest or 0) + 1))
    for place, name in enumerate(_names(said, "said")):
        said[place].createOrReplaceTempView(name)
    found = _scored(spark, [_prepared(spark, plan, right=place == 1) for place in range(len(said))], model, link=link)
    with duckdb.connect(config={"threads": own.threads, "memory_limit": own.memory}) as connection:
        connection.register("scored", found.toArrow())
        for name, each in zip(_names(said, "said"), said, strict=True):
            connection.register(name, _spoken_of(each, found).toArrow())
        decided = answer(connection, plan, model, out, link=link)
    for each in said:
        each.unpersist()
    return decided


def serve(spark: SparkSession) -> None:
    """Let DuckDB answer in Spark for the functions that Spark has not."""
    for name, (places, given) in SERVED.items():
        spark.udf.register(served_name(name), arrow_udf(_answered(name, places), given, ArrowUDFType.SCALAR))


def _answered(name: str, places: int) -> Callable[..., pa.Array]:
    """Write a function that Spark sends to its machines as it is, so that they need nothing of Payung's."""

    def one(value: pa.Array) -> pa.Array:
        batch = duckdb.from_arrow(pa.table({"a": value}))
        return batch.project(f"{name}(a) as said").to_arrow_table().column(0).combine_chunks()

    def two(left: pa.Array, right: pa.Array) -> pa.Array:
        batch = duckdb.from_arrow(pa.table({"a": left, "b": right}))
        return batch.project(f"{name}(a, b) as said").to_arrow_table().column(0).combine_chunks()

    return one if places == 1 else two


def _names(tables: Sequence[DataFrame], what: str) -> list[str]:
    return [f"{what}_{side}" for side, _ in zip(("left", "right"), tables, strict=False)]


def _refuse_without_id(plan: Plan) -> None:
    """Rows have no order on Spark, so they cannot be numbered as a file's lines are."""
    if plan.id is None:
        raise FieldsFileError("Spark needs `id:` in the fields: rows have no number there")


def _said(spark: SparkSession, file: Path, plan: Plan, *, right: bool, first: int) -> DataFrame:
    """Keep of a file what is needed: a number for each record, its id, and the columns that are compared."""
    table = _read(spark, file)
    refuse_missing(table.columns, plan, file, right=right)
    own = col(_quoted((plan.right_id if right else plan.id) or "")).cast("string").alias("id")
    compared = [col(_quoted(column)) for column in columns_of(plan, right=right)]
    number = (monotonically_increasing_id() + first).alias("__record")
    said = table.select(number, own, *compared).persist(_ON_DISK)
    [[rows, ids]] = said.agg(count("*"), count_distinct("id")).collect()
    if not rows:
        raise FieldsFileError(f"{file.name} has no rows")
    if rows != ids:
        raise FieldsFileError(f"{file.name}: the column of `id` names some records twice, or some not at all")
    return said


def _read(spark: SparkSession, file: Path) -> DataFrame:
    """A CSV is taken cell by cell as text, as on one machine."""
    try:
        if file.suffix.lower() == ".parquet" or file.is_dir():
            return spark.read.parquet(str(file))
        return spark.read.csv(str(file), header=True, multiLine=True, escape='"')
    except AnalysisException as error:
        raise FieldsFileError(
            f"{file.name} cannot be read: it must be Parquet, or CSV with a line of headings"
        ) from error


def _prepared(spark: SparkSession, plan: Plan, *, right: bool) -> str:
    said, prepared = ("said_right", "prepared_right") if right else ("said_left", "prepared_left")
    table = spark.sql(in_spark(prepared_statement(said, plan, right=right)))
    # Cut off from how it was made: Splink names the table in every query, and Spark would plan all of it each time.
    table.localCheckpoint().createOrReplaceTempView(prepared)
    return prepared


def _scored(spark: SparkSession, tables: Sequence[str], model: Model, *, link: bool) -> DataFrame:
    """Give the pairs worth keeping, with the weight of each field; counted out once, and cut off from how."""
    engine = SparkAPI(spark_session=spark, break_lineage_method="persist", register_udfs_automatically=False)
    inputs = [engine.register(table) for table in tables]
    settings = settings_in_spark(model.settings, link=link)
    linker = Linker(inputs if link else inputs[0], settings, log_level=_SPLINK_SILENT)
    return linker.inference.predict(threshold_match_weight=KEPT_FROM).as_spark_dataframe().localCheckpoint()


def _spoken_of(said: DataFrame, found: DataFrame) -> DataFrame:
    """Of all records those that stand in a pair: the rest never leaves Spark."""
    named = found.select(col("record_l").alias("__record")).union(found.select("record_r")).distinct()
    return said.join(named, "__record", "left_semi")


def _quoted(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"
