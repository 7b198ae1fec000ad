"""Ask the one-person rules all that can occur in a window, and note the answers in tables.

No formula of the law stands here: the rules are asked under whatever cards are active, so that a scenario's overlay is
tabulated like the law itself.
"""

from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from payung.kernel.month import Month
from payung.rules.iuran import figures
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu
from payung.rules.jkm.masa_tunggu import masa_tunggu_jkm
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.rules.population.benefits import BENEFITS
from payung.rules.population.columns import FUNDS, SECTORS, Event
from payung.rules.population.errors import BandsChangeError
from payung.rules.population.history import HISTORIES, history_code, months_waited
from payung.rules.population.stretches import stretches
from payung.rules.population.tables import Flags, Rupiahs, Tables
from payung.rules.population.window import WINDOW_MONTHS, Window

OLDEST_YEARS = 120
BIRTHS = 1 << 16


def tabulate(window: Window) -> Tables:
    """Tabulate every rule that a population needs for the window; raise what a rule raises (`BeforeTheLawError`).

    >>> tables = tabulate(Window(Month.from_text("2026-01")))
    >>> [f"{mask:012b}" for mask in tables.month_masks]
    ['000000000111', '111111111000']
    """
    cut = stretches(window)
    bases = _bases(window)
    masks, due, unrelieved = _prices(window, bases)
    cap = max(masa_tunggu_jkm(first).result.bulan for first, _ in cut)
    waited = _waited(cap)
    benefit, reduced = _benefits(cut, bases, cap)
    return Tables(
        window=window,
        month_masks=masks,
        iuran_rp=due,
        unrelieved_rp=unrelieved,
        of_age=_of_age(window),
        waited=waited,
        waited_through=_waited_through(waited, reduced[Event.DEATH, -1]),
        month_of_day=np.array([window.place_of(Month.of(day)) for day in window.days], np.uint8),
        stretch_of_day=np.array(
            [next(at for at, (_, last) in enumerate(cut) if day <= last) for day in window.days], np.uint8
        ),
        benefit_rp=benefit,
        reduced=reduced,
    )


def _bases(window: Window) -> tuple[int, ...]:
    """The base of each band, by its row. A window across a change of the bands would need two codes for one income."""
    rows = {tuple(row.dasar_rp for row in figures.LAMPIRAN_II.on(month).value) for month in window.months}
    if len(rows) > 1:
        raise BandsChangeError(f"Lampiran II changes within the twelve months from {window.first}")
    return rows.pop()


def _prices(window: Window, bases: tuple[int, ...]) -> tuple[NDArray[np.uint16], Rupiahs, Rupiahs]:
    """Price a month of each stretch, and put months of the same prices together."""
    starts = [first for first, _ in stretches(window)]
    regime_of = [sum(start <= month.first_day for start in starts) for month in window.months]
    masks: dict[bytes, int] = {}
    prices: dict[bytes, Rupiahs] = {}
    asked: dict[int, Rupiahs] = {}
    for place, (month, regime) in enumerate(zip(window.months, regime_of, strict=True)):
        if regime not in asked:
            asked[regime] = _prices_of(month, bases)
        key = asked[regime].tobytes()
        prices[key] = asked[regime]
        masks[key] = masks.get(key, 0) | 1 << place
    due, unrelieved = np.moveaxis(np.stack(list(prices.values()), axis=-1), 3, 0)
    return np.array(list(masks.values()), np.uint16), np.ascontiguousarray(due), np.ascontiguousarray(unrelieved)


def _prices_of(month: Month, bases: tuple[int, ...]) -> Rupiahs:
    answers = [
        iuran_bpu(base, bulan=month, sektor=sector, sumber_dana=funds)
        for sector, funds, base in product(SECTORS, FUNDS, bases)
    ]
    return _as_prices(answers).reshape(len(SECTORS), len(FUNDS), len(bases), 2)


def _as_prices(answers: list[IuranBpu]) -> Rupiahs:
    return np.array([(answer.total_rp, answer.tanpa_keringanan_rp) for answer in answers], np.int64)


def _of_age(window: Window) -> Flags:
    """By month of birth: who may register on the window's first day. Born on the first of the month, it is taken."""
    flags = np.zeros(BIRTHS, np.uint8)
    for birth in range(window.first - OLDEST_YEARS * 12, window.first + 1):
        flags[birth] = kelayakan_usia(Month(birth).first_day, mendaftar=window.first_day).layak
    return flags


def _waited(cap: int) -> Flags:
    table = np.zeros((HISTORIES, cap + 1), np.uint8)
    for history, earlier in product(range(1, HISTORIES), range(cap + 1)):
        table[history, earlier] = min(months_waited(history, earlier), cap)
    return table


def _waited_through(waited: Flags, reduced: Flags) -> Flags:
    """By coverage: whether a death on the last day would be met, and with the full benefit."""
    last = WINDOW_MONTHS - 1
    table = np.zeros((1 << WINDOW_MONTHS, waited.shape[1]), np.uint8)
    for coverage in range(1 << last, 1 << WINDOW_MONTHS):
        table[coverage] = 1 - reduced[waited[history_code(coverage, last)]]
    return table


def _benefits(cut: tuple[tuple[date, date], ...], bases: tuple[int, ...], cap: int) -> tuple[Rupiahs, Flags]:
    """Ask each event's rule on the first day of each stretch, for each number of months waited and each base."""
    rupiah = np.zeros((len(Event), len(cut), cap + 1, len(bases)), np.int64)
    reduced = np.zeros(rupiah.shape[:3], np.uint8)
    for (event, ask), (at, (day, _)), waited in product(BENEFITS.items(), enumerate(cut), range(cap + 1)):
        answers = [ask(day, waited, base) for base in bases]
        rupiah[event, at, waited] = [answer.rp for answer in answers]
        reduced[event, at, waited] = answers[0].reduced
    return rupiah, reduced
