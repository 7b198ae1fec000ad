"""By when BPJS must pay, whichever the programme: so many working days after the papers are complete."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.funds import Program
from payung.rules.steps import Ruling, Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.hari_kerja import ONE_DAY, hari_kerja


@dataclass(frozen=True, slots=True, kw_only=True)
class TenggatBayar(Ruling):
    """The last day to pay in time, the working days allowed, and the first day on which a payment is late."""

    tenggat: date
    hari_kerja: int
    terlambat_mulai: date


def tenggat_bayar(program: Program, tanggal_lengkap: date) -> TenggatBayar:
    """Count the working days that the programme's law gives.

    >>> tenggat_bayar(Program.JKM, date(2026, 11, 20)).tenggat
    datetime.date(2026, 11, 25)
    """
    allowed = figures.WAKTU_BAYAR[program].on(tanggal_lengkap)
    right = Step(
        code="tenggat.waktu_bayar",
        result=allowed.value,
        formula=allowed.card,
        params={"program": program, "tanggal_lengkap": tanggal_lengkap},
        figures=(allowed.figure(),),
    )
    last = hari_kerja(allowed.value, setelah=tanggal_lengkap)
    late = Step(
        code="tenggat.terlambat_mulai",
        result=last.result + ONE_DAY,
        formula="tenggat + 1 hari",
        params={"tenggat": last.result},
    )
    return TenggatBayar(
        tenggat=last.result, hari_kerja=allowed.value, terlambat_mulai=late.result, steps=(right, last, late)
    )
