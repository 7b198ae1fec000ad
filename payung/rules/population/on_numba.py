"""The fastest way: one compiled pass over the columns, with the tables at hand."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from payung.rules.population.columns import COLUMNS, FUNDS, SECTORS, Event, People
from payung.rules.population.errors import PopulationError
from payung.rules.population.measures import MEASURES, Measure, Totals
from payung.rules.population.tables import Tables
from payung.rules.population.window import WINDOW_MONTHS

# The pass takes the sums of all, and those of the second sector; the first sector's are the difference.
assert len(SECTORS) == 2
# The measures of everybody stand first and in this order; the pass keeps a sum for each in a register.
_OF_ALL = MEASURES[:8]
assert (
    *(Measure.PEOPLE, Measure.COVERED_PEOPLE, Measure.COVERED_MONTHS, Measure.COVERED_WAGE_RP),
    *(Measure.IURAN_RP, Measure.UNRELIEVED_RP, Measure.WAITED_PEOPLE, Measure.TO_ENROL),
) == _OF_ALL
_JKM_DEATHS = MEASURES.index(Measure.JKM_DEATHS)
_JKM_REDUCED = MEASURES.index(Measure.JKM_REDUCED)
_JKM_RP = MEASURES.index(Measure.JKM_RP)
_JKK_DEATHS = MEASURES.index(Measure.JKK_DEATHS)
_JKK_RP = MEASURES.index(Measure.JKK_RP)
_UNCOVERED_DEATHS = MEASURES.index(Measure.UNCOVERED_DEATHS)

_FUNDS = len(FUNDS)
_DEATH = int(Event.DEATH)
_EVENTS = len(Event)
_COVERAGES = 1 << WINDOW_MONTHS
_NOBODY = -1


def sum_on_numba(tables: Tables, chunks: Iterable[People]) -> Totals:
    """Sum people chunk by chunk; raise `PopulationError` at a person whom the tables do not foresee."""
    totals = Totals.empty()
    laid_out = _laid_out(tables)
    before = 0
    for people in chunks:
        place = _add(totals.values, *(people[name] for name in COLUMNS), *laid_out)
        if place != _NOBODY:
            seen = {name: int(people[name][place]) for name in ("sector", "funds", "band", "coverage", "event")}
            raise PopulationError(f"person {before + place} (from 0) lies outside the tables: {seen}")
        before += len(people["village"])
    return totals


def _laid_out(tables: Tables) -> tuple[NDArray[Any], ...]:
    """The tables as the pass wants them: what is looked up together lies together."""
    months = np.bitwise_count(np.arange(_COVERAGES, dtype=np.uint16)[:, None] & tables.month_masks)
    prices = np.stack([tables.iuran_rp, tables.unrelieved_rp], axis=-1)
    return (
        np.ascontiguousarray(months, np.uint8),  # coverage, regime -> covered months
        np.ascontiguousarray(prices.reshape(len(SECTORS) * _FUNDS * tables.bands, -1)),  # price code -> 2 a regime
        tables.of_age,
        tables.waited,
        tables.waited_through,
        tables.month_of_day,
        tables.stretch_of_day,
        tables.benefit_rp,
        tables.reduced,
    )


@njit(nogil=True)  # type: ignore[untyped-decorator]
def _add(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    totals, village, sector, funds, band, birth, coverage, earlier, event, event_day, wage,
    months, prices, of_age, waited, waited_through, month_of_day, stretch_of_day, benefit_rp, reduced,
):  # fmt: skip
    """Add each person to the totals; give the place of the first who lies outside the tables, or -1.

    A village's people stand together, so their sums stay in registers until the village changes. In no order it is
    right too, only slower. Indexes are unsigned: Numba then need not ask whether they count from the end.
    """
    people, regimes, bands = village.shape[0], months.shape[1], benefit_rp.shape[3]
    cap = np.uint8(waited.shape[1] - 1)
    i = 0
    while i < people:
        here = village[i]
        a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = np.int64(0)  # of all
        b0 = b1 = b2 = b3 = b4 = b5 = b6 = b7 = np.int64(0)  # of the second sector
        while i < people and village[i] == here:
            s, f, b, c = sector[i], funds[i], band[i], coverage[i]
            if s > 1 or f >= _FUNDS or b == 0 or b > bands or c >= _COVERAGES:
                return i
            price = (np.uint64(s) * np.uint64(_FUNDS) + np.uint64(f)) * np.uint64(bands) + np.uint64(b) - np.uint64(1)
            covered_months = due = unrelieved = np.int64(0)
            for regime in range(regimes):
                count = np.int64(months[c, np.uint64(regime)])
                covered_months += count
                due += count * prices[price, np.uint64(2 * regime)]
                unrelieved += count * prices[price, np.uint64(2 * regime + 1)]
            brought = min(earlier[i], cap)
            is_covered = np.int64(c != 0)
            covered_wage = covered_months * np.int64(wage[i])
            has_waited = np.int64(waited_through[c, brought])
            to_enrol = np.int64(of_age[birth[i]]) * (1 - is_covered)
            a0, a1, a2, a3 = a0 + 1, a1 + is_covered, a2 + covered_months, a3 + covered_wage
            a4, a5, a6, a7 = a4 + due, a5 + unrelieved, a6 + has_waited, a7 + to_enrol
            second = -np.int64(s)  # all bits or none: no branch to guess wrong
            b0, b1, b2, b3 = (
                b0 - second,
                b1 + (is_covered & second),
                b2 + (covered_months & second),
                b3 + (covered_wage & second),
            )
            b4, b5, b6, b7 = (
                b4 + (due & second),
                b5 + (unrelieved & second),
                b6 + (has_waited & second),
                b7 + (to_enrol & second),
            )
            if event[i]:
                kind, day, sums = event[i], event_day[i], totals[here, s]
                if kind >= _EVENTS or day >= month_of_day.shape[0]:
                    return i
                month = np.int64(month_of_day[day])
                front = np.int64(1) << month
                if c & front:
                    months_waited = waited[front | (c & (front - 1)), brought]
                    stretch = stretch_of_day[day]
                    rupiah = benefit_rp[kind, stretch, months_waited, b - 1]
                    if kind == _DEATH:
                        sums[_JKM_DEATHS] += 1
                        sums[_JKM_REDUCED] += reduced[kind, stretch, months_waited]
                        sums[_JKM_RP] += rupiah
                    else:
                        sums[_JKK_DEATHS] += 1
                        sums[_JKK_RP] += rupiah
                else:
                    sums[_UNCOVERED_DEATHS] += 1
            i += 1
        _put(totals[here, 0], a0 - b0, a1 - b1, a2 - b2, a3 - b3, a4 - b4, a5 - b5, a6 - b6, a7 - b7)
        _put(totals[here, 1], b0, b1, b2, b3, b4, b5, b6, b7)
    return _NOBODY


@njit(inline="always")  # type: ignore[untyped-decorator]
def _put(sums, s0, s1, s2, s3, s4, s5, s6, s7):  # type: ignore[no-untyped-def]
    """Add the sums of a village in the order of `_OF_ALL`."""
    sums[0] += s0
    sums[1] += s1
    sums[2] += s2
    sums[3] += s3
    sums[4] += s4
    sums[5] += s5
    sums[6] += s6
    sums[7] += s7
