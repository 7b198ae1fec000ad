"""From Parquet, or from Arrow in memory, with DuckDB under a limit of memory."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from payung.rules.population.files import refuse_outsiders
from payung.rules.population.measures import MEASURES, Totals
from payung.rules.population.statement import PEOPLE, relations, statement
from payung.rules.population.tables import Tables


def sum_on_duckdb(tables: Tables, parquet: Path, *, memory: str = "1GB", threads: int | None = None) -> Totals:
    """Sum the people of a Parquet file; raise `PopulationError` where one lies outside the tables."""
    refuse_outsiders(parquet, tables)
    settings: dict[str, Any] = {"memory_limit": memory, "preserve_insertion_order": "false"}
    if threads is not None:
        settings["threads"] = str(threads)
    with duckdb.connect(config=settings) as connection:
        connection.read_parquet(str(parquet)).create_view(PEOPLE)
        for name, relation in relations(tables).items():
            connection.register(name, relation)
        found: pa.Table = connection.sql(statement(tables)).to_arrow_table()
    village, sector = (found[name].to_numpy() for name in ("village", "sector"))
    return Totals.of_rows(village, sector, np.column_stack([found[measure].to_numpy() for measure in MEASURES]))
