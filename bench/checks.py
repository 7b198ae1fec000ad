"""`payung check` over so many workers for twelve months: the seconds of the processor and of the clock, by number.

Needs a home prepared by `bench.home` with as many workers; the months are noticed, paid and confirmed by the services.
"""

import argparse
import json
import time

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK
from bench.ledger import MONTH, pay, pledges
from payung.access.viewer import SYSTEM_VIEWER
from payung.contributions.models import CoverLine
from payung.contributions.services import issue_notice
from payung.coverage.services import rebuild_everything
from payung.sponsors.models import Pledge
from payung.watch.invariants import INVARIANTS, check_each


def fill(workers: int, months: int) -> None:
    """A ledger of as many months, in one notice a pledge."""
    pledges(workers)
    Pledge.objects.update(months=months)
    for pledge in Pledge.objects.select_related("sponsor"):
        pay(issue_notice(pledge, first_month=MONTH, months=months, acting_user=SYSTEM_VIEWER, clock=CLOCK))
    rebuild_everything(clock=CLOCK)


def measure() -> dict[str, object]:
    """Each number by itself, and whatever it found."""
    cpu, wall, broken = {}, {}, {}
    for number in INVARIANTS:
        began, clock = time.process_time(), time.perf_counter()
        found = [violation for checked in check_each(frozenset({number})) for violation in checked.violations]
        cpu[number] = round(time.process_time() - began, 2)
        wall[number] = round(time.perf_counter() - clock, 2)
        if found:
            broken[number] = len(found)
    return {"lines": CoverLine.objects.count(), "cpu": cpu, "cpu_all": round(sum(cpu.values()), 1), "wall": wall,
            "broken": broken}  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int)
    parser.add_argument("--months", type=int, default=12)
    given = parser.parse_args()
    if given.workers:
        fill(given.workers, given.months)
    print(json.dumps(measure()))
