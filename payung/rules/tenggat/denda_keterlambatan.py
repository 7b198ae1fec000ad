"""What BPJS owes on top of a benefit that it pays late."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.funds import Program
from payung.kernel.rupiah import Rupiah
from payung.rules.errors import Expected, GivenError
from payung.rules.steps import Ruling, Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.figures import JenisHari


@dataclass(frozen=True, slots=True, kw_only=True)
class DendaKeterlambatan(Ruling):
    """The compensation in whole rupiah, beside the benefit itself; `jenis_hari` says which days are counted."""

    total_rp: Rupiah
    persen_sehari: int
    jenis_hari: JenisHari


def denda_keterlambatan(program: Program, *, manfaat_rp: int, hari_terlambat: int, pada: date) -> DendaKeterlambatan:
    """Ganti rugi keterlambatan pembayaran manfaat.

    In rupiah: a share of the nominal benefit for each day late, paid to the participant or the heirs, with no upper
    limit; `pada` is the day on which it is owed. Rounded down once at the end: no article says how. Source: PP 44/2015
    Ps 37(3) for JKK and Ps 40(4) for JKM; Permenaker 1/2025 Ps 79(3) has the same words. Departure: "setiap hari
    keterlambatan" is read as days of the calendar, since the articles say "hari kerja" where they mean it; unsure.

    >>> denda_keterlambatan(Program.JKK, manfaat_rp=70_000_000, hari_terlambat=4, pada=date(2026, 5, 4)).total_rp
    2800000
    """
    for name, given in (("manfaat_rp", manfaat_rp), ("hari_terlambat", hari_terlambat)):
        if given < 0:
            raise GivenError("denda_keterlambatan", name, Expected.ZERO_OR_MORE)
    share = figures.DENDA[program].on(pada)
    days = figures.HARI_DENDA.on(pada)
    step = Step(
        code="tenggat.denda" if hari_terlambat else "tenggat.tidak_terlambat",
        result=Rupiah(manfaat_rp * share.value * hari_terlambat // 100),
        formula=f"manfaat_rp × {share.card} ÷ 100 × hari_terlambat",
        params={
            "program": program,
            "manfaat_rp": manfaat_rp,
            "persen": share.value,
            "hari_terlambat": hari_terlambat,
            "jenis_hari": days.value,
        },
        figures=(share.figure(), days.figure()) if hari_terlambat else (share.figure(),),
    )
    return DendaKeterlambatan(total_rp=step.result, persen_sehari=share.value, jenis_hari=days.value, steps=(step,))
