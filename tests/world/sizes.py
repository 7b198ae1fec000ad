"""How large a world is, and how often things go wrong in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """So many workers and sponsors for so many months.

    `at_first` of a hundred workers are known at the beginning; every `check_each` months all invariants are checked.
    """

    workers: int
    sponsors: int
    months: int
    check_each: int = 3
    at_first: int = 60

    @property
    def places(self) -> int:
        """The middle size of a promise: four workers in five have a place."""
        return max(3, self.workers * 4 // 5 // self.sponsors)


# A check of everything takes as long as a month of a full world: there once a year.
FULL = Size(5_000, 60, 60, check_each=12)
SMALL = Size(60, 6, 18, check_each=6)

# Chances of one in a hundred. Of a notice:
LATE, NEVER, PARTIAL, EXCESS, TWICE, WRONG_CODE, EARLY, WITHDRAWN = 5, 2, 4, 3, 2, 3, 2, 2
OTHER_PRICE, OTHER_COUNT, UNEXPLAINED, CODE_ANEW = 3, 3, 1, 3
# Of a payment:
AGAIN, SAME_KEY, OWN_HAND, REVERSED, SLOW = 4, 2, 3, 3, 4
# Of a promise at its end or on its way:
GAP, NOT_RENEWED, TAKEN_BACK = 12, 5, 2
# A month, of a hundred sponsors, workers on a way, or months:
DEATHS, LEAVING, REPLACED, DOUBLES, ASKED_BY_TWO, CLOSED, CREDIT = 0.08, 0.4, 60, 0.05, 5, 75, 30
