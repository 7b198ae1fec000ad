"""The lump sum for a death caused by work: 48 monthly wages, and nothing else."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import basis_points_of
from payung.rules.jkk import figures
from payung.rules.steps import Step


def santunan_kematian(upah_rp: int, *, pada: date) -> Step[Rupiah]:
    """Give 60 % of 80 monthly wages, in rupiah, for an accident on the day `pada`; never less than the law's floor.

    Source: PP 82/2019 Lampiran III, PP 44/2015 Lampiran III. Rounded down to the rupiah. Departure: the floor of the
    former law is not known, so none is applied before 2 December 2019; the floor of today is `perlu konfirmasi`, and
    no base of a BPU participant is so low that it holds.

    >>> santunan_kematian(1_000_000, pada=date(2025, 6, 20)).result
    48000000
    """
    times, share = figures.KELIPATAN_UPAH.on(pada), figures.BAGIAN_KEMATIAN.on(pada)
    benefit = basis_points_of(times.value * upah_rp, share.value)
    params = {"upah_rp": upah_rp, "kali": times.value, "bp": share.value}
    used = (times.figure(), share.figure())
    floor = figures.SANTUNAN_KEMATIAN_MINIMUM.find(pada)
    if floor is None or benefit >= floor.value:
        return Step(
            code="jkk.santunan_kematian", result=benefit, formula="bp × kali × upah_rp", params=params, figures=used
        )
    return Step(
        code="jkk.santunan_kematian_minimum",
        result=Rupiah(floor.value),
        formula=f"max(bp × kali × upah_rp, {floor.card})",
        params={**params, "dihitung_rp": benefit},
        figures=(*used, floor.figure()),
    )
