"""The lump sum for permanent total disability: 56 monthly wages, and nothing else."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import basis_points_of
from payung.rules.jkk import figures
from payung.rules.steps import Step


def santunan_cacat_total(upah_rp: int, *, pada: date) -> Step[Rupiah]:
    """Give 70 % of 80 monthly wages, in rupiah, for an accident on the day `pada`.

    Source: PP 82/2019 Lampiran III, PP 44/2015 Lampiran III. Rounded down to the rupiah.

    >>> santunan_cacat_total(1_000_000, pada=date(2026, 1, 5)).result
    56000000
    """
    times, share = figures.KELIPATAN_UPAH.on(pada), figures.BAGIAN_CACAT_TOTAL.on(pada)
    return Step(
        code="jkk.santunan_cacat_total",
        result=basis_points_of(times.value * upah_rp, share.value),
        formula="bp × kali × upah_rp",
        params={"upah_rp": upah_rp, "kali": times.value, "bp": share.value},
        figures=(times.figure(), share.figure()),
    )
