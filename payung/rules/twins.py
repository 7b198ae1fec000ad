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
from payung.rules.cards import SCENARIO, Card
from payung.rules.errors import AfterTheLawError, BeforeTheLawError, TwoFormulasError

FormulaT = TypeVar("FormulaT", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Twin(Generic[FormulaT]):
    """One formula and the cards that it lives by: it holds from the first to the last of their days."""

    formula: FormulaT
    cards: tuple[Card[Any], ...]
    since: date
    until: date | None

    @classmethod
    def of(cls, formula: FormulaT, cards: tuple[Card[Any], ...]) -> "Twin[FormulaT]":
        """A formula with the first and the last of its cards' days as they are now: the law's, or a scenario's."""
        ends = [card.last_day for card in cards]
        until = None if None in ends else max(end for end in ends if end)
        return cls(formula, cards, min(card.first_day for card in cards), until)

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
        return tuple(self._now())

    def during(self, *cards: Card[Any]) -> Callable[[FormulaT], FormulaT]:
        """Add a formula for the days from the first to the last of its cards."""

        def add(formula: FormulaT) -> FormulaT:
            twin = Twin.of(formula, cards)
            for other in self._twins:
                if _overlap(twin, other):
                    raise TwoFormulasError(self.name, max(twin.since, other.since))
            self._twins.append(twin)
            return formula

        return add

    def find(self, day: date | Month) -> FormulaT | None:
        """The formula of the day (of a month: of its first day); None where no law gives one.

        A scenario may stretch one formula's cards over another's days: then neither is meant, and it is refused.
        """
        day = day.first_day if isinstance(day, Month) else day
        held = [twin.formula for twin in self._now() if twin.holds_on(day)]
        if len(held) > 1:
            raise TwoFormulasError(self.name, day)
        return held[0] if held else None

    def on(self, day: date | Month) -> FormulaT:
        """The formula of the day; raise `BeforeTheLawError` or `AfterTheLawError` where no law gives one."""
        found = self.find(day)
        if found is not None:
            return found
        day = day.first_day if isinstance(day, Month) else day
        first = min(twin.since for twin in self._now())
        if day < first:
            raise BeforeTheLawError(self.name, day, first)
        raise AfterTheLawError(self.name, day)

    def _now(self) -> list[Twin[FormulaT]]:
        """The twins with their days: those of the law are known once and for all, a scenario's are looked up anew."""
        if SCENARIO.get() is None:
            return self._twins
        return [Twin.of(twin.formula, twin.cards) for twin in self._twins]


def _overlap(one: Twin[Any], other: Twin[Any]) -> bool:
    """Whether two formulas would hold on one day."""
    begins_in_time = other.until is None or one.since <= other.until
    return begins_in_time and (one.until is None or other.since <= one.until)
