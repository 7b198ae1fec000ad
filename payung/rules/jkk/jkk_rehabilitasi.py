"""Ortheses and prostheses after an accident at work, and the medical rehabilitation that goes with them."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import rounded_down
from payung.rules.errors import Expected, GivenError
from payung.rules.jkk import figures
from payung.rules.jkk.biaya_sampai_batas import sum_of
from payung.rules.jkk.checks import zero_or_more
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkRehabilitasi(Ruling):
    """What is paid of the device, of the medical rehabilitation and in all, in whole rupiah."""

    alat_rp: Rupiah
    rehabilitasi_medik_rp: Rupiah
    total_rp: Rupiah


def jkk_rehabilitasi(
    tanggal_kecelakaan: date,
    *,
    biaya_alat_rp: int = 0,
    harga_acuan_rp: int | None = None,
    rehabilitasi_medik_rp: int = 0,
) -> JkkRehabilitasi:
    """Penggantian orthese, prothese dan rehabilitasi medik.

    In whole rupiah. A device that replaces or supports a limb is paid up to the price in the list of the public
    rehabilitation centre (RS Dr Soeharso, Surakarta: `harga_acuan_rp`) with 40 % added, rounded down; medical
    rehabilitation is paid as it costs. Source: PP 82/2019 Lampiran III (`perlu konfirmasi`). Departure: what the former
    law gave is not known, so accidents before 2 December 2019 are refused.

    >>> jkk_rehabilitasi(date(2026, 1, 5), biaya_alat_rp=15_000_000, harga_acuan_rp=10_000_000).total_rp
    14000000
    """
    acuan_rp = harga_acuan_rp or 0
    zero_or_more(
        "jkk_rehabilitasi",
        biaya_alat_rp=biaya_alat_rp,
        harga_acuan_rp=acuan_rp,
        rehabilitasi_medik_rp=rehabilitasi_medik_rp,
    )
    if biaya_alat_rp and harga_acuan_rp is None:
        raise GivenError("jkk_rehabilitasi", "harga_acuan_rp", Expected.TO_BE_GIVEN)
    device = _device(biaya_alat_rp, acuan_rp, pada=tanggal_kecelakaan)
    medical = _medical(rehabilitasi_medik_rp, pada=tanggal_kecelakaan)
    used = [step for step, cost in ((device, biaya_alat_rp), (medical, rehabilitasi_medik_rp)) if cost]
    total = _total(used)
    return JkkRehabilitasi(
        alat_rp=device.result,
        rehabilitasi_medik_rp=medical.result,
        total_rp=total.result,
        steps=(*used, total),
    )


def _device(biaya_rp: int, acuan_rp: int, *, pada: date) -> Step[Rupiah]:
    more = figures.TAMBAHAN_ORTHESE_PROTHESE.on(pada)
    cap = rounded_down(acuan_rp, times=100 + more.value, by=100)
    return Step(
        code="jkk.orthese_prothese",
        result=Rupiah(min(biaya_rp, cap)),
        formula="min(biaya_rp, acuan_rp × (100 + tambahan_persen) ÷ 100)",
        params={"biaya_rp": biaya_rp, "acuan_rp": acuan_rp, "tambahan_persen": more.value, "batas_rp": cap},
        figures=(more.figure(),),
    )


def _medical(biaya_rp: int, *, pada: date) -> Step[Rupiah]:
    care = figures.PERAWATAN.on(pada)
    return Step(
        code="jkk.rehabilitasi_medik",
        result=Rupiah(biaya_rp),
        formula="biaya_rp",
        params={"biaya_rp": biaya_rp},
        figures=(care.figure(),),
    )


def _total(used: list[Step[Rupiah]]) -> Step[Rupiah]:
    if not used:
        return Step(code="jkk.rehabilitasi_tanpa_biaya", result=Rupiah(0))
    return Step(
        code="jkk.rehabilitasi_total",
        result=sum_of(used),
        formula="jumlah semua yang diganti",
        params={"banyaknya": len(used)},
    )
