"""Millions of people over twelve months, summed by village and sector, by one back end in a process of its own.

`--prepare` invents them into files: bare columns and Parquet, by village or in no order. Tabulating the rules, loading
and compiling stand apart; nothing is aggregated before the clock starts. The floor is reading the same bytes once.
"""

import argparse
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from bench.meter import cpu_seconds, metered
from payung.kernel.month import Month
from payung.rules.population.columns import BYTES_A_PERSON, COLUMNS, VILLAGES, People
from payung.rules.population.files import read_columns, write_columns, write_parquet
from payung.rules.population.measures import MEASURES, Totals
from payung.rules.population.on_duckdb import sum_on_duckdb
from payung.rules.population.on_numba import sum_on_numba
from payung.rules.population.on_polars import sum_on_polars
from payung.rules.population.one_by_one import OneByOne
from payung.rules.population.synthetic import invented_chunks, invented_people, shuffled
from payung.rules.population.tables import Tables
from payung.rules.population.tabulate import tabulate
from payung.rules.population.window import Window

WINDOW = Window(Month.from_text("2026-01"))
PEOPLE_A_VILLAGE = 1_300
TIMES = 5
ResultT = TypeVar("ResultT")


def villages_of(rows: int) -> int:
    return min(VILLAGES, max(1, rows // PEOPLE_A_VILLAGE))


def prepare(home: Path, rows: int, unordered: bool) -> dict[str, Any]:
    """Invent people and write them; those in no order are shuffled as a whole, so they must fit into memory."""
    home.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = {"measure": "population-invent", "people": rows}
    with metered(figures):
        if unordered:
            whole = invented_people(rows, window=WINDOW, villages=villages_of(rows), seed=1)
            mixed = shuffled(whole, seed=2)
            write_columns([mixed], home / "columns")
            write_parquet([mixed], home / "people.parquet")
        else:
            write_columns(invented_chunks(rows, window=WINDOW, villages=villages_of(rows), seed=1), home / "columns")
            write_parquet(read_columns(home / "columns"), home / "people.parquet")
    figures["parquet_mb"] = round((home / "people.parquet").stat().st_size / 1e6)
    return figures


def measure(home: Path, engine: str, mapped: bool, times: int) -> dict[str, Any]:
    """One back end: what stands apart, then the sums several times over."""
    figures: dict[str, Any] = {
        "measure": "population",
        "engine": engine,
        "mapped": mapped,
        "bytes_a_person": BYTES_A_PERSON,
    }
    with metered(figures, "tabulating"):
        tables = tabulate(WINDOW)
    figures["tables_bytes"] = tables.size
    parquet = home / "people.parquet"
    if engine == "numba":
        totals = numba(home, tables, mapped, figures)
    elif engine == "polars":
        totals = repeated(lambda: sum_on_polars(tables, parquet), figures, times=times)
    elif engine == "duckdb":
        totals = repeated(lambda: sum_on_duckdb(tables, parquet), figures, times=times)
    else:
        (people,) = read_columns(home / "columns", size=1 << 40)
        totals = repeated(lambda: OneByOne(WINDOW).sum(people), figures, times=1)
    figures |= told(totals)
    with metered(figures, "end"):
        pass
    return {name: figure for name, figure in figures.items() if not name.startswith("end_")}


def told(totals: Totals) -> dict[str, Any]:
    """What all back ends must agree on: everybody counted, every measure hit, and one hash over all the sums."""
    over_all = totals.over_all()
    return {
        "people": over_all[MEASURES[0]],
        "measures": len(MEASURES),
        "totals": hashlib.sha256(totals.values.tobytes()).hexdigest()[:16],
        "every_measure_hit": all(over_all.values()),
    }


def numba(home: Path, tables: Tables, mapped: bool, figures: dict[str, Any]) -> Totals:
    with metered(figures, "compiling"):
        few = next(read_columns(home / "columns", size=10))
        sum_on_numba(tables, [few])
        if not mapped:
            sum_on_numba(tables, [{name: column.copy() for name, column in few.items()}])
    if mapped:
        chunks: Callable[[], Iterator[People]] = lambda: read_columns(home / "columns")  # noqa: E731
    else:
        with metered(figures, "loading"):
            loaded = {name: np.fromfile(home / "columns" / name, kind) for name, kind in COLUMNS.items()}
        chunks = lambda: iter([loaded])  # noqa: E731
    floor(chunks)
    totals = repeated(lambda: sum_on_numba(tables, chunks()), figures)
    reading: dict[str, Any] = {}
    repeated(lambda: floor(chunks), reading)
    size = sum((home / "columns" / name).stat().st_size for name in COLUMNS)
    figures |= {f"floor_{name}": reading[name] for name in ("cpu_s", "wall_s")}
    figures["floor_gb_a_second"] = round(size / 1e9 / reading["wall_s"], 1)
    figures["times_floor_cpu"] = round(figures["cpu_s"] / reading["cpu_s"], 1)
    return totals


def floor(chunks: Callable[[], Iterator[People]]) -> int:
    """Read every byte once and do next to nothing with it."""
    return max(int(column.view(np.uint8).max(initial=0)) for people in chunks() for column in people.values())


def repeated(work: Callable[[], ResultT], figures: dict[str, Any], *, times: int = TIMES) -> ResultT:
    """Do it several times: the least CPU is what the work costs, the rest is others at work on the machine."""
    runs = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), cpu_seconds()
        result = work()
        runs.append((max(0.001, round(cpu_seconds() - cpu, 3)), max(0.001, round(time.perf_counter() - wall, 3))))
    figures["cpu_s"], figures["wall_s"] = min(runs)
    figures["cpu_s_of_each"] = [cpu for cpu, _ in runs]
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--prepare", type=int, metavar="ROWS")
    parser.add_argument("--unordered", action="store_true")
    parser.add_argument("--engine", choices=("numba", "polars", "duckdb", "one-by-one"))
    parser.add_argument("--mapped", action="store_true", help="columns mapped from their files, chunk by chunk")
    parser.add_argument("--times", type=int, default=TIMES)
    given = parser.parse_args()
    place = Path(os.environ["PAYUNG_HOME"])
    done = (
        prepare(place, given.prepare, given.unordered)
        if given.prepare
        else measure(place, given.engine, given.mapped, given.times)
    )
    print(json.dumps(done))
