"""By when a work accident must be reported."""

from dataclasses import dataclass
from datetime import datetime

from payung.rules.steps import Ruling, Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.sesudah import jam_sesudah


@dataclass(frozen=True, slots=True, kw_only=True)
class TenggatLapor(Ruling):
    """The last moment to report, in the time zone in which the event was given, and the hours that were allowed."""

    tenggat: datetime
    jam: int


def tenggat_lapor_jkk(waktu_kejadian: datetime) -> TenggatLapor:
    """Tenggat laporan kecelakaan kerja (tahap I).

    2 x 24 hours from the accident, or from the diagnosis of an occupational disease; hours run through Sundays and
    holidays. Source: Permenaker 1/2025 Ps 8(2). Departure: Ps 8 binds employers; a BPU has none, and the worker, the
    family or the wadah (Ps 48A) is held to the same hours. A late report is still a report: no article takes a BPU's
    benefit away for it.

    >>> tenggat_lapor_jkk(datetime.fromisoformat("2026-11-20T08:00+07:00")).tenggat.isoformat(timespec="minutes")
    '2026-11-22T08:00+07:00'
    """
    hours = figures.WAKTU_LAPOR_JKK.on(waktu_kejadian.date())
    step = Step(
        code="tenggat.lapor_jkk",
        result=jam_sesudah(waktu_kejadian, hours.value),
        formula="waktu_kejadian + waktu_lapor_jkk",
        params={"waktu_kejadian": waktu_kejadian, "jam": hours.value},
        figures=(hours.figure(),),
    )
    return TenggatLapor(tenggat=step.result, jam=hours.value, steps=(step,))
