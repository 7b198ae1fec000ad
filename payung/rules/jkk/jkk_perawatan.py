"""Medical care after an accident at work: whatever is needed, without a cap."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkk import figures
from payung.rules.jkk.checks import zero_or_more
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkPerawatan(Ruling):
    """What is paid of the care, in whole rupiah."""

    total_rp: Rupiah


def jkk_perawatan(tanggal_kecelakaan: date, *, biaya_rp: int) -> JkkPerawatan:
    """Perawatan dan pengobatan korban kecelakaan kerja.

    In whole rupiah, without a cap: all that is medically needed, in a class I room of a public hospital. What was not
    needed or was of a higher class is not for this rule to tell. Source: PP 82/2019 Lampiran III; UU 40/2004 Ps 31.

    >>> jkk_perawatan(date(2026, 1, 5), biaya_rp=412_345_678).total_rp
    412345678
    """
    zero_or_more("jkk_perawatan", biaya_rp=biaya_rp)
    care = figures.PERAWATAN.on(tanggal_kecelakaan)
    step = Step(
        code="jkk.perawatan" if biaya_rp else "jkk.perawatan_tanpa_biaya",
        result=Rupiah(biaya_rp),
        formula="biaya_rp",
        params={"biaya_rp": biaya_rp},
        figures=(care.figure(),),
    )
    return JkkPerawatan(total_rp=step.result, steps=(step,))
