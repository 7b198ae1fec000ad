"""The death benefit (santunan kematian) that JKM pays at once."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkm import figures
from payung.rules.steps import Step


def santunan_sekaligus(tanggal_meninggal: date) -> Step[Rupiah]:
    """Santunan kematian JKM yang dibayar sekaligus.

    In rupiah, a fixed sum: neither wage nor months of contribution change it. Source: PP 44/2015, PP 82/2019.

    >>> santunan_sekaligus(date(2019, 12, 1)).result, santunan_sekaligus(date(2019, 12, 2)).result
    (16200000, 20000000)
    """
    amount = figures.SANTUNAN_SEKALIGUS.on(tanggal_meninggal)
    return Step(
        code="jkm.santunan_sekaligus",
        result=Rupiah(amount.value),
        formula="santunan_sekaligus_jkm",
        figures=(amount.figure(),),
    )
