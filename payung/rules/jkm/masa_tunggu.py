"""The waiting period: in the first months of membership a BPU participant's death is met with little."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.month import Month
from payung.kernel.rupiah import Rupiah
from payung.rules.jkm import figures
from payung.rules.steps import Step


@dataclass(frozen=True, slots=True)
class MasaTunggu:
    """How many full months must have passed, and what a death before that is met with; zeros where nobody waits."""

    bulan: int
    manfaat_rp: Rupiah


def masa_tunggu_jkm(pada: date | Month) -> Step[MasaTunggu]:
    """Give the waiting period that holds for a death on the day (or in the month).

    Source: Permenaker 1/2025; its exact first day is not known, see the card. Before it nobody waited.

    >>> masa_tunggu_jkm(date(2026, 11, 22)).result
    MasaTunggu(bulan=3, manfaat_rp=10000000)
    >>> masa_tunggu_jkm(date(2024, 5, 20)).result.bulan
    0
    """
    months = figures.MASA_TUNGGU.find(pada)
    benefit = figures.MANFAAT_MASA_TUNGGU.find(pada)
    if months is None or benefit is None:
        return Step(code="jkm.tanpa_masa_tunggu", result=MasaTunggu(0, Rupiah(0)), params={"pada": pada})
    return Step(
        code="jkm.masa_tunggu",
        result=MasaTunggu(months.value, Rupiah(benefit.value)),
        params={"pada": pada, "bulan_tunggu": months.value, "manfaat_rp": benefit.value},
        figures=(months.figure(), benefit.figure()),
    )
