"""What a worker receives for parts of the body that are lost for good."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import BASIS_POINTS, basis_points_of
from payung.rules.errors import Expected, GivenError
from payung.rules.jkk import figures
from payung.rules.jkk.bagian import Bagian
from payung.rules.jkk.checks import within, zero_or_more
from payung.rules.jkk.figures import BarisCacat
from payung.rules.jkk.persentase_cacat import persentase_cacat
from payung.rules.steps import Ruling, Step

_RULE = "jkk_cacat_sebagian_anatomis"


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkCacatSebagianAnatomis(Ruling):
    """What the losses count for together, in basis points, and the benefit in whole rupiah."""

    cacat_bp: int
    total_rp: Rupiah


def jkk_cacat_sebagian_anatomis(
    tanggal_kecelakaan: date,
    *,
    upah_rp: int,
    kehilangan: tuple[Bagian, ...],
    kidal: bool = False,
    kulit_kepala_persen: int | None = None,
) -> JkkCacatSebagianAnatomis:
    """Manfaat JKK bila peserta kehilangan bagian badan.

    Share of the table × 80 monthly wages, in whole rupiah, rounded down once at the end. `kehilangan` names each loss;
    a finger lost twice is named twice. Several losses add up. Source: PP 82/2019 Lampiran III (its table is that of PP
    44/2015). `kulit_kepala_persen`: what the doctor set for the scalp, which the table leaves between 10 and 30.

    Departures, for the text is silent: several losses together count for no more than total disability (70 %, `perlu
    konfirmasi`), and a part is not counted again beside the larger one that held it.

    >>> right_arm = (Bagian.LENGAN_KANAN_DARI_BAHU,)
    >>> jkk_cacat_sebagian_anatomis(date(2026, 1, 5), upah_rp=1_000_000, kehilangan=right_arm).total_rp
    32000000
    >>> jkk_cacat_sebagian_anatomis(date(2026, 1, 5), upah_rp=1_000_000, kehilangan=right_arm, kidal=True).total_rp
    28000000
    """
    zero_or_more(_RULE, upah_rp=upah_rp)
    table = figures.TABEL_CACAT.on(tanggal_kecelakaan).value
    lost = Counter(kehilangan)
    _refuse_more_than_there_are(lost, table)
    scalp_bp = _scalp(kulit_kepala_persen, table[Bagian.KULIT_KEPALA], is_lost=Bagian.KULIT_KEPALA in lost)
    losses = [_loss(part, lost, table[part], tanggal_kecelakaan, kidal=kidal, scalp_bp=scalp_bp) for part in lost]
    sum_bp = sum(step.result for step in losses)
    together = _together(sum_bp, len([step for step in losses if step.result]), pada=tanggal_kecelakaan)
    share_bp = together[-1].result if together else sum_bp
    benefit = _benefit(share_bp, upah_rp, pada=tanggal_kecelakaan)
    return JkkCacatSebagianAnatomis(cacat_bp=share_bp, total_rp=benefit.result, steps=(*losses, *together, benefit))


def _refuse_more_than_there_are(lost: Mapping[Bagian, int], table: Mapping[Bagian, BarisCacat]) -> None:
    for part, times in lost.items():
        often = table[part].paling_banyak
        if often is not None and times > often:
            raise GivenError(_RULE, "kehilangan", Expected.AT_MOST, choices=(str(often), part.value))


def _scalp(percent: int | None, row: BarisCacat, *, is_lost: bool) -> int | None:
    """The doctor's share for the scalp in basis points; refused where it is needed and missing, or out of range."""
    if not is_lost:
        return None
    if percent is None:
        raise GivenError(_RULE, "kulit_kepala_persen", Expected.TO_BE_GIVEN)
    one_percent = BASIS_POINTS // 100
    lowest, highest = row.terendah_bp // one_percent, row.tertinggi_bp // one_percent
    within(_RULE, "kulit_kepala_persen", percent, lowest=lowest, highest=highest)
    return percent * one_percent


def _loss(
    part: Bagian, lost: Mapping[Bagian, int], row: BarisCacat, pada: date, *, kidal: bool, scalp_bp: int | None
) -> Step[int]:
    larger = [other for other in row.tercakup_dalam if other in lost]
    if larger:
        return Step(code="jkk.cacat_sudah_tercakup", result=0, params={"bagian": part, "tercakup_dalam": larger[0]})
    doctors_bp = scalp_bp if part is Bagian.KULIT_KEPALA else None
    return persentase_cacat(part, pada=pada, kidal=kidal, kali=lost[part], ditetapkan_bp=doctors_bp)


def _together(sum_bp: int, losses: int, *, pada: date) -> list[Step[int]]:
    """The sum of the losses, and the cap where the sum is above it; a doubt about the cap matters only there."""
    added = Step(code="jkk.cacat_jumlah", result=sum_bp, formula="jumlah semua cacat", params={"banyaknya": losses})
    steps = [added] if losses > 1 else []
    cap = figures.BATAS_CACAT_SEBAGIAN.on(pada)
    if sum_bp > cap.value:
        steps.append(
            Step(
                code="jkk.cacat_batas",
                result=cap.value,
                formula=f"min(jumlah_bp, {cap.card})",
                params={"jumlah_bp": sum_bp, "batas_bp": cap.value},
                figures=(cap.figure(),),
            )
        )
    return steps


def _benefit(bp: int, upah_rp: int, *, pada: date) -> Step[Rupiah]:
    times = figures.KELIPATAN_UPAH.on(pada)
    if bp == 0:
        return Step(code="jkk.cacat_tidak_ada", result=Rupiah(0))
    return Step(
        code="jkk.santunan_cacat_anatomis",
        result=basis_points_of(times.value * upah_rp, bp),
        formula="bp × kali × upah_rp",
        params={"bp": bp, "kali": times.value, "upah_rp": upah_rp},
        figures=(times.figure(),),
    )
