"""Spark gives the totals of the compiled pass, on a Spark of this machine. Skipped by name without Java or pyspark."""

import shutil

import pytest

from payung.kernel.month import Month
from payung.rules.population.files import write_parquet
from payung.rules.population.on_numba import sum_on_numba
from payung.rules.population.synthetic import invented_people
from payung.rules.population.tabulate import tabulate
from payung.rules.population.window import Window

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed (requirements-spark.in)")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and there is none on this machine", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

from payung.rules.population.on_spark import sum_on_spark  # noqa: E402


@pytest.fixture(scope="module")
def spark():
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.memory": "1g",
    }
    builder = SparkSession.builder.master("local[1]").appName("payung-test")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("first", ["2026-01", "2019-06"])
def test_spark_gives_the_same_totals_to_the_rupiah(spark, tmp_path, first):
    window = Window(Month.from_text(first))
    people = invented_people(20_000, window=window, villages=40, seed=5, deaths_per_mille=300)
    write_parquet([people], tmp_path / "people.parquet")
    tables = tabulate(window)
    assert sum_on_spark(tables, tmp_path / "people.parquet", spark=spark) == sum_on_numba(tables, [people])
