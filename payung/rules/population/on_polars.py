"""From Parquet with Polars' streaming engine, so that memory stays bounded.

A whole-number literal of Polars has 32 bits and its sums wrap in silence: every table and every sum is made Int64 here.
"""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from payung.rules.population.columns import FUNDS, Event
from payung.rules.population.files import refuse_outsiders
from payung.rules.population.measures import MEASURES, Measure, Totals
from payung.rules.population.tables import Tables

_GROUP = ("village", "sector")


def sum_on_polars(tables: Tables, parquet: Path) -> Totals:
    """Sum the people of a Parquet file; raise `PopulationError` where one lies outside the tables."""
    refuse_outsiders(parquet, tables)
    people = pl.scan_parquet(parquet)
    everybody, events = (
        query.collect(engine="streaming") for query in (_everybody(tables, people), _events(tables, people))
    )
    rows = everybody.join(events, on=_GROUP, how="left").with_columns(pl.all().fill_null(0).cast(pl.Int64))
    village, sector = (rows[name].to_numpy() for name in _GROUP)
    return Totals.of_rows(village, sector, rows.select(MEASURES).to_numpy())


def _everybody(tables: Tables, people: pl.LazyFrame) -> pl.LazyFrame:
    """The measures that concern each person."""
    is_covered = pl.col("coverage") != 0
    through = _index("coverage") * (tables.cap + 1) + _brought(tables)
    each = people.with_columns(
        ((_index("sector") * len(FUNDS) + _index("funds")) * tables.bands + _index("band") - 1).alias("code"),
        _months(pl.col("coverage")).alias(Measure.COVERED_MONTHS),
    ).select(
        *_GROUP,
        is_covered.alias(Measure.COVERED_PEOPLE),
        Measure.COVERED_MONTHS,
        (pl.col(Measure.COVERED_MONTHS) * pl.col("wage").cast(pl.Int64)).alias(Measure.COVERED_WAGE_RP),
        _priced(tables, tables.iuran_rp).alias(Measure.IURAN_RP),
        _priced(tables, tables.unrelieved_rp).alias(Measure.UNRELIEVED_RP),
        _found(tables.waited_through, through).alias(Measure.WAITED_PEOPLE),
        (is_covered.not_() * _found(tables.of_age, _index("birth"))).alias(Measure.TO_ENROL),
    )
    return each.group_by(_GROUP).agg(
        pl.len().cast(pl.Int64).alias(Measure.PEOPLE),
        *(pl.col(measure).cast(pl.Int64).sum() for measure in MEASURES[1:8]),
    )


def _events(tables: Tables, people: pl.LazyFrame) -> pl.LazyFrame:
    """The measures that concern the few to whom something happened."""
    kind, waited = pl.col("event"), pl.col("waited")
    front = pl.lit(1, pl.Int64) * pl.lit(2, pl.Int64).pow(_found(tables.month_of_day, _index("event_day")))
    history = front + pl.col("coverage").cast(pl.Int64) % front
    of_day = _found(tables.stretch_of_day, _index("event_day"))
    case = (_index("event") * tables.reduced.shape[1] + of_day.cast(pl.UInt32)) * (tables.cap + 1) + waited
    at_work, met = kind == int(Event.DEATH_AT_WORK), pl.col("met")
    return (
        people.filter(kind != int(Event.NONE))
        .with_columns(
            (pl.col("coverage").cast(pl.Int64) // front % 2 == 1).alias("met"),
            _found(tables.waited, history * (tables.cap + 1) + _brought(tables)).cast(pl.UInt32).alias("waited"),
        )
        .with_columns(case.alias("case"))
        .with_columns(
            _found(tables.benefit_rp, pl.col("case") * tables.bands + _index("band") - 1).alias("rp"),
            _found(tables.reduced, pl.col("case")).alias("is_reduced"),
        )
        .group_by(_GROUP)
        .agg(
            _sum(met & ~at_work).alias(Measure.JKM_DEATHS),
            _sum(pl.col("is_reduced"), where=met & ~at_work).alias(Measure.JKM_REDUCED),
            _sum(pl.col("rp"), where=met & ~at_work).alias(Measure.JKM_RP),
            _sum(met & at_work).alias(Measure.JKK_DEATHS),
            _sum(pl.col("rp"), where=met & at_work).alias(Measure.JKK_RP),
            _sum(~met).alias(Measure.UNCOVERED_DEATHS),
        )
    )


def _priced(tables: Tables, prices: NDArray[np.int64]) -> pl.Expr:
    """Covered months times what each costs; regimes that cost the same are looked up once."""
    masks: dict[bytes, int] = {}
    columns: dict[bytes, NDArray[np.int64]] = {}
    for regime, mask in enumerate(tables.month_masks):
        column = np.ascontiguousarray(prices[..., regime])
        columns[column.tobytes()] = column
        masks[column.tobytes()] = masks.get(column.tobytes(), 0) | int(mask)
    parts = [_months(pl.col("coverage") & masks[key]) * _found(columns[key], pl.col("code")) for key in columns]
    return pl.sum_horizontal(parts) if len(parts) > 1 else parts[0]


def _months(coverage: pl.Expr) -> pl.Expr:
    return coverage.bitwise_count_ones().cast(pl.Int64)


def _brought(tables: Tables) -> pl.Expr:
    return _index("earlier").clip(upper_bound=tables.cap)


def _index(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.UInt32)


def _found(table: NDArray[Any], place: pl.Expr) -> pl.Expr:
    """Look a place up in a table. Flags and counts stay small; rupiah have 64 bits already."""
    return pl.lit(pl.Series(np.ascontiguousarray(table).reshape(-1))).gather(place)


def _sum(what: pl.Expr, *, where: pl.Expr | None = None) -> pl.Expr:
    return (what if where is None else what.filter(where)).cast(pl.Int64).sum()
