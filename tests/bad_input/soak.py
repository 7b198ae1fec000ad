"""`make soak ARGS="bad-input --seed 0 --slices 14"`: every seed of bad input in two hundred shapes, read and checked.

Most files are read in this process, one in a hundred in the reader's own child. Each must get its seed's answer: no
exception, no row without a fate. Prints the figures and every file that got another answer; ends with 1 if any did.
"""

import argparse
import os
import sys
import time
from collections import Counter
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.bad_input.answering import differences, given, in_child, in_fork, in_process  # noqa: E402
from tests.bad_input.mutations import MUTANTS, Mutant, mutants_of  # noqa: E402
from tests.bad_input.seeds import all_seeds  # noqa: E402
from tests.soak.outcome import Outcome  # noqa: E402

CHILD_EACH = 100


def main() -> int:
    """Run the soak and give the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mutants", type=int, default=MUTANTS)
    options.add_argument("--only", default="", help="the beginning of a seed's label")
    wanted = options.parse_args()
    began = time.monotonic()
    counts, wrong = _read_all(wanted.only, wanted.mutants)
    for line in wrong:
        print(line)
    seconds = time.monotonic() - began
    print(
        f"{counts['files']} files of {len(all_seeds())} seeds in {seconds:.0f} s, {counts['child']} of them in the "
        f"reader's own process: {len(wrong)} with another answer, {counts['raised']} exceptions"
    )
    return 1 if wrong else 0


def run(seed: int, amount: int) -> Outcome:
    """A ring of `tests.soak`: the cases whose number begins with the two digits `seed`, each in `amount` shapes."""
    counts, wrong = _read_all(f"{seed:02d}", amount)
    return Outcome({"files": counts["files"], "read by the child": counts["child"]}, wrong)


def _read_all(beginning: str, mutants: int) -> tuple[Counter[str], list[str]]:
    """Read the seeds whose label begins so: what was counted, and a line for each other answer."""
    counts, wrong = Counter[str](), list[str]()
    for seed in all_seeds():
        if not seed.label.startswith(beginning):
            continue
        for number, mutant in enumerate(islice(mutants_of(seed, mutants), mutants)):
            wrong += _wrong(mutant, counts, by_child=number % CHILD_EACH == 0)
    return counts, wrong


def _wrong(mutant: Mutant, counts: Counter[str], *, by_child: bool) -> list[str]:
    counts["files"] += 1
    counts["child"] += by_child
    reader = in_child if by_child else in_process if mutant.answer else in_fork
    try:
        got = given(
            mutant.content, mutant.file_name, world=mutant.seed.world, reader=reader, choices=mutant.seed.choices
        )
    except Exception as error:  # noqa: BLE001 - an exception of whatever kind is what the soak looks for
        counts["raised"] += 1
        return [f"{mutant.label}: {type(error).__name__}: {str(error)[:80]}"]
    return [f"{mutant.label}: {difference}" for difference in differences(mutant.answer, got)]


if __name__ == "__main__":
    sys.exit(main())
