"""Invented people, so that back ends can be compared and measured. No row describes anyone."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from payung.kernel.month import Month
from payung.rules.iuran import figures
from payung.rules.population.columns import COLUMNS, FUNDS, SECTORS, Event, People
from payung.rules.population.window import WINDOW_MONTHS, Window

OF_A_HUNDRED_SPONSORED = 70
"""So many have band 1 paid for them; the others pay for the band of what they earn."""


def invented_people(
    count: int, *, window: Window, villages: int, seed: int, deaths_per_mille: int = 10, first_village: int = 0
) -> People:
    """Invent so many people, ordered by village. Every sector, fund, band, kind of coverage and event occurs."""
    dice = np.random.default_rng(seed)
    wage = dice.gamma(2.0, 1_600_000, count).astype(np.int64) // 1000 * 1000
    drawn = {
        "village": np.sort(dice.integers(first_village, first_village + villages, count)),
        "sector": dice.choice(len(SECTORS), count, p=[0.2, 0.8]),
        "funds": dice.integers(0, len(FUNDS), count),
        "band": np.where(dice.integers(0, 100, count) < OF_A_HUNDRED_SPONSORED, 1, _band_of(wage, window.first)),
        "birth": int(window.first) - dice.integers(15 * 12, 80 * 12, count),
        "coverage": _coverage(dice, count),
        "earlier": np.where(dice.random(count) < 0.5, 0, dice.integers(0, 60, count)),
        "event": _events(dice, count, deaths_per_mille),
        "event_day": dice.integers(0, len(window.days), count),
        "wage": wage,
    }
    drawn["event_day"][drawn["event"] == Event.NONE] = 0
    return {name: drawn[name].astype(kind) for name, kind in COLUMNS.items()}


def invented_chunks(count: int, *, window: Window, villages: int, seed: int, size: int = 1 << 20) -> Iterator[People]:
    """Invent people chunk by chunk, each with villages of its own, in order."""
    starts = range(0, count, size)
    each = max(1, villages // len(starts))
    for place, start in enumerate(starts):
        yield invented_people(
            min(size, count - start), window=window, villages=each, seed=seed + place, first_village=place * each
        )


def shuffled(people: People, *, seed: int) -> People:
    """The same people in no order."""
    order = np.random.default_rng(seed).permutation(len(people["village"]))
    return {name: column[order] for name, column in people.items()}


def _band_of(wage: NDArray[np.int64], month: Month) -> NDArray[np.int64]:
    rows = figures.LAMPIRAN_II.on(month).value
    return np.searchsorted([row.dari_rp for row in rows], wage, side="right")


def _coverage(dice: np.random.Generator, count: int) -> NDArray[np.int64]:
    """A third never covered; a third from some month to another; a third with whatever gaps."""
    begin = dice.integers(0, WINDOW_MONTHS, count)
    length = dice.integers(1, WINDOW_MONTHS + 1, count)
    every = (1 << WINDOW_MONTHS) - 1
    stretch = ((1 << length) - 1) << begin & every
    kind = dice.integers(0, 3, count)
    return np.select([kind == 0, kind == 1], [0, stretch], dice.integers(0, every + 1, count))


def _events(dice: np.random.Generator, count: int, deaths_per_mille: int) -> NDArray[np.int64]:
    drawn = dice.integers(0, 1000, count)
    at_work = drawn < max(1, deaths_per_mille // 4)
    return np.select([at_work, drawn < deaths_per_mille], [Event.DEATH_AT_WORK, Event.DEATH], Event.NONE)
