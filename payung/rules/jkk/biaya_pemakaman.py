"""The funeral costs after a death by work."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkk import figures
from payung.rules.steps import Step


def biaya_pemakaman(*, pada: date) -> Step[Rupiah]:
    """Give the funeral costs, in rupiah, for an accident on the day `pada`; PP 82/2019 and PP 44/2015 Lampiran III.

    >>> biaya_pemakaman(pada=date(2026, 1, 5)).result
    10000000
    """
    costs = figures.BIAYA_PEMAKAMAN.on(pada)
    return Step(code="jkk.biaya_pemakaman", result=Rupiah(costs.value), formula=costs.card, figures=(costs.figure(),))
