"""The periodic benefit (santunan berkala), counted by the month and paid at once. JKK pays the same."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkm import figures
from payung.rules.steps import Step


def santunan_berkala(tanggal: date) -> Step[Rupiah]:
    """Santunan berkala, dibayar sekaligus.

    In rupiah for all months together. Source: PP 44/2015 and PP 82/2019: 24 months, paid at once.

    >>> santunan_berkala(date(2019, 12, 1)).result, santunan_berkala(date(2019, 12, 2)).result
    (4800000, 12000000)
    """
    months = figures.SANTUNAN_BERKALA_BULAN.on(tanggal)
    a_month = figures.SANTUNAN_BERKALA_SEBULAN.on(tanggal)
    return Step(
        code="jkm.santunan_berkala",
        result=Rupiah(months.value * a_month.value),
        formula="santunan_berkala_bulan × santunan_berkala_sebulan",
        params={"bulan": months.value, "sebulan_rp": a_month.value},
        figures=(months.figure(), a_month.figure()),
    )
