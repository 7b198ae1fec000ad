"""The one SQL statement for every engine that speaks it, and the tables that it joins."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from payung.rules.population.columns import Event
from payung.rules.population.measures import MEASURES
from payung.rules.population.tables import Tables

PEOPLE = "people"
"""The name under which an engine must know the people."""


_STATEMENT = """
WITH everybody AS (
  SELECT p.village, p.sector,
    count(*) AS people,
    sum(CAST(CASE WHEN p.coverage = 0 THEN 0 ELSE 1 END AS BIGINT)) AS covered_people,
    sum({months}) AS covered_months,
    sum(({months}) * CAST(p.wage AS BIGINT)) AS covered_wage_rp,
    sum({due}) AS iuran_rp,
    sum({unrelieved}) AS unrelieved_rp,
    sum(waited_through) AS waited_people,
    sum(CASE WHEN p.coverage = 0 THEN of_age ELSE 0 END) AS to_enrol
  FROM people p
  JOIN price
    ON price.code = (CAST(p.sector AS INT) * {funds} + CAST(p.funds AS INT)) * {bands} + CAST(p.band AS INT) - 1
  JOIN through ON through.code = CAST(p.coverage AS INT) * {waits} + least(CAST(p.earlier AS INT), {cap})
  JOIN age ON age.birth = CAST(p.birth AS INT)
  GROUP BY p.village, p.sector
), happened AS (
  SELECT p.village, p.sector, p.event, p.band, day.stretch,
    CASE WHEN (CAST(p.coverage AS INT) & day.front) <> 0 THEN 1 ELSE 0 END AS met,
    (day.front + (CAST(p.coverage AS INT) & (day.front - 1))) * {waits}
      + least(CAST(p.earlier AS INT), {cap}) AS history
  FROM people p JOIN day ON day.day = CAST(p.event_day AS INT)
  WHERE p.event <> {none}
), events AS (
  SELECT village, sector,
    sum(CASE WHEN met = 1 AND h.event = {death} THEN 1 ELSE 0 END) AS jkm_deaths,
    sum(CASE WHEN met = 1 AND h.event = {death} THEN reduced ELSE 0 END) AS jkm_reduced,
    sum(CASE WHEN met = 1 AND h.event = {death} THEN benefit_rp ELSE 0 END) AS jkm_rp,
    sum(CASE WHEN met = 1 AND h.event = {at_work} THEN 1 ELSE 0 END) AS jkk_deaths,
    sum(CASE WHEN met = 1 AND h.event = {at_work} THEN benefit_rp ELSE 0 END) AS jkk_rp,
    sum(CASE WHEN met = 0 THEN 1 ELSE 0 END) AS uncovered_deaths
  FROM happened h
  JOIN waited ON waited.history = h.history
  JOIN benefit ON benefit.code =
    ((CAST(h.event AS INT) * {stretches} + h.stretch) * {waits} + waited.waited) * {bands} + CAST(h.band AS INT) - 1
  GROUP BY village, sector
)
SELECT CAST(e.village AS BIGINT) AS village, CAST(e.sector AS BIGINT) AS sector, {measures}
FROM everybody e LEFT JOIN events v ON v.village = e.village AND v.sector = e.sector
"""


def statement(tables: Tables) -> str:
    """Give the SQL for these tables; its columns are village, sector and the measures in their order.

    Bits are counted and cut in SQL; what they mean is looked up. Arithmetic is of 64 bits throughout.
    """
    regimes = range(len(tables.month_masks))
    months = [f"CAST(bit_count(CAST(coverage AS INT) & {int(mask)}) AS BIGINT)" for mask in tables.month_masks]
    due, unrelieved = (
        " + ".join(f"{months[regime]} * {name}_{regime}" for regime in regimes)
        for name in ("iuran_rp", "unrelieved_rp")
    )
    return _STATEMENT.format(
        months=" + ".join(months),
        due=due,
        unrelieved=unrelieved,
        funds=tables.iuran_rp.shape[1],
        bands=tables.bands,
        cap=tables.cap,
        waits=tables.cap + 1,
        stretches=tables.reduced.shape[1],
        none=int(Event.NONE),
        death=int(Event.DEATH),
        at_work=int(Event.DEATH_AT_WORK),
        measures=", ".join(f"CAST(coalesce({measure}, 0) AS BIGINT) AS {measure}" for measure in MEASURES),
    )


def relations(tables: Tables) -> Mapping[str, pa.Table]:
    """The tables as the statement joins them: each row a place and what stands there."""
    regimes = range(len(tables.month_masks))
    prices = {
        f"{name}_{regime}": getattr(tables, name)[..., regime]
        for name in ("iuran_rp", "unrelieved_rp")
        for regime in regimes
    }
    stretch = tables.stretch_of_day.astype(np.int32)
    reduced = np.repeat(tables.reduced.astype(np.int64).reshape(-1), tables.bands)
    return {
        "price": _relation("code", prices),
        "through": _relation("code", {"waited_through": tables.waited_through}),
        "age": _relation("birth", {"of_age": tables.of_age}),
        "day": _relation("day", {"front": 1 << tables.month_of_day.astype(np.int32), "stretch": stretch}),
        "waited": _relation("history", {"waited": tables.waited.astype(np.int32)}),
        "benefit": _relation("code", {"benefit_rp": tables.benefit_rp, "reduced": reduced}),
    }


def _relation(place: str, columns: Mapping[str, NDArray[Any]]) -> pa.Table:
    flat = {name: np.ascontiguousarray(values).reshape(-1) for name, values in columns.items()}
    flat = {name: values if values.dtype == np.int32 else values.astype(np.int64) for name, values in flat.items()}
    length = len(next(iter(flat.values())))
    return pa.table({place: np.arange(length, dtype=np.int32), **flat})
