"""How many workers a sum protects, for how long: whole workers for whole terms, never part of either.

The prices come in as a list, one a month from the first month on: what a month costs is the law's to say, not ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class AffordableTerm:
    """What the sum buys if every worker is protected for `months`."""

    months: int
    per_worker_rp: int
    workers: int
    total_rp: int
    remainder_rp: int

    @property
    def worker_months(self) -> int:
        """Workers times months."""
        return self.workers * self.months


def affordable_terms(budget_rp: int, *, prices_rp: Sequence[int], terms: Iterable[int]) -> list[AffordableTerm]:
    """For each term, how many workers the sum protects from the first month on, and what is left over.

    A term longer than the prices known is left out.

    >>> [(t.months, t.workers, t.remainder_rp) for t in affordable_terms(1_000_000, prices_rp=[8400] * 3, terms=[1, 3])]
    [(1, 119, 400), (3, 39, 17200)]
    """
    if budget_rp < 0 or any(price < 1 for price in prices_rp):
        raise ValueError("A budget is not negative and a month is not free.")
    costs = list(accumulate(prices_rp))
    return [_term(budget_rp, months, costs[months - 1]) for months in terms if 1 <= months <= len(costs)]


def affordable_months(budget_rp: int, *, workers: int, prices_rp: Sequence[int]) -> int:
    """For how many months in a row, of those priced, the sum protects so many workers.

    >>> affordable_months(1_000_000, workers=50, prices_rp=[8400, 8400, 16800])
    2
    """
    costs = accumulate(price * workers for price in prices_rp)
    return sum(1 for cost in costs if cost <= budget_rp)


def _term(budget_rp: int, months: int, per_worker_rp: int) -> AffordableTerm:
    workers, remainder = divmod(budget_rp, per_worker_rp)
    return AffordableTerm(months, per_worker_rp, workers, budget_rp - remainder, remainder)
