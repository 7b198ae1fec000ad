"""What must always hold, each as one checker that gives the offending rows; numbered as everywhere in Payung."""

from collections.abc import Callable, Iterator

from payung.contributions.invariants.control import I_20, I_21, I_22, I_23, I_29
from payung.contributions.invariants.cover import I_09, I_10, I_11, I_13, I_14, I_15, I_16, I_17, I_19
from payung.contributions.invariants.money import I_01, I_02, I_03, I_04, I_05, I_06
from payung.contributions.invariants.receipts import I_07
from payung.contributions.invariants.violation import Violation

Checker = Callable[[], list[Violation]]

ALL: tuple[Checker, ...] = (
    *(I_01, I_02, I_03, I_04, I_05, I_06, I_07),
    *(I_09, I_10, I_11, I_13, I_14, I_15, I_16, I_17, I_19),
    *(I_20, I_21, I_22, I_23, I_29),
)


def number_of(checker: Checker) -> str:
    """The invariant's number, as it is written: `I-1`."""
    return f"I-{int(checker.__name__.removeprefix('I_'))}"


def check_each() -> Iterator[tuple[str, list[Violation]]]:
    """Run the checkers one after another, each with its number."""
    for checker in ALL:
        yield number_of(checker), checker()


def check_all() -> list[Violation]:
    """Everything that is wrong; nothing for a sound ledger."""
    return [violation for _, found in check_each() for violation in found]
