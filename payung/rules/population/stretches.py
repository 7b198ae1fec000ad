"""Where a window must be cut: on each day on which a figure of the law begins or ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from payung.rules.cards import Card
from payung.rules.legal_basis import CARDS
from payung.rules.population.window import Window

_DAY = timedelta(days=1)


def stretches(window: Window) -> tuple[tuple[date, date], ...]:
    """Divide the window into stretches, first to last day, within which no figure of the law changes.

    Every card there is can cut, whether a rule uses it or not: a cut too many costs a question, one too few would be a
    wrong sum. Inside a scenario its days cut, not the law's.

    >>> from payung.kernel.month import Month
    >>> [str(first) for first, _ in stretches(Window(Month.from_text("2019-07")))][:2]
    ['2019-07-01', '2019-12-02']
    """
    changes = {day for card in CARDS.values() for day in _changes(card) if window.first_day < day <= window.last_day}
    first_days = sorted({window.first_day} | changes)
    last_days = [*(day - _DAY for day in first_days[1:]), window.last_day]
    return tuple(zip(first_days, last_days, strict=True))


def _changes(card: Card[Any]) -> Iterator[date]:
    for value in card.values:
        yield value.since
        if value.until is not None:
            yield value.until + _DAY
