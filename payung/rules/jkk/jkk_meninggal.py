"""What a family receives when work caused the death: lump sum, periodic sum, funeral, school."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.funds import Program
from payung.kernel.rupiah import Rupiah
from payung.rules.jkk.biaya_pemakaman import biaya_pemakaman
from payung.rules.jkk.checks import zero_or_more
from payung.rules.jkk.santunan_berkala import santunan_berkala
from payung.rules.jkk.santunan_kematian import santunan_kematian
from payung.rules.jkm.anak import Anak
from payung.rules.jkm.beasiswa import BeasiswaAnak, beasiswa
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkMeninggal(Ruling):
    """The benefits of a death by work, in whole rupiah; `beasiswa` says what each child may get, year by year."""

    santunan_rp: Rupiah
    berkala_rp: Rupiah
    pemakaman_rp: Rupiah
    beasiswa_maks_rp: Rupiah
    total_rp: Rupiah
    beasiswa: tuple[BeasiswaAnak, ...]


def jkk_meninggal(tanggal_kecelakaan: date, *, upah_rp: int, anak: tuple[Anak, ...] = ()) -> JkkMeninggal:
    """Manfaat JKK bila peserta meninggal karena kecelakaan kerja.

    In whole rupiah, the scholarship at most; `upah_rp` is the monthly base of contribution (dasar upah), not what the
    worker really earned. The day of the accident decides the law, not the day of death. No waiting and no months of
    contribution, for the scholarship neither. It stands instead of JKM, never beside it. Source: PP 82/2019 and PP
    44/2015 Lampiran III.

    >>> jkk_meninggal(date(2025, 6, 20), upah_rp=1_000_000).total_rp
    70000000
    """
    zero_or_more("jkk_meninggal", upah_rp=upah_rp)
    santunan = santunan_kematian(upah_rp, pada=tanggal_kecelakaan)
    berkala = santunan_berkala(pada=tanggal_kecelakaan)
    pemakaman = biaya_pemakaman(pada=tanggal_kecelakaan)
    sekolah = beasiswa(tanggal_kecelakaan, program=Program.JKK, anak=anak)
    total = _total(santunan.result, berkala.result, pemakaman.result, sekolah.maks_rp)
    return JkkMeninggal(
        santunan_rp=santunan.result,
        berkala_rp=berkala.result,
        pemakaman_rp=pemakaman.result,
        beasiswa_maks_rp=sekolah.maks_rp,
        total_rp=total.result,
        beasiswa=sekolah.beasiswa,
        steps=(santunan, berkala, pemakaman, *sekolah.steps, total),
    )


def _total(santunan_rp: Rupiah, berkala_rp: Rupiah, pemakaman_rp: Rupiah, beasiswa_maks_rp: Rupiah) -> Step[Rupiah]:
    return Step(
        code="jkk.meninggal_total",
        result=Rupiah(santunan_rp + berkala_rp + pemakaman_rp + beasiswa_maks_rp),
        formula="santunan_rp + berkala_rp + pemakaman_rp + beasiswa_maks_rp",
        params={
            "santunan_rp": santunan_rp,
            "berkala_rp": berkala_rp,
            "pemakaman_rp": pemakaman_rp,
            "beasiswa_maks_rp": beasiswa_maks_rp,
        },
    )
