"""The term that is paid: which lengths are offered, and the warning that a short one buys next to no JKM."""

from dataclasses import dataclass

from payung.kernel.month import Month
from payung.kernel.rupiah import Rupiah
from payung.rules.errors import Expected, GivenError
from payung.rules.iuran import figures
from payung.rules.jkm.masa_tunggu import masa_tunggu_jkm
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class MasaIuran(Ruling):
    """What a term of months buys of JKM. `peringatan`: the whole term lies in the waiting period.

    `bulan_penuh` counts the months of the term in which a death would be met with the full JKM;
    `manfaat_masa_tunggu_rp` is what the others are met with (0 where no law makes anyone wait).
    """

    peringatan: bool
    bulan_tunggu: int
    bulan_penuh: int
    manfaat_masa_tunggu_rp: Rupiah
    ditawarkan: bool


def masa_iuran(bulan: int, *, mulai: Month) -> MasaIuran:
    """Lama iuran dan peringatan masa tunggu JKM.

    `bulan` is the number of months, `mulai` the first. Source: Permenaker 1/2025 for the waiting; the offered terms are
    those of BPJS's branches. It is taken as a first membership: a worker whom another payer covered until the month
    before has waited already. Departure: a term that begins before the waiting rule and ends under it is judged by its
    last month, as deaths are judged by their own day.

    >>> masa_iuran(3, mulai=Month.from_text("2026-11")).peringatan
    True
    >>> masa_iuran(6, mulai=Month.from_text("2026-11")).bulan_penuh
    3
    """
    if bulan < 1:
        raise GivenError("masa_iuran", "bulan", Expected.ONE_OR_MORE)
    waiting = masa_tunggu_jkm(mulai + (bulan - 1))
    full_months = max(bulan - waiting.result.bulan, 0)
    terms = figures.PILIHAN_MASA_IURAN.on(mulai)
    offered = Step(
        code="masa_iuran.pilihan",
        result=bulan in terms.value,
        params={"bulan": bulan, "pilihan": terms.value},
        figures=(terms.figure(),),
    )
    full = Step(
        code="masa_iuran.bulan_penuh" if full_months else "masa_iuran.peringatan",
        result=full_months,
        formula="max(bulan − bulan_tunggu, 0)",
        params={
            "bulan": bulan,
            "bulan_tunggu": waiting.result.bulan,
            "manfaat_masa_tunggu_rp": waiting.result.manfaat_rp,
        },
    )
    return MasaIuran(
        peringatan=full_months == 0,
        bulan_tunggu=waiting.result.bulan,
        bulan_penuh=full_months,
        manfaat_masa_tunggu_rp=waiting.result.manfaat_rp,
        ditawarkan=offered.result,
        steps=(offered, waiting, full),
    )


def pilihan_masa_iuran(bulan: Month) -> tuple[int, ...]:
    """Give the terms that may be chosen, in months.

    >>> pilihan_masa_iuran(Month.from_text("2026-11"))
    (1, 3, 6, 12)
    """
    return figures.PILIHAN_MASA_IURAN.on(bulan).value


def masa_iuran_bawaan(bulan: Month) -> int:
    """Give the term that is offered first, in months.

    >>> masa_iuran_bawaan(Month.from_text("2026-11"))
    6
    """
    return figures.MASA_IURAN_BAWAAN.on(bulan).value
