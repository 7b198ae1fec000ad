"""The one-person rule tabulated: a price for each month, sector, source of funds and base that can occur.

The domain is finite and small (a year has 216 combinations a base), so a whole population is priced by looking up what
`iuran_bpu` said: no second copy of the law, and each price still carries its steps.
"""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu


class PriceKey(NamedTuple):
    """What decides a price. A plain tuple in this order finds it too."""

    bulan: Month
    sektor: Sektor
    sumber_dana: SumberDana
    dasar_rp: int


def price_table(
    months: Iterable[Month],
    *,
    dasar_rp: Iterable[int],
    sektor: Iterable[Sektor] = tuple(Sektor),
    sumber_dana: Iterable[SumberDana] = tuple(SumberDana),
    jht: bool = False,
) -> dict[PriceKey, IuranBpu]:
    """Tabulate `iuran_bpu` over months and bases, and over the sectors and funds named (all of them if none is).

    >>> table = price_table([Month.from_text("2026-11")], dasar_rp=[1_000_000])
    >>> table[Month.from_text("2026-11"), Sektor.LAINNYA, SumberDana.CSR, 1_000_000].total_rp
    8400
    """
    keys = (PriceKey(*values) for values in product(months, tuple(sektor), tuple(sumber_dana), tuple(dasar_rp)))
    return {
        key: iuran_bpu(key.dasar_rp, bulan=key.bulan, sektor=key.sektor, sumber_dana=key.sumber_dana, jht=jht)
        for key in keys
    }
