"""What a notice asks for, month by month, and why it is just that much."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from payung.contributions.models import Notice
from payung.contributions.selectors import NoticeMonth
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu
from payung.web.frame.tags import bulan, rupiah
from payung.web.frame.traces import ToldStep, tell_steps
from payung.web.frame.words import SECTOR_NAMES


@dataclass(frozen=True, slots=True)
class PriceReason:
    """Why a price is what it is, for all months that have it."""

    title: str
    steps: list[ToldStep]


def ruling_of(line: NoticeMonth, *, funds: SumberDana, dasar_upah_rp: int) -> IuranBpu:
    """The law's answer for one line."""
    return iuran_bpu(dasar_upah_rp, bulan=line.month, sektor=line.sector, sumber_dana=funds)


def price_reasons(notice: Notice, lines: list[NoticeMonth]) -> list[PriceReason]:
    """One reason a sector and price, over the months that have it; none where the law now says another figure."""
    groups: dict[tuple[str, int], list[NoticeMonth]] = {}
    for line in lines:
        groups.setdefault((line.sector, line.price_rp), []).append(line)
    several = len({line.sector for line in lines}) > 1
    return [_reason(notice, group, several=several) for group in groups.values()]


def _reason(notice: Notice, group: list[NoticeMonth], *, several: bool) -> PriceReason:
    first, last = group[0], group[-1]
    span = bulan(first.month) if first is last else f"{bulan(first.month)} – {bulan(last.month)}"
    title = _("Mengapa {price} pada {span}?").format(price=rupiah(first.price_rp), span=span)
    ruling = ruling_of(first, funds=SumberDana(notice.funds), dasar_upah_rp=notice.pledge.dasar_upah_rp)
    steps = tell_steps(ruling.steps)
    if ruling.total_rp != first.price_rp:
        steps = [
            ToldStep(_("Harga ini dihitung pada saat pemberitahuan terbit; hukum yang kini tercatat lain.")),
            *steps,
        ]
    return PriceReason(f"{title} ({SECTOR_NAMES[first.sector]})" if several else title, steps)


def month_span(first: int, months: int) -> str:
    """Write "Desember 2026 – Mei 2027", or the one month."""
    last = Month(first) + (months - 1)
    return bulan(first) if months == 1 else f"{bulan(first)} – {bulan(last)}"
