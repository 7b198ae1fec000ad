"""What is paid of the way from the accident to hospital, to another hospital and home."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkk import figures
from payung.rules.jkk.biaya_sampai_batas import biaya_sampai_batas, sum_of
from payung.rules.jkk.checks import zero_or_more
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkTransportasi(Ruling):
    """What is paid of each mode and in all, in whole rupiah."""

    darat_rp: Rupiah
    laut_rp: Rupiah
    udara_rp: Rupiah
    total_rp: Rupiah


def jkk_transportasi(
    tanggal_kecelakaan: date, *, darat_rp: int = 0, laut_rp: int = 0, udara_rp: int = 0
) -> JkkTransportasi:
    """Penggantian biaya angkutan korban kecelakaan kerja.

    In whole rupiah: each mode up to its own cap, several modes together. `darat_rp` is land, river and lake. Source:
    PP 82/2019 Lampiran III, PP 44/2015 before; that modes add up is `belum dicek`.

    >>> jkk_transportasi(date(2026, 1, 5), darat_rp=1_200_000, udara_rp=11_500_000).total_rp
    11200000
    """
    zero_or_more("jkk_transportasi", darat_rp=darat_rp, laut_rp=laut_rp, udara_rp=udara_rp)
    land = biaya_sampai_batas("jkk.transportasi_darat", darat_rp, figures.BATAS_DARAT, pada=tanggal_kecelakaan)
    sea = biaya_sampai_batas("jkk.transportasi_laut", laut_rp, figures.BATAS_LAUT, pada=tanggal_kecelakaan)
    air = biaya_sampai_batas("jkk.transportasi_udara", udara_rp, figures.BATAS_UDARA, pada=tanggal_kecelakaan)
    used = [mode for mode in (land, sea, air) if mode.result]
    total = _total(used, pada=tanggal_kecelakaan)
    return JkkTransportasi(
        darat_rp=land.result,
        laut_rp=sea.result,
        udara_rp=air.result,
        total_rp=total.result,
        steps=(*used, total),
    )


def _total(used: list[Step[Rupiah]], *, pada: date) -> Step[Rupiah]:
    if not used:
        return Step(code="jkk.transportasi_tanpa_biaya", result=Rupiah(0))
    several = figures.BEBERAPA_ANGKUTAN.on(pada)
    return Step(
        code="jkk.transportasi_total",
        result=sum_of(used),
        formula="jumlah semua angkutan",
        params={"banyaknya": len(used)},
        figures=(several.figure(),) if len(used) > 1 else (),
    )
