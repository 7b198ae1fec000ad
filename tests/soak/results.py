"""`docs/reliability.json`: every slice that was run, with the command, seed and commit that made it; and their sums."""

import json
import subprocess
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.soak.outcome import Outcome

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "docs" / "reliability.json"


def read(path: Path = RESULTS) -> list[dict[str, Any]]:
    """The slices on record; none where nothing was run yet."""
    return list(json.loads(path.read_text())) if path.exists() else []


def append(
    ring: str, seed: int, amount: int, database: str, seconds: float, outcome: Outcome, *, path: Path = RESULTS
) -> dict[str, Any]:
    """Put one slice on record: one line of the file each, so that two branches merge."""
    record = {
        "ring": ring,
        "database": database,
        "command": f"python -m tests.soak {ring} --seed {seed} --amount {amount} --slices 1",
        "seed": seed,
        "commit": commit(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "counted": outcome.counted,
        "failures": outcome.failures,
    }
    lines = [json.dumps(each, ensure_ascii=False) for each in [*read(path), record]]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    return record


def totals(records: list[dict[str, Any]]) -> dict[tuple[str, str], Counter[str]]:
    """What all slices of a ring on a database did together; `failures` counts those that found something."""
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for record in records:
        here = sums[record["ring"], record["database"]]
        here.update(record["counted"])
        here.update({"slices": 1, "failures": len(record["failures"])})
    return dict(sums)


def commit() -> str:
    """The commit that runs, with a mark where other files than these results differ from it."""
    name = _git("rev-parse", "--short", "HEAD")
    return f"{name}-dirty" if _git("status", "--porcelain", "--", ".", f":!{RESULTS.relative_to(ROOT)}") else name


def _git(*arguments: str) -> str:
    done = subprocess.run(("git", *arguments), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()
