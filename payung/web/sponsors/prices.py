"""The price of a pledge, month by month, as the page tells it: figures, the reason of each, and the warning."""

from dataclasses import dataclass

from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month
from payung.sponsors.pricing import PricedMonth, PricedPledge
from payung.web.frame.reasons import MonthPrice, PriceReason, price_reasons
from payung.web.frame.traces import ToldStep, tell_steps
from payung.web.frame.words import CONFIDENCE_NOTES, SECTOR_NAMES


@dataclass(frozen=True, slots=True)
class PriceRow:
    """The workers of one sector in one month. `doubt` marks a price that rests on an unsure figure."""

    month: Month
    sector: str
    workers: int
    jkk_rp: int
    jkm_rp: int
    per_worker_rp: int
    total_rp: int
    doubt: str


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """All that the price table shows."""

    rows: list[PriceRow]
    reasons: list[PriceReason]
    total_rp: int
    assumed: int
    has_sectors: bool
    warning: list[ToldStep]
    doubt: str


def shown_price(priced: PricedPledge) -> ShownPrice:
    """Tell a priced pledge."""
    several = len({month.sector for month in priced.months}) > 1
    return ShownPrice(
        rows=[_row(month) for month in priced.months],
        reasons=price_reasons(
            MonthPrice(month.month, month.sector, month.per_worker_rp, month.ruling) for month in priced.months
        ),
        total_rp=priced.total_rp,
        assumed=priced.assumed_sector,
        has_sectors=several,
        warning=tell_steps(priced.term.steps) if priced.has_warning else [],
        doubt=_doubt(priced.confidence),
    )


def _row(month: PricedMonth) -> PriceRow:
    return PriceRow(
        month=month.month,
        sector=str(SECTOR_NAMES[month.sector]),
        workers=month.workers,
        jkk_rp=month.jkk_rp,
        jkm_rp=month.jkm_rp,
        per_worker_rp=month.per_worker_rp,
        total_rp=month.total_rp,
        doubt=_doubt(month.ruling.confidence),
    )


def _doubt(confidence: Keyakinan) -> str:
    return str(CONFIDENCE_NOTES[confidence])
