"""Runs the measures one after the other and prints a JSON line for each."""

import argparse
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.databases import database

MEASURES = (
    "intake",
    "intake-large",
    "intake-million",
    "month",
    "years",
    "reconciliation",
    "pages",
    "list-pages",
    "rules-one",
    "population",
    "matching",
)
HELD_OUT_SEED = (
    20270101  # neither weights nor rules were made with its registries in sight; 20261122 was, for the rules
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=float, default=1.0, help="scale every measure (1 = as the issue states it)")
    parser.add_argument("--only", choices=MEASURES, action="append", help="run these measures alone")
    arguments = parser.parse_args()
    tell(
        {
            "machine": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "database": "postgresql" if os.environ.get("DATABASE_URL") else "sqlite",
            "size": arguments.size,
        }
    )
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as folder:
        chosen = arguments.only or MEASURES
        if "intake" in chosen:
            intake(Path(folder), arguments.size)
        if "intake-large" in chosen:
            intake(Path(folder), arguments.size, lists=(100_000,))
        if "intake-million" in chosen:
            million(Path(folder), arguments.size)
        if "month" in chosen:
            month(Path(folder), arguments.size)
        if "years" in chosen:
            years(Path(folder), arguments.size)
        if "reconciliation" in chosen:
            reconciliation(Path(folder), arguments.size)
        if "pages" in chosen:
            pages(Path(folder), arguments.size)
        if "list-pages" in chosen:
            list_pages(Path(folder), arguments.size)
        if "population" in chosen:
            population(Path(folder), arguments.size)
        if "matching" in chosen:
            matching(Path(folder), arguments.size)
        if "rules-one" in chosen:
            tell(child("bench.rules_one", Path(folder)))


def intake(folder: Path, size: float, lists: tuple[int, ...] = (1_000, 3_000, 10_000, 30_000)) -> None:
    """Lists of so many rows against a registry of 100,000, each beside its floor."""
    registry = scaled(100_000, size)
    ready = folder / "registry"
    tell(child("bench.home", ready, "--workers", registry))
    for rows in (scaled(count, size) for count in lists):
        home = fresh_copy(ready, folder / f"intake-{rows}")
        child("bench.intake", home, "--rows", rows, "--write")
        measured = child("bench.intake", home, "--rows", rows)
        for name, options in (("floor", ()), ("floor_without_ways", ("--without-ways",))):
            copy = fresh_copy(ready, folder / f"{name}-{rows}")
            floor = child("bench.floor", copy, "--rows", rows, "--from", home, *options)
            measured[name] = floor
            measured[f"times_{name}"] = {clock: times(measured, floor, clock) for clock in ("wall", "cpu")}
            shutil.rmtree(copy)
        tell(measured)


def times(measured: dict[str, Any], floor: dict[str, Any], clock: str) -> float:
    """How many times the floor an intake takes, probable matching and the child's start left out."""
    own = measured[f"{clock}_s"] - measured[f"likeness_{clock}_s"] - measured[f"child_start_{clock}_s"]
    return float(round(own / floor[f"{clock}_s"], 2))


def million(folder: Path, size: float) -> None:
    """A list of 1,000 rows against registries of a hundred thousand and a million: does its cost grow with them?"""
    for workers in (scaled(100_000, size), scaled(1_000_000, size)):
        home = folder / f"registry-{workers}"
        tell(child("bench.home", home, "--workers", workers))
        child("bench.intake", home, "--rows", 1_000, "--write")
        tell(child("bench.intake", home, "--rows", 1_000, "--only-stage"))


def month(folder: Path, size: float) -> None:
    """A month of 10,000 to 338,681 workers, each beside its floor; and of 1,000, whose one payment is posted alone."""
    for workers, pledges in ((1_000, 1), (10_000, 12), (100_000, 12), (338_681, 12)):
        count = scaled(workers, size)
        home, copy = folder / f"month-{count}", folder / f"month-floor-{count}"
        with database(f"month_{count}") as own:
            child("bench.home", home, "--workers", 0, database=own)
            child("bench.crowd", home, "--workers", count, "--pledges", pledges, database=own)
            with database(f"month_floor_{count}", like=own) as other:
                shutil.copytree(home, copy)
                measured = child("bench.month", home, database=own)
                measured["floor"] = child("bench.month", copy, "--floor", home, database=other)
        measured["times_floor"] = {
            clock: round(measured[f"{clock}_s"] / measured["floor"][f"{clock}_s"], 2) for clock in ("wall", "cpu")
        }
        shutil.rmtree(home)
        shutil.rmtree(copy)
        tell(measured)


