"""Dated twins: when a formula changes, a second function under the same name, never an `if year` in the first.

    KERINGANAN = Twins("keringanan")

    @KERINGANAN.during(figures.KERINGANAN_PP_49_2020)
    def _keringanan_pp_49_2020(...): ...

The days of a twin are those of the cards that it lives by, so that no date stands in code. `during` takes cards whose
values end; a formula that holds until further notice has a card without an end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from payung.kernel.month import Month
from payung.rules.cards import Card
from payung.rules.errors import CardError

FormulaT = TypeVar("FormulaT", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Twin(Generic[FormulaT]):
    """One formula and the days on which it holds."""

    formula: FormulaT
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is the formula of that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Twins(Generic[FormulaT]):
    """The formulas that bear one name, each in its own time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._twins: list[Twin[FormulaT]] = []

    @property
    def all(self) -> tuple[Twin[FormulaT], ...]:
        """Each twin, in the order in which they were written."""
        return tuple(self._twins)

    def during(self, *cards: Card[Any]) -> Callable[[FormulaT], FormulaT]:
        """Add a formula for the days from the first to the last of its cards."""
        since = min(card.first_day for card in cards)
        ends = [card.last_day for card in cards]
        until = None if None in ends else max(end for end in ends if end)

        def add(formula: FormulaT) -> FormulaT:
            for other in self._twins:
                if (until is None or other.since <= until) and (other.until is None or since <= other.until):
                    raise CardError(f"{self.name}: two formulas hold on {max(since, other.since)}")
            self._twins.append(Twin(formula, since, until))
            return formula

        return add

    def find(self, day: date | Month) -> FormulaT | None:
        """The formula of the day (of a month: of its first day); None where no law gives one."""
        day = day.first_day if isinstance(day, Month) else day
        return next((twin.formula for twin in self._twins if twin.holds_on(day)), None)
