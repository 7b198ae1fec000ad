"""What a month of JKK and JKM costs for one BPU (bukan penerima upah) participant."""

from dataclasses import dataclass
from typing import Any

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import percent_of
from payung.rules.cards import Card
from payung.rules.iuran import figures
from payung.rules.iuran.golongan_penghasilan import golongan_penghasilan
from payung.rules.iuran.keringanan import keringanan
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class IuranBpu(Ruling):
    """The price of one month for one worker, in whole rupiah.

    `band` is the row of Lampiran II, 1 to 33; `tanpa_keringanan_rp` is the total without relief.
    """

    band: int
    dasar_rp: Rupiah
    jkk_rp: Rupiah
    jkm_rp: Rupiah
    jht_rp: Rupiah
    total_rp: Rupiah
    keringanan_persen: int
    tanpa_keringanan_rp: Rupiah


def iuran_bpu(
    penghasilan_rp: int, *, bulan: Month, sektor: Sektor, sumber_dana: SumberDana, jht: bool = False
) -> IuranBpu:
    """Iuran sebulan seorang peserta BPU.

    In rupiah a month. `bulan` is the month the contribution is for, not the day it is paid. A pledge's `dasar_upah_rp`
    may stand for the income: each base lies in its own band. Source: PP 44/2015 Lampiran II; PP 46/2015 for JHT, which
    is optional; relief by PP 49/2020 and PP 50/2025. No rounding: every share of every row is whole, and one that is
    not is refused.

    >>> november = Month.from_text("2026-11")
    >>> iuran_bpu(1_000_000, bulan=november, sektor=Sektor.LAINNYA, sumber_dana=SumberDana.CSR).total_rp
    8400
    >>> iuran_bpu(1_000_000, bulan=november, sektor=Sektor.LAINNYA, sumber_dana=SumberDana.APBD).total_rp
    16800
    """
    band, dasar = golongan_penghasilan(penghasilan_rp, bulan=bulan)
    jkk = _share("iuran.jkk", figures.IURAN_JKK, dasar.result, bulan)
    jkm = _jkm(bulan)
    relief = keringanan(bulan, sektor=sektor, sumber_dana=sumber_dana)
    due = [_relieved("iuran.jkk_dibayar", jkk, relief), _relieved("iuran.jkm_dibayar", jkm, relief)]
    savings = [_share("iuran.jht", figures.IURAN_JHT, dasar.result, bulan)] if jht else []
    total = _total(due + savings)
    return IuranBpu(
        band=band,
        dasar_rp=dasar.result,
        jkk_rp=due[0].result,
        jkm_rp=due[1].result,
        jht_rp=_sum(savings),
        total_rp=total.result,
        keringanan_persen=relief.result,
        tanpa_keringanan_rp=_sum([jkk, jkm, *savings]),
        steps=(dasar, jkk, jkm, relief, *(due if relief.result else ()), *savings, total),
    )


def _share(code: str, card: Card[int], dasar_rp: Rupiah, bulan: Month) -> Step[Rupiah]:
    percent = card.on(bulan)
    return Step(
        code=code,
        result=percent_of(dasar_rp, percent.value),
        formula=f"dasar_rp × {card.name} ÷ 100",
        params={"dasar_rp": dasar_rp, "persen": percent.value},
        figures=(percent.figure(),),
    )


def _jkm(bulan: Month) -> Step[Rupiah]:
    flat = figures.IURAN_JKM.on(bulan)
    return Step(code="iuran.jkm", result=Rupiah(flat.value), formula=flat.card, figures=(flat.figure(),))


def _relieved(code: str, price: Step[Rupiah], relief: Step[int]) -> Step[Rupiah]:
    """What is left to pay: PP 50/2025 Ps 4 takes the share off each contribution, not off their sum."""
    return Step(
        code=code,
        result=Rupiah(price.result - percent_of(price.result, relief.result)),
        formula="iuran_rp − iuran_rp × keringanan_persen ÷ 100",
        params={"iuran_rp": price.result, "keringanan_persen": relief.result},
    )


def _total(parts: list[Step[Rupiah]]) -> Step[Rupiah]:
    params: dict[str, Any] = {_NAMES[part.code]: part.result for part in parts}
    return Step(code="iuran.total", result=_sum(parts), formula=" + ".join(params), params=params)


def _sum(parts: list[Step[Rupiah]]) -> Rupiah:
    return Rupiah(sum(part.result for part in parts))


_NAMES = {"iuran.jkk_dibayar": "jkk_rp", "iuran.jkm_dibayar": "jkm_rp", "iuran.jht": "jht_rp"}
