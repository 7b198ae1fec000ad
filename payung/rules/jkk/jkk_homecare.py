"""Care at home (home care) after an accident at work: at most a year, up to a cap."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkk import figures
from payung.rules.jkk.biaya_sampai_batas import biaya_sampai_batas
from payung.rules.jkk.checks import zero_or_more
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkHomecare(Ruling):
    """What is paid of the care at home, in whole rupiah."""

    total_rp: Rupiah


def jkk_homecare(tanggal_kecelakaan: date, *, biaya_rp: int, biaya_lewat_setahun_rp: int = 0) -> JkkHomecare:
    """Perawatan di rumah bagi korban kecelakaan kerja.

    In whole rupiah: the costs of the first year up to the cap. `biaya_rp` is what the first year of care at home cost,
    `biaya_lewat_setahun_rp` what came after; of that nothing is paid. Source: PP 82/2019 Lampiran III. The former law
    had no care at home: zero, and the step says so.

    >>> jkk_homecare(date(2026, 1, 5), biaya_rp=20_000_001).total_rp
    20000000
    >>> jkk_homecare(date(2019, 12, 1), biaya_rp=20_000_001).total_rp
    0
    """
    zero_or_more("jkk_homecare", biaya_rp=biaya_rp, biaya_lewat_setahun_rp=biaya_lewat_setahun_rp)
    cap = figures.BATAS_HOMECARE.on(tanggal_kecelakaan)
    if cap.value == 0:
        none = Step(code="jkk.homecare_belum_ada", result=Rupiah(0), figures=(cap.figure(),))
        return JkkHomecare(total_rp=none.result, steps=(none,))
    code = "jkk.homecare" if biaya_rp else "jkk.homecare_tanpa_biaya"
    paid = biaya_sampai_batas(code, biaya_rp, figures.BATAS_HOMECARE, pada=tanggal_kecelakaan)
    late = [_late(biaya_lewat_setahun_rp, pada=tanggal_kecelakaan)] if biaya_lewat_setahun_rp else []
    return JkkHomecare(total_rp=paid.result, steps=(paid, *late))


def _late(biaya_rp: int, *, pada: date) -> Step[Rupiah]:
    longest = figures.BULAN_HOMECARE.on(pada)
    return Step(
        code="jkk.homecare_lewat_waktu",
        result=Rupiah(0),
        params={"biaya_rp": biaya_rp, "bulan": longest.value},
        figures=(longest.figure(),),
    )
