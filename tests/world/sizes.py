"""How large a world is, when it begins, and how often things go wrong in it."""

from dataclasses import dataclass

from payung.kernel.month import Month

BEGIN = Month.from_text("2026-01")


@dataclass(frozen=True, slots=True)
class Size:
    """So many workers and sponsors for so many months.

    `at_first` of a hundred workers are known at the beginning; every `check_each` months all invariants are checked;
    every `round_each` months, and when a whole list waits, newcomers are visited and determined; `leaving` of a hundred
    leave a month (1 % to 5 % a year).
    """

    workers: int
    sponsors: int
    months: int
    check_each: int = 3
    at_first: int = 85
    round_each: int = 1
    leaving: float = 0.4

    @property
    def places(self) -> int:
        """The middle size of a promise: four workers in five have a place."""
        return max(3, self.workers * 4 // 5 // self.sponsors)


# A check of everything takes as long as several months of a full world; and an office visits once a quarter.
FULL = Size(5_000, 60, 60, check_each=30, round_each=3, leaving=0.15)
SMALL = Size(60, 6, 18, check_each=6)

# Chances of one in a hundred. Of a notice:
LATE, NEVER, PARTIAL, EXCESS, TWICE, WRONG_CODE, EARLY, WITHDRAWN = 5, 2, 4, 3, 2, 3, 2, 2
OTHER_PRICE, OTHER_COUNT, UNEXPLAINED, CODE_ANEW = 3, 3, 1, 3
# Of a payment:
AGAIN, SAME_KEY, OWN_HAND, REVERSED, SLOW = 4, 2, 3, 3, 4
# Of a promise at its end or on its way, and a month of one that is asked for already:
GAP, NOT_RENEWED, TAKEN_BACK, ASKED_FULL = 3, 2, 2, 5
# Of a proposal:
ASKED_BY_TWO = 5
# A month, of a hundred workers (1 % of them a year):
DEATHS, DOUBLES = 0.1, 0.1
# What is no fault. Of those who left: another in their place, or somebody new on the list, told apart from them.
REPLACED, FILLED = 60, 60
# Of months that are over, of payments with something left, of codes below our figure:
CLOSED, CREDIT, PAID_AS_WE_ASKED = 75, 5, 60
