"""The thirty invariants by number: who checks each, and what there is instead where nothing checks it.

A number is checked by as many modules as it concerns. `waits_for` names what must exist before there is anything to
check; `held_by_tests` says that no state of the database can show a breach, only running the program can.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from time import perf_counter

from payung.contributions.invariants import ALL as OF_THE_LEDGER
from payung.contributions.invariants import number_of
from payung.contributions.invariants.violation import Violation
from payung.coverage.selectors.freshness import is_summary_stale, summary_differences
from payung.intake.invariants import ALL as OF_LISTS
from payung.watch.invariants.papers import I_26, I_30
from payung.watch.invariants.secrets import I_24, I_25

Checker = Callable[[], list[Violation]]
WAITS_FOR_CLAIMS = frozenset({"I-8", "I-18"})
HELD_BY_TESTS = "I-12"
SHOWN_ROWS = 100


def I_11() -> list[Violation]:
    """The counts of coverage are those of the ledger, once they have counted its newest entry."""
    if is_summary_stale():
        return []
    return [
        Violation(
            "I-11", "coverage.month", str(each.month), f"{each.table}: {each.only_in_ledger}/{each.only_in_summary}"
        )
        for each in summary_differences()
    ]


OF_THE_REST: tuple[tuple[str, Checker], ...] = (
    ("I-11", I_11),
    ("I-24", I_24),
    ("I-25", I_25),
    ("I-26", I_26),
    ("I-30", I_30),
)


@dataclass(frozen=True, slots=True)
class Invariant:
    """One number of the list with its checkers. Without any, `instead` says why: `claims`, `tests`."""

    number: str
    checkers: tuple[Checker, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What one number's checkers found, and how long they took."""

    invariant: Invariant
    violations: list[Violation]
    seconds: float

    @property
    def state(self) -> str:
        """`sound`, `broken`, or what there is instead of a checker."""
        return "broken" if self.violations else self.invariant.instead or "sound"


def _table() -> dict[str, Invariant]:
    by_number: dict[str, list[Checker]] = {f"I-{number}": [] for number in range(1, 31)}
    for number, checker in chain(((number_of(each), each) for each in OF_THE_LEDGER), OF_LISTS, OF_THE_REST):
        by_number[number].append(checker)
    return {
        number: Invariant(number, tuple(checkers), "" if checkers else _instead(number))
        for number, checkers in by_number.items()
    }


def _instead(number: str) -> str:
    if number in WAITS_FOR_CLAIMS:
        return "claims"
    if number == HELD_BY_TESTS:
        return "tests"
    raise LookupError(f"Nobody checks {number}, and nothing says why.")


INVARIANTS = _table()


def check_each(only: frozenset[str] = frozenset()) -> Iterator[Checked]:
    """Run the checkers number by number (those of `only`, where any are named); each answer as it is found."""
    for number, invariant in INVARIANTS.items():
        if only and number not in only:
            continue
        began = perf_counter()
        found = [violation for checker in invariant.checkers for violation in checker()]
        yield Checked(invariant, found, perf_counter() - began)
