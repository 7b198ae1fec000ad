"""By when BPJS must pay a JKM benefit."""

from datetime import date

from payung.kernel.funds import Program
from payung.rules.tenggat.tenggat_bayar import TenggatBayar, tenggat_bayar


def tenggat_bayar_jkm(tanggal_lengkap: date) -> TenggatBayar:
    """Tenggat pembayaran manfaat JKM.

    Three working days from the receipt of the claim with its papers. Source: PP 44/2015 Ps 40(3); UU 40/2004 Ps 45.
    The day of receipt does not count. Departure: UU 40/2004 counts from the day BPJS has received and approved the
    claim; the regulation's earlier start is taken.

    >>> tenggat_bayar_jkm(date(2026, 11, 20)).tenggat
    datetime.date(2026, 11, 25)
    """
    return tenggat_bayar(Program.JKM, tanggal_lengkap)
