"""Whether the right to a JKM benefit has lapsed by the passing of time; what is said of it differs."""

from datetime import date

from payung.rules.errors import Expected, GivenError
from payung.rules.steps import Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.kedaluwarsa_jkk import Kedaluwarsa
from payung.rules.tenggat.sesudah import tahun_sesudah


def kedaluwarsa_jkm(tanggal_meninggal: date, *, diajukan: date) -> Kedaluwarsa:
    """Kedaluwarsa hak atas manfaat JKM.

    In years from the death; the day of the same number is still in time. Source: none that was read. Five years are
    taken over from JKK, while BPJS has told the press that a JKM claim has no time limit: the answer is `perlu
    konfirmasi` on either side of the day. It serves to press a family to claim in time, never to turn one away.

    >>> answer = kedaluwarsa_jkm(date(2021, 3, 10), diajukan=date(2026, 11, 22))
    >>> answer.kedaluwarsa, answer.confidence.value
    (True, 'perlu konfirmasi')
    """
    if diajukan < tanggal_meninggal:
        raise GivenError("kedaluwarsa_jkm", "diajukan", Expected.NOT_BEFORE_EVENT)
    years = figures.MASA_KEDALUWARSA_JKM.on(tanggal_meninggal)
    last = Step(
        code="tenggat.masa_kedaluwarsa_jkm",
        result=tahun_sesudah(tanggal_meninggal, years.value),
        formula="tanggal_meninggal + masa_kedaluwarsa_jkm",
        params={"tanggal_meninggal": tanggal_meninggal, "tahun": years.value},
        figures=(years.figure(),),
    )
    late = diajukan > last.result
    answer = Step(
        code="tenggat.kedaluwarsa_jkm" if late else "tenggat.belum_kedaluwarsa_jkm",
        result=late,
        formula="diajukan > hari_terakhir",
        params={"diajukan": diajukan, "hari_terakhir": last.result},
    )
    return Kedaluwarsa(kedaluwarsa=late, hari_terakhir=last.result, tahun=years.value, steps=(last, answer))
