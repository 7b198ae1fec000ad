"""`python -m tests.soak RING --seed 1 --amount 2000 --slices 10`: a ring in slices, each put on record when it is done.

Without a ring all of them, one slice each. `--totals` sums what is on record. On PostgreSQL under
`python -m tools.postgres run -- …`. Ends with 1 if anything was found; a slice is replayed by its seed and commit.
"""

import argparse
import importlib
import os
import sys
import time

from tests.soak.outcome import Outcome
from tests.soak.results import append, read, totals
from tests.soak.rings import RINGS


def main() -> int:
    """Run what was asked for and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("rings", nargs="*", metavar="RING", help=", ".join(RINGS))
    parser.add_argument("--seed", type=int, default=1, help="the first slice's; each further slice has the next")
    parser.add_argument("--amount", type=int, help="of one slice, in the ring's own unit")
    parser.add_argument("--slices", type=int, default=1)
    parser.add_argument("--totals", action="store_true")
    wanted = parser.parse_args()
    unknown = set(wanted.rings) - set(RINGS)
    if unknown:
        parser.error(f"no such ring: {', '.join(sorted(unknown))}; there are {', '.join(RINGS)}")
    if wanted.totals:
        for (ring, database), sums in sorted(totals(read()).items()):
            print(f"{ring:<16}{database:<12}", ", ".join(f"{count:,} {name}" for name, count in sums.items()))
        return 0
    failed = False
    for name in wanted.rings or RINGS:
        for seed in range(wanted.seed, wanted.seed + wanted.slices):
            failed |= bool(slice_of(name, seed, wanted.amount or RINGS[name].amount).failures)
    return 1 if failed else 0


def slice_of(name: str, seed: int, amount: int) -> Outcome:
    """Run one slice and put it on record."""
    database = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    began = time.monotonic()
    outcome: Outcome = importlib.import_module(RINGS[name].module).run(seed, amount)
    seconds = time.monotonic() - began
    append(name, seed, amount, database, seconds, outcome)
    print(f"{name} seed {seed} on {database}: {outcome.counted} in {seconds:.0f} s", flush=True)
    for failure in outcome.failures:
        print(f"  {failure}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
