"""The band of an income: what Lampiran II makes the base (dasar penghasilan) of contribution and benefit."""

from payung.kernel.month import Month
from payung.kernel.rupiah import Rupiah
from payung.rules.errors import Expected, GivenError
from payung.rules.iuran import figures
from payung.rules.steps import Step


def golongan_penghasilan(penghasilan_rp: int, *, bulan: Month) -> tuple[int, Step[Rupiah]]:
    """Find the row of Lampiran II (1 to 33) and the base it gives, in rupiah a month.

    Source: PP 44/2015 Lampiran II. Departure from the text: its rows end Rp1.000 before the next begins; here a row
    reaches to the next, so that 1.099.500 has a base. Incomes below the first row get its base: it is the floor.

    >>> baris, dasar = golongan_penghasilan(1_099_500, bulan=Month.from_text("2026-11"))
    >>> baris, dasar.result
    (1, 1000000)
    """
    if penghasilan_rp < 0:
        raise GivenError("iuran_bpu", "penghasilan_rp", Expected.ZERO_OR_MORE)
    lampiran = figures.LAMPIRAN_II.on(bulan)
    reached = [row for row in lampiran.value if row.dari_rp <= penghasilan_rp]
    row = reached[-1]
    following = lampiran.value[len(reached) :]
    step = Step(
        code="iuran.dasar",
        result=Rupiah(row.dasar_rp),
        formula="lampiran_ii[baris].dasar_rp",
        params={
            "penghasilan_rp": penghasilan_rp,
            "baris": row.baris,
            "dari_rp": row.dari_rp,
            "di_bawah_rp": following[0].dari_rp if following else None,
        },
        figures=(lampiran.figure(row.dasar_rp, origin=row.origin),),
    )
    return row.baris, step
