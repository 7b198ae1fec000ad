"""What a worker receives for a part of the body that is still there and works less than before."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import BASIS_POINTS, rounded_down
from payung.rules.errors import Expected, GivenError
from payung.rules.jkk import figures
from payung.rules.jkk.bagian import Bagian
from payung.rules.jkk.checks import within, zero_or_more
from payung.rules.jkk.persentase_cacat import persentase_cacat
from payung.rules.steps import Ruling, Step

_RULE = "jkk_cacat_sebagian_fungsi"


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkCacatSebagianFungsi(Ruling):
    """What the part counts for if it were lost whole, in basis points, and the benefit in whole rupiah."""

    bagian_bp: int
    total_rp: Rupiah


def jkk_cacat_sebagian_fungsi(
    tanggal_kecelakaan: date, *, upah_rp: int, bagian: Bagian, fungsi_hilang_persen: int, kidal: bool = False
) -> JkkCacatSebagianFungsi:
    """Manfaat JKK bila fungsi bagian badan berkurang.

    Lost function × share of the table × 80 monthly wages, in whole rupiah, rounded down once at the end. The percentage
    of function is a doctor's word (form KK3). Source: PP 82/2019 Lampiran III (`belum dicek`). Departure: the scalp has
    no function and no fixed share, so it is refused.

    >>> half_an_eye = jkk_cacat_sebagian_fungsi(
    ...     date(2026, 1, 5), upah_rp=1_000_000, bagian=Bagian.SATU_MATA, fungsi_hilang_persen=50
    ... )
    >>> half_an_eye.total_rp
    14000000
    """
    zero_or_more(_RULE, upah_rp=upah_rp)
    within(_RULE, "fungsi_hilang_persen", fungsi_hilang_persen, lowest=0, highest=100)
    if bagian is Bagian.KULIT_KEPALA:
        raise GivenError(_RULE, "bagian", Expected.CHOICE, choices=tuple(part for part in Bagian if part != bagian))
    share = persentase_cacat(bagian, pada=tanggal_kecelakaan, kidal=kidal)
    benefit = _benefit(share.result, fungsi_hilang_persen, upah_rp, pada=tanggal_kecelakaan)
    return JkkCacatSebagianFungsi(bagian_bp=share.result, total_rp=benefit.result, steps=(share, benefit))


def _benefit(bp: int, percent: int, upah_rp: int, *, pada: date) -> Step[Rupiah]:
    if percent == 0:
        return Step(code="jkk.fungsi_tidak_berkurang", result=Rupiah(0))
    way, times = figures.CACAT_FUNGSI.on(pada), figures.KELIPATAN_UPAH.on(pada)
    return Step(
        code="jkk.santunan_cacat_fungsi",
        result=rounded_down(times.value * upah_rp, times=bp * percent, by=BASIS_POINTS * 100),
        formula="fungsi_hilang_persen × bp × kali × upah_rp",
        params={"fungsi_hilang_persen": percent, "bp": bp, "kali": times.value, "upah_rp": upah_rp},
        figures=(way.figure(), times.figure()),
    )
