"""What a worker receives whom work has made unable to work for good: lump sum, periodic sum, school."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.funds import Program
from payung.kernel.rupiah import Rupiah
from payung.rules.jkk.checks import zero_or_more
from payung.rules.jkk.santunan_berkala import santunan_berkala
from payung.rules.jkk.santunan_cacat_total import santunan_cacat_total
from payung.rules.jkm.anak import Anak
from payung.rules.jkm.beasiswa import BeasiswaAnak, beasiswa
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkCacatTotalTetap(Ruling):
    """The benefits of permanent total disability, in whole rupiah; `beasiswa` says what each child may get."""

    santunan_rp: Rupiah
    berkala_rp: Rupiah
    beasiswa_maks_rp: Rupiah
    total_rp: Rupiah
    beasiswa: tuple[BeasiswaAnak, ...]


def jkk_cacat_total_tetap(tanggal_kecelakaan: date, *, upah_rp: int, anak: tuple[Anak, ...] = ()) -> JkkCacatTotalTetap:
    """Manfaat JKK bila peserta cacat total tetap.

    In whole rupiah, the scholarship at most; `upah_rp` is the monthly base of contribution. The day of the accident
    decides the law. Whether a disability is total and for good is a doctor's word (form KK3). Source: PP 82/2019 and
    PP 44/2015 Lampiran III.

    >>> jkk_cacat_total_tetap(date(2026, 1, 5), upah_rp=1_000_000).total_rp
    68000000
    """
    zero_or_more("jkk_cacat_total_tetap", upah_rp=upah_rp)
    santunan = santunan_cacat_total(upah_rp, pada=tanggal_kecelakaan)
    berkala = santunan_berkala(pada=tanggal_kecelakaan)
    sekolah = beasiswa(tanggal_kecelakaan, program=Program.JKK, anak=anak)
    total = _total(santunan.result, berkala.result, sekolah.maks_rp)
    return JkkCacatTotalTetap(
        santunan_rp=santunan.result,
        berkala_rp=berkala.result,
        beasiswa_maks_rp=sekolah.maks_rp,
        total_rp=total.result,
        beasiswa=sekolah.beasiswa,
        steps=(santunan, berkala, *sekolah.steps, total),
    )


def _total(santunan_rp: Rupiah, berkala_rp: Rupiah, beasiswa_maks_rp: Rupiah) -> Step[Rupiah]:
    return Step(
        code="jkk.cacat_total_total",
        result=Rupiah(santunan_rp + berkala_rp + beasiswa_maks_rp),
        formula="santunan_rp + berkala_rp + beasiswa_maks_rp",
        params={"santunan_rp": santunan_rp, "berkala_rp": berkala_rp, "beasiswa_maks_rp": beasiswa_maks_rp},
    )
