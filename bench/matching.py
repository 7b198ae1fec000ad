"""Everybody of a made-up registry matched against everybody: how right, how long, how much memory.

`payung match` runs as it would for an operator, in a process of its own; its time has the start of Python in it. The
stored model was trained on another seed, without answers. Beside it stands what equal NIKs, or equal names with equal
birth dates, find.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl

from bench.judging import curve_of, figures_of, judge, mistakes_of
from bench.meter import metered

FIELDS = "worker"  # the stored model of Indonesian workers and its fields
SCORES = ("precision", "recall", "f1")


def measure(registry: Path) -> dict[str, Any]:
    """Match the registry in the folder against itself and judge the pairs."""
    records, pairs = registry / "records.parquet", registry / "pairs.parquet"
    count = pl.scan_parquet(records).select(pl.len()).collect().item()
    figures: dict[str, Any] = {"measure": "matching", "records": count}
    command = [sys.executable, "-m", "payung", "match", str(records), "--fields", FIELDS, "--out", str(pairs)]
    with metered(figures):
        subprocess.run(command, check=True, stdout=subprocess.PIPE)
    del figures["peak_mb"]
    figures["peak_mb"] = figures.pop("peak_child_mb")
    figures["rows_a_second"] = round(count / figures["wall_s"])
    answer = pl.read_parquet(pairs, columns=["left", "right", "probability", "band"])
    judged = judge(answer.with_columns(probability_ppm=(pl.col("probability") * 1_000_000).floor()), registry)
    curve = [[recall, precision, ppm] for ppm, precision, recall in curve_of(judged)]
    (registry / "curve.json").write_text(json.dumps(curve), encoding="utf-8")
    return figures | figures_of(judged) | mistakes_of(judged) | {"exact_alone": exact_alone(registry)}


def exact_alone(registry: Path) -> dict[str, float]:
    """What a program finds that compares nothing but equal NIKs, and equal names with equal birth dates."""
    records = pl.read_parquet(registry / "records.parquet", columns=["record_id", "nik", "name", "birth_date"])
    records = records.with_columns(pl.col("name").str.to_lowercase())
    found = [equal_pairs(records, ["nik"]), equal_pairs(records, ["name", "birth_date"])]
    sure = pl.concat(found).with_columns(probability_ppm=pl.lit(1_000_000), band=pl.lit("auto"))
    return {name: value for name, value in figures_of(judge(sure, registry)).items() if name in SCORES}


def equal_pairs(records: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    known = records.drop_nulls(keys)
    pairs = known.join(known, on=keys, suffix="_right").filter(pl.col("record_id") < pl.col("record_id_right"))
    return pairs.select(pl.col("record_id").alias("left"), pl.col("record_id_right").alias("right"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registry", type=Path, help="a folder that `python -m bench.registries` wrote")
    print(json.dumps(measure(parser.parse_args().registry)))
