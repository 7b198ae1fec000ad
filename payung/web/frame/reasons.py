"""Why a month costs what it does, behind one click: `{% for reason in reasons %}<c-why ... :steps="reason.steps" />`.

Neighbouring months of one sector that cost the same are told once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu
from payung.web.frame.tags import bulan, rupiah
from payung.web.frame.traces import ToldStep, tell_steps
from payung.web.frame.words import SECTOR_NAMES


@dataclass(frozen=True, slots=True)
class MonthPrice:
    """What one worker of a sector costs in a month, and what the law now says it costs."""

    month: Month
    sector: Sektor
    price_rp: int
    ruling: IuranBpu


@dataclass(frozen=True, slots=True)
class PriceReason:
    """Why a price is what it is, for the months in a row that have it."""

    title: str
    steps: list[ToldStep]


def price_reasons(months: Iterable[MonthPrice]) -> list[PriceReason]:
    """One reason a sector and price, for each run of months that have it."""
    given = sorted(months, key=lambda each: (list(Sektor).index(each.sector), each.month))
    several = len({each.sector for each in given}) > 1
    return [_reason(run, several=several) for run in _runs(given)]


def law_reasons(
    first: Month, *, months: int, sectors: Iterable[Sektor], funds: SumberDana, dasar_upah_rp: int
) -> list[PriceReason]:
    """The reasons of the law's own prices, for months in a row."""
    rulings = [
        (month, sector, iuran_bpu(dasar_upah_rp, bulan=month, sektor=sector, sumber_dana=funds))
        for sector in sectors
        for month in months_from(first, months)
    ]
    return price_reasons(MonthPrice(month, sector, ruling.total_rp, ruling) for month, sector, ruling in rulings)


def _runs(months: list[MonthPrice]) -> list[list[MonthPrice]]:
    runs: list[list[MonthPrice]] = []
    for each in months:
        last = runs[-1][-1] if runs else None
        if last and (last.sector, last.price_rp, last.month + 1) == (each.sector, each.price_rp, each.month):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _reason(run: list[MonthPrice], *, several: bool) -> PriceReason:
    first, last = run[0], run[-1]
    span = bulan(first.month) if first is last else f"{bulan(first.month)} – {bulan(last.month)}"
    title = _("Mengapa {price} pada {span}?").format(price=rupiah(first.price_rp), span=span)
    steps = tell_steps(first.ruling.steps)
    if first.ruling.total_rp != first.price_rp:
        mended = _("Harga ini dihitung pada saat pemberitahuan terbit; hukum yang kini tercatat lain.")
        steps = [ToldStep(mended), *steps]
    return PriceReason(f"{title} ({SECTOR_NAMES[first.sector]})" if several else title, steps)
