"""The funeral cost (biaya pemakaman). JKK pays the same."""

from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.jkm import figures
from payung.rules.steps import Step


def biaya_pemakaman(tanggal: date) -> Step[Rupiah]:
    """Biaya pemakaman.

    In rupiah, a fixed sum that asks for no receipts. Source: PP 44/2015, PP 82/2019.

    >>> biaya_pemakaman(date(2019, 12, 1)).result, biaya_pemakaman(date(2019, 12, 2)).result
    (3000000, 10000000)
    """
    amount = figures.BIAYA_PEMAKAMAN.on(tanggal)
    return Step(
        code="jkm.biaya_pemakaman",
        result=Rupiah(amount.value),
        formula="biaya_pemakaman",
        figures=(amount.figure(),),
    )
