"""The periodic sum (santunan berkala) after a death or total disability by work: 24 months, paid at once."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkk import figures
from payung.rules.steps import Step


def santunan_berkala(*, pada: date) -> Step[Rupiah]:
    """Give the sum of all months, in rupiah, for an accident on the day `pada`.

    Source: PP 82/2019 Lampiran III (24 x Rp500.000), PP 44/2015 before (24 x Rp200.000).

    >>> santunan_berkala(pada=date(2019, 12, 1)).result, santunan_berkala(pada=date(2019, 12, 2)).result
    (4800000, 12000000)
    """
    months, monthly = figures.BULAN_BERKALA.on(pada), figures.BERKALA_SEBULAN.on(pada)
    return Step(
        code="jkk.santunan_berkala",
        result=Rupiah(months.value * monthly.value),
        formula="bulan × sebulan_rp",
        params={"bulan": months.value, "sebulan_rp": monthly.value},
        figures=(months.figure(), monthly.figure()),
    )
