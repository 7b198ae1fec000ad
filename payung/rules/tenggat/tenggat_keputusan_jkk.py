"""By when BPJS must say whether it was a work accident."""

from dataclasses import dataclass
from datetime import date

from payung.rules.steps import Ruling, Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.sesudah import hari_sesudah


@dataclass(frozen=True, slots=True, kw_only=True)
class TenggatKeputusan(Ruling):
    """The last day on which the conclusion may come, and the days of the calendar that were allowed."""

    tenggat: date
    hari: int


def tenggat_keputusan_jkk(tanggal_lapor: date) -> TenggatKeputusan:
    """Tenggat kesimpulan kecelakaan kerja oleh BPJS.

    In days of the calendar from the report of tahap I, the day of the report not counted; care is guaranteed meanwhile.
    Source: PP 49/2023 Ps 25A. Departure: a last day on a Sunday or holiday is not moved, since no article moves it.

    >>> tenggat_keputusan_jkk(date(2026, 11, 22)).tenggat
    datetime.date(2026, 12, 22)
    """
    days = figures.WAKTU_KEPUTUSAN_JKK.on(tanggal_lapor)
    step = Step(
        code="tenggat.keputusan_jkk",
        result=hari_sesudah(tanggal_lapor, days.value),
        formula="tanggal_lapor + waktu_keputusan_jkk",
        params={"tanggal_lapor": tanggal_lapor, "hari": days.value},
        figures=(days.figure(),),
    )
    return TenggatKeputusan(tenggat=step.result, hari=days.value, steps=(step,))
