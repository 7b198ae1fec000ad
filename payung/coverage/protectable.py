""" "Berapa yang bisa dilindungi": how many workers a sum protects, for how long, month by month at the law's price.

Public and without a database. The counting is `planning.affordable`; here it meets the price of each month.
"""

from dataclasses import dataclass

from payung.coverage.pricing import month_price
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.planning.affordable import AffordableTerm, affordable_terms
from payung.rules.iuran.iuran_bpu import IuranBpu
from payung.rules.iuran.masa_iuran import MasaIuran, masa_iuran, masa_iuran_bawaan, pilihan_masa_iuran

DASAR_UPAH_RP = 1_000_000


@dataclass(frozen=True, slots=True)
class PricedMonth:
    """One month's price for one worker, with the steps and articles that make it."""

    month: Month
    price: IuranBpu


@dataclass(frozen=True, slots=True)
class ProtectableTerm:
    """One term: what the sum buys, the months it runs, and what so short a term is worth of JKM (`jkm.peringatan`)."""

    affordable: AffordableTerm
    months: tuple[PricedMonth, ...]
    jkm: MasaIuran
    is_default: bool


@dataclass(frozen=True, slots=True)
class Protectable:
    """The whole answer, one line a term that is offered."""

    budget_rp: int
    funds: SumberDana
    sector: Sektor
    dasar_upah_rp: int
    first_month: Month
    terms: tuple[ProtectableTerm, ...]


def protectable(
    budget_rp: int,
    *,
    funds: SumberDana,
    sector: Sektor,
    first_month: Month,
    dasar_upah_rp: int = DASAR_UPAH_RP,
) -> Protectable:
    """How many workers the sum protects for each term that is offered.

    >>> facts = {"funds": SumberDana.CSR, "sector": Sektor.LAINNYA, "first_month": Month.from_text("2026-11")}
    >>> [(term.affordable.months, term.affordable.workers) for term in protectable(10_000_000, **facts).terms]
    [(1, 1190), (3, 297), (6, 119), (12, 54)]
    """
    offered = pilihan_masa_iuran(first_month)
    months = [
        PricedMonth(month, month_price(month, sector, funds, dasar_upah_rp))
        for month in months_from(first_month, max(offered))
    ]
    bought = affordable_terms(budget_rp, prices_rp=[month.price.total_rp for month in months], terms=offered)
    terms = tuple(
        ProtectableTerm(
            term,
            tuple(months[: term.months]),
            masa_iuran(term.months, mulai=first_month),
            term.months == masa_iuran_bawaan(first_month),
        )
        for term in bought
    )
    return Protectable(budget_rp, funds, sector, dasar_upah_rp, first_month, terms)
