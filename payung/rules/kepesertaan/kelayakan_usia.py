"""Whether a person's age lets them register as a BPU participant in the programme."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from payung.rules.errors import Expected, GivenError
from payung.rules.kepesertaan import figures
from payung.rules.steps import Ruling, Step
from payung.rules.time_words import age_at


class AlasanUsia(StrEnum):
    """Why an age does not fit."""

    TERLALU_TUA = "terlalu_tua"
    TERLALU_MUDA = "terlalu_muda"


@dataclass(frozen=True, slots=True, kw_only=True)
class KelayakanUsia(Ruling):
    """The age on the day, whether it fits, and why not (`alasan` is None where it fits)."""

    layak: bool
    usia: int
    alasan: AlasanUsia | None


def kelayakan_usia(lahir: date, *, mendaftar: date) -> KelayakanUsia:
    """Kelayakan usia saat mendaftar.

    In completed years on the day of registration. Source: Permenaker 5/2021 ("belum mencapai 65 tahun") and the older
    limits by date; the lower limit is the programme's own. Only registering is judged: who turns 65 while active stays.

    >>> kelayakan_usia(date(1961, 11, 22), mendaftar=date(2026, 11, 21)).layak
    True
    >>> kelayakan_usia(date(1961, 11, 22), mendaftar=date(2026, 11, 22)).alasan
    <AlasanUsia.TERLALU_TUA: 'terlalu_tua'>
    """
    if lahir > mendaftar:
        raise GivenError("kelayakan_usia", "lahir", Expected.NOT_AFTER_REGISTRATION)
    age = Step(
        code="usia.pada_hari",
        result=age_at(lahir, on=mendaftar),
        formula="tahun penuh antara lahir dan mendaftar",
        params={"lahir": lahir, "mendaftar": mendaftar},
    )
    upper, lower = _under_the_limit(age.result, mendaftar), _old_enough(age.result, mendaftar)
    return KelayakanUsia(
        layak=upper.result and lower.result,
        usia=age.result,
        alasan=_reason(upper, lower),
        steps=(age, upper, lower),
    )


def _under_the_limit(usia: int, mendaftar: date) -> Step[bool]:
    limit = figures.BATAS_USIA_MENDAFTAR.on(mendaftar)
    return Step(
        code="usia.batas_atas",
        result=usia < limit.value,
        formula="usia < batas_usia_mendaftar",
        params={"usia": usia, "batas": limit.value},
        figures=(limit.figure(),),
    )


def _old_enough(usia: int, mendaftar: date) -> Step[bool]:
    limit = figures.USIA_MINIMUM_PROGRAM.on(mendaftar)
    return Step(
        code="usia.batas_bawah",
        result=usia >= limit.value,
        formula="usia ≥ usia_minimum_program",
        params={"usia": usia, "batas": limit.value},
        figures=(limit.figure(),),
    )


def _reason(upper: Step[bool], lower: Step[bool]) -> AlasanUsia | None:
    if not upper.result:
        return AlasanUsia.TERLALU_TUA
    return None if lower.result else AlasanUsia.TERLALU_MUDA
