"""The same sums by Spark on this machine, where pyspark and Java are (`requirements-spark.in`)."""

import json
import os
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from bench.population import WINDOW, repeated, told
from payung.rules.population.on_spark import sum_on_spark
from payung.rules.population.tabulate import tabulate

SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.memory": "2g",
}


def measure(parquet: Path) -> dict[str, Any]:
    """One run on both cores. CPU is of this process alone: Spark works in a Java process beside it."""
    builder = SparkSession.builder.master("local[2]").appName("payung-bench")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    figures: dict[str, Any] = {"measure": "population", "engine": "spark"}
    totals = repeated(lambda: sum_on_spark(tabulate(WINDOW), parquet, spark=spark), figures, times=1)
    spark.stop()
    return figures | told(totals)


if __name__ == "__main__":
    print(json.dumps(measure(Path(os.environ["PAYUNG_HOME"]) / "people.parquet")))
