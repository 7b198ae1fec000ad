"""By when BPJS must pay a JKK benefit."""

from datetime import date

from payung.kernel.funds import Program
from payung.rules.tenggat.tenggat_bayar import TenggatBayar, tenggat_bayar


def tenggat_bayar_jkk(tanggal_lengkap: date) -> TenggatBayar:
    """Tenggat pembayaran manfaat JKK.

    Seven working days after the technical and administrative conditions are met. Source: PP 44/2015 Ps 37(2). The day
    on which they are met does not count. Departure: Ps 37(2) speaks of the worker who has recovered; it is applied to
    every JKK cash benefit.

    >>> tenggat_bayar_jkk(date(2026, 11, 20)).tenggat
    datetime.date(2026, 12, 1)
    """
    return tenggat_bayar(Program.JKK, tanggal_lengkap)
