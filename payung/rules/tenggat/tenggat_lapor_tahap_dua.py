"""By when the second report of a work accident must be made."""

from datetime import datetime

from payung.rules.steps import Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.sesudah import jam_sesudah
from payung.rules.tenggat.tenggat_lapor_jkk import TenggatLapor


def tenggat_lapor_tahap_dua(waktu_keterangan: datetime) -> TenggatLapor:
    """Tenggat laporan kecelakaan kerja tahap II.

    2 x 24 hours from the doctor's statement that the worker has recovered, is disabled or has died. Source: Permenaker
    3/1998 as an officer quotes it; BPJS's form KK2 asks for the same. Departure: as for `tenggat_lapor_jkk`.

    >>> tenggat_lapor_tahap_dua(datetime.fromisoformat("2026-02-27T10:30+08:00")).tenggat.isoformat(timespec="minutes")
    '2026-03-01T10:30+08:00'
    """
    hours = figures.WAKTU_LAPOR_TAHAP_DUA.on(waktu_keterangan.date())
    step = Step(
        code="tenggat.lapor_tahap_dua",
        result=jam_sesudah(waktu_keterangan, hours.value),
        formula="waktu_keterangan + waktu_lapor_tahap_dua",
        params={"waktu_keterangan": waktu_keterangan, "jam": hours.value},
        figures=(hours.figure(),),
    )
    return TenggatLapor(tenggat=step.result, jam=hours.value, steps=(step,))
