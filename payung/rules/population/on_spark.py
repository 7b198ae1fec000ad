"""On Spark, for people whose rows already lie on a cluster. An extra: pyspark is in `requirements-spark.in` alone."""

from pathlib import Path

import numpy as np
from pyspark.sql import SparkSession
from pyspark.sql.functions import broadcast

from payung.rules.population.files import refuse_outsiders
from payung.rules.population.measures import MEASURES, Totals
from payung.rules.population.statement import PEOPLE, relations, statement
from payung.rules.population.tables import Tables


def sum_on_spark(tables: Tables, parquet: Path, *, spark: SparkSession) -> Totals:
    """Sum the people of a Parquet file; raise `PopulationError` where one lies outside the tables."""
    refuse_outsiders(parquet, tables)
    spark.read.parquet(str(parquet)).createOrReplaceTempView(PEOPLE)
    for name, relation in relations(tables).items():
        broadcast(spark.createDataFrame(relation)).createOrReplaceTempView(name)
    found = spark.sql(statement(tables)).toArrow()
    village, sector = (found[name].to_numpy() for name in ("village", "sector"))
    return Totals.of_rows(village, sector, np.column_stack([found[measure].to_numpy() for measure in MEASURES]))
