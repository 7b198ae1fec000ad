"""What a loss counts for: the row of the table of disability, the hand that a left-handed worker works with."""

from datetime import date

from payung.rules.jkk import figures
from payung.rules.jkk.bagian import Bagian
from payung.rules.steps import Step


def persentase_cacat(
    bagian: Bagian, *, pada: date, kidal: bool = False, kali: int = 1, ditetapkan_bp: int | None = None
) -> Step[int]:
    """Give a loss's share in basis points, `kali` times where it is lost more than once.

    A left-handed worker's right arm counts as a left one, and the other way round. `ditetapkan_bp` is the share that a
    doctor set where the table leaves it open (the scalp). Source: PP 82/2019 Lampiran III, as PP 44/2015 before.

    >>> persentase_cacat(Bagian.TELUNJUK_KANAN, pada=date(2026, 1, 5)).result
    900
    >>> persentase_cacat(Bagian.TELUNJUK_KANAN, pada=date(2026, 1, 5), kidal=True).result
    700
    """
    counted = bagian.other_side if kidal else bagian
    table = figures.TABEL_CACAT.on(pada)
    row = table.value[counted]
    each_bp = row.terendah_bp if ditetapkan_bp is None else ditetapkan_bp
    return Step(
        code=_code(kali=kali, is_swapped=counted is not bagian),
        result=kali * each_bp,
        formula="tabel_cacat_jkk[dihitung_sebagai] × kali",
        params={"bagian": bagian, "dihitung_sebagai": counted, "kali": kali, "tiap_bp": each_bp},
        figures=(table.figure(each_bp, origin=row.origin),),
    )


def _code(*, kali: int, is_swapped: bool) -> str:
    if is_swapped:
        return "jkk.persentase_cacat_kidal"
    return "jkk.persentase_cacat" if kali == 1 else "jkk.persentase_cacat_berulang"
