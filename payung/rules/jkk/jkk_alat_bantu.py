"""Dentures, hearing aids and glasses after an accident at work, each up to its cap."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkk import figures
from payung.rules.jkk.biaya_sampai_batas import biaya_sampai_batas, sum_of
from payung.rules.jkk.checks import zero_or_more
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkAlatBantu(Ruling):
    """What is paid of each aid and in all, in whole rupiah."""

    gigi_tiruan_rp: Rupiah
    alat_dengar_rp: Rupiah
    kacamata_rp: Rupiah
    total_rp: Rupiah


def jkk_alat_bantu(
    tanggal_kecelakaan: date, *, gigi_tiruan_rp: int = 0, alat_dengar_rp: int = 0, kacamata_rp: int = 0
) -> JkkAlatBantu:
    """Penggantian gigi tiruan, alat bantu dengar dan kacamata.

    In whole rupiah, each aid up to its own cap. Source: PP 82/2019 Lampiran III (`belum dicek`). Departure: what the
    former law gave is not known, so accidents before 2 December 2019 are refused, not guessed.

    >>> aids = jkk_alat_bantu(
    ...     date(2026, 1, 5), gigi_tiruan_rp=6_000_000, alat_dengar_rp=3_000_000, kacamata_rp=800_000
    ... )
    >>> aids.total_rp
    8300000
    """
    zero_or_more(
        "jkk_alat_bantu", gigi_tiruan_rp=gigi_tiruan_rp, alat_dengar_rp=alat_dengar_rp, kacamata_rp=kacamata_rp
    )
    day = tanggal_kecelakaan
    teeth = biaya_sampai_batas("jkk.gigi_tiruan", gigi_tiruan_rp, figures.BATAS_GIGI_TIRUAN, pada=day)
    hearing = biaya_sampai_batas("jkk.alat_dengar", alat_dengar_rp, figures.BATAS_ALAT_DENGAR, pada=day)
    glasses = biaya_sampai_batas("jkk.kacamata", kacamata_rp, figures.BATAS_KACAMATA, pada=day)
    used = [aid for aid in (teeth, hearing, glasses) if aid.result]
    total = _total(used)
    return JkkAlatBantu(
        gigi_tiruan_rp=teeth.result,
        alat_dengar_rp=hearing.result,
        kacamata_rp=glasses.result,
        total_rp=total.result,
        steps=(*used, total),
    )


def _total(used: list[Step[Rupiah]]) -> Step[Rupiah]:
    if not used:
        return Step(code="jkk.alat_bantu_tanpa_biaya", result=Rupiah(0))
    return Step(
        code="jkk.alat_bantu_total",
        result=sum_of(used),
        formula="jumlah semua alat bantu",
        params={"banyaknya": len(used)},
    )