def years(folder: Path, size: float) -> None:
    """The grid of a worker and the page of a sponsor, at three years of 10,000, 100,000 and a million workers."""
    for workers in (10_000, 100_000, 1_000_000):
        count = scaled(workers, size)
        home = folder / f"years-{count}"
        with database(f"years_{count}") as own:
            child("bench.home", home, "--workers", 0, database=own)
            tell(child("bench.years", home, "--make", count, database=own))
            tell(child("bench.years", home, database=own))
        shutil.rmtree(home)


def reconciliation(folder: Path, size: float) -> None:
    """A bank's statement of 10,000 rows and 10,000 participants of BPJS against the ledger of 10,000 workers."""
    home = folder / "reconciliation"
    with database("reconciliation") as own:
        tell(child("bench.home", home, "--workers", scaled(10_000, size), database=own))
        tell(child("bench.reconciliation", home, "--rows", scaled(10_000, size), database=own))


def pages(folder: Path, size: float) -> None:
    """The busiest pages at 100,000 workers, idle and during an intake of 10,000 rows."""
    home = folder / "pages"
    tell(child("bench.home", home, "--workers", scaled(100_000, size), "--demo"))
    tell(child("bench.pages", home, "--rows", scaled(10_000, size)))


def list_pages(folder: Path, size: float) -> None:
    """Each page of a list of 10,000 rows at 100,000 workers, and of the review of 3,000 pairs: CPU of one answer."""
    home = folder / "list-pages"
    tell(child("bench.home", home, "--workers", scaled(100_000, size), "--demo"))
    tell(child("bench.list_pages", home, "--rows", scaled(10_000, size), "--pairs", scaled(3_000, size)))


def population(folder: Path, size: float) -> None:
    """A million people against the rules one by one; ten million by village and in no order; a nation of 86 million."""
    engines = (("numba", "--mapped"), ("polars",), ("duckdb",))
    for name, people, options, ways in (
        ("million", 1_000_000, (), (("one-by-one",), *engines)),
        ("ten-million", 10_000_000, (), (("numba",), *engines)),
        ("ten-million-unordered", 10_000_000, ("--unordered",), (("numba",), *engines)),
        ("nation", 86_000_000, (), (("numba", "--mapped"), ("polars", "--times", 2), ("duckdb", "--times", 1))),
    ):
        home = folder / name
        tell(child("bench.population", home, "--prepare", scaled(people, size), *options) | {"name": name})
        measured = []
        for engine, *more in ways:
            measured.append(child("bench.population", home, "--engine", engine, *more) | {"name": name})
            tell(measured[-1])
        if name == "million":
            measured += spark(home)
        if len({each["totals"] for each in measured}) > 1:
            raise SystemExit(f"{name}: the back ends differ: {[(each['engine'], each['totals']) for each in measured]}")
        shutil.rmtree(home)


def matching(folder: Path, size: float) -> None:
    """Registries of ten thousand to a million records, each against itself."""
    home = folder / "matching"
    tell(child("bench.home", home, "--workers", 0))  # the command finds its database made: that is no part of it
    for records in (10_000, 30_000, 100_000, 300_000, 1_000_000):
        made = folder / f"registry-{records}"
        asked = ("--records", scaled(records, size), "--seed", HELD_OUT_SEED, "--out", made)
        tell(child("bench.registries", home, *asked))
        tell(child("bench.matching", home, made))
        shutil.rmtree(made)


def spark(home: Path) -> list[dict[str, Any]]:
    """Spark's totals of the same people, where it is."""
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        tell({"measure": "population", "engine": "spark", "skipped": "no pyspark or no Java (requirements-spark.in)"})
        return []
    found = child("bench.population_spark", home) | {"name": "million"}
    tell(found)
    return [found]


def child(module: str, home: Path, *options: object, database: str = "") -> dict[str, Any]:
    """Run a measure in a process and a home (and database) of its own; its last line is the figure."""
    environment = os.environ | {
        "PAYUNG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "payung.config.settings",
        "PAYUNG_PROFILE": "local",
    }
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", module, *map(str, options)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def fresh_copy(source: Path, target: Path) -> Path:
    """A copy of a prepared home; on PostgreSQL the database is shared and the measures use people of their own."""
    shutil.copytree(source, target)
    return target


def scaled(count: int, size: float) -> int:
    return max(20, round(count * size))


def tell(figures: dict[str, Any]) -> None:
    print(json.dumps(figures), flush=True)


main()
