"""Whether the right to a JKK benefit has lapsed by the passing of time (kedaluwarsa, prescription)."""

from dataclasses import dataclass
from datetime import date

from payung.rules.errors import Expected, GivenError
from payung.rules.steps import Ruling, Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.sesudah import tahun_sesudah


@dataclass(frozen=True, slots=True, kw_only=True)
class Kedaluwarsa(Ruling):
    """Whether a claim of that day comes too late, the last day on which it would not, and the years allowed."""

    kedaluwarsa: bool
    hari_terakhir: date
    tahun: int


def kedaluwarsa_jkk(tanggal_kecelakaan: date, *, diajukan: date) -> Kedaluwarsa:
    """Kedaluwarsa hak atas manfaat JKK.

    In years from the accident, or from the diagnosis of an occupational disease. The day of the same number is still in
    time; the next is not. Source: PP 82/2019 Ps 26 (5 years), PP 44/2015 Ps 26 before 2 December 2019 (2 years).
    Departure: an accident is held to the law of its own day; whether the longer term reaches an older accident whose
    two years still ran when it came is not known, and marked where it would matter.

    >>> kedaluwarsa_jkk(date(2021, 3, 10), diajukan=date(2026, 3, 10)).kedaluwarsa
    False
    >>> kedaluwarsa_jkk(date(2021, 3, 10), diajukan=date(2026, 3, 11)).kedaluwarsa
    True
    """
    if diajukan < tanggal_kecelakaan:
        raise GivenError("kedaluwarsa_jkk", "diajukan", Expected.NOT_BEFORE_EVENT)
    doubt = _transition(tanggal_kecelakaan, diajukan)
    years = figures.MASA_KEDALUWARSA_JKK.on(diajukan if doubt and not doubt.result else tanggal_kecelakaan)
    last = Step(
        code="tenggat.masa_kedaluwarsa_jkk",
        result=tahun_sesudah(tanggal_kecelakaan, years.value),
        formula="tanggal_kecelakaan + masa_kedaluwarsa_jkk",
        params={"tanggal_kecelakaan": tanggal_kecelakaan, "tahun": years.value},
        figures=(years.figure(),),
    )
    late = diajukan > last.result
    answer = Step(
        code="tenggat.kedaluwarsa_jkk" if late else "tenggat.belum_kedaluwarsa_jkk",
        result=late,
        formula="diajukan > hari_terakhir",
        params={"diajukan": diajukan, "hari_terakhir": last.result},
    )
    return Kedaluwarsa(
        kedaluwarsa=late,
        hari_terakhir=last.result,
        tahun=years.value,
        steps=(last, answer, *((doubt,) if doubt else ())),
    )


def _transition(tanggal_kecelakaan: date, diajukan: date) -> Step[bool] | None:
    """Say whether the accident keeps the term of its own day, where a longer one came while it ran and would decide."""
    own, now = figures.MASA_KEDALUWARSA_JKK.on(tanggal_kecelakaan), figures.MASA_KEDALUWARSA_JKK.on(diajukan)
    last = tahun_sesudah(tanggal_kecelakaan, own.value)
    if now.since == own.since or last < now.since or diajukan <= last:
        return None
    keeps = figures.PERALIHAN_KEDALUWARSA_JKK.on(diajukan)
    return Step(
        code="tenggat.peralihan_kedaluwarsa_jkk",
        result=keeps.value,
        params={"hari_terakhir": last, "mulai": now.since, "tahun": now.value},
        figures=(keeps.figure(), now.figure()),
    )
