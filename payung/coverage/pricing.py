"""What the law asks for a run of months, for tables that price thousands of workers at once."""

from functools import lru_cache

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu


@lru_cache(maxsize=4096)
def month_price(month: Month, sector: Sektor, funds: SumberDana, dasar_upah_rp: int) -> IuranBpu:
    """One worker's month with its steps. There are few combinations, so each is asked of the law once a process."""
    return iuran_bpu(dasar_upah_rp, bulan=month, sektor=sector, sumber_dana=funds)


def term_price_rp(first: Month, *, months: int, sector: Sektor, funds: SumberDana, dasar_upah_rp: int) -> int:
    """What so many months of one worker cost together, from a month on.

    >>> november = Month.from_text("2026-11")
    >>> facts = {"sector": Sektor.LAINNYA, "dasar_upah_rp": 1_000_000}
    >>> term_price_rp(november, months=3, funds=SumberDana.CSR, **facts)
    33600
    """
    return sum(month_price(month, sector, funds, dasar_upah_rp).total_rp for month in months_from(first, months))
