"""What a notice asks for, month by month, and why it is just that much."""

from payung.contributions.models import Notice
from payung.contributions.selectors import NoticeMonth
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu
from payung.web.frame.reasons import MonthPrice, PriceReason, price_reasons
from payung.web.frame.tags import bulan


def ruling_of(line: NoticeMonth, *, funds: SumberDana, dasar_upah_rp: int) -> IuranBpu:
    """The law's answer for one line."""
    return iuran_bpu(dasar_upah_rp, bulan=line.month, sektor=line.sector, sumber_dana=funds)


def notice_reasons(notice: Notice, lines: list[NoticeMonth]) -> list[PriceReason]:
    """One reason a sector and price, over the months that have it; it says so where the law now has another figure."""
    funds, dasar_upah_rp = SumberDana(notice.funds), notice.pledge.dasar_upah_rp
    return price_reasons(
        MonthPrice(line.month, Sektor(line.sector), line.price_rp, ruling)
        for line in lines
        for ruling in [ruling_of(line, funds=funds, dasar_upah_rp=dasar_upah_rp)]
    )


def month_span(first: int, months: int) -> str:
    """Write "Desember 2026 – Mei 2027", or the one month."""
    last = Month(first) + (months - 1)
    return bulan(first) if months == 1 else f"{bulan(first)} – {bulan(last)}"
