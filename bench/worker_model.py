"""The script that trains the stored model of workers, on a made-up registry of the training seed and without labels.

    python -m bench.worker_model            # writes payung/matching/models/worker.json anew

What it finds is measured on other seeds. The version is the day it was trained and what was learned, in short.
"""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.registries.making import made_registry
from payung.matching.fields import read_plan
from payung.matching.model import MODELS, Model, fingerprint
from payung.matching.on_duckdb import match_files

TRAINING_SEED, PEOPLE = 4001, 10_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=MODELS / "worker.json")
    given = parser.parse_args()
    plan = replace(read_plan(MODELS / "worker.yaml"), model=None)
    with TemporaryDirectory() as folder:
        made_registry(PEOPLE, seed=TRAINING_SEED).write(Path(folder))
        _, learned = match_files([Path(folder) / "records.parquet"], plan, Path(folder) / "pairs.parquet")
    settings = {key: value for key, value in learned.settings.items() if key != "linker_uid"}
    Model("worker", f"{datetime.now(UTC):%Y%m%d}-{fingerprint(settings)}", settings).write(given.out)


if __name__ == "__main__":
    main()
