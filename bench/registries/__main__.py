"""Writes a registry as Parquet: records, truth, people. Says what it wrote as one JSON line."""

import argparse
import json
from pathlib import Path

from bench.meter import metered
from bench.registries.making import made_registry

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.registries", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--records", type=int, help="exactly so many records instead of so many people")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures: dict[str, float] = {}
    with metered(figures):
        registry = made_registry(given.people, seed=given.seed, records=given.records)
        registry.write(given.out)
    print(
        json.dumps(
            {"measure": "registries", "seed": given.seed, "people": len(registry.people)}
            | {"records": len(registry.records)}
            | figures
        )
    )
