"""Whether a membership stands, by the month up to which its contributions are paid."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from payung.kernel.month import Month
from payung.rules.kepesertaan import figures
from payung.rules.steps import Ruling, Step


class Status(StrEnum):
    """AKTIF paid up; TUNGGAKAN in arrears, still counted; NONAKTIF lapsed."""

    AKTIF = "AKTIF"
    TUNGGAKAN = "TUNGGAKAN"
    NONAKTIF = "NONAKTIF"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusKepesertaan(Ruling):
    """The standing on a day, the months in arrears (the running one counted), and the day from which it is lapsed."""

    status: Status
    bulan_tunggakan: int
    nonaktif_mulai: date


def status_kepesertaan(lunas_sampai: Month, *, pada: date) -> StatusKepesertaan:
    """Status kepesertaan BPU.

    `lunas_sampai` is the last month paid without a gap. Source: BPJS's own answers as the press quotes them: arrears
    are counted for at most three months in a row. What a death in those months is met with is not said here.

    >>> status_kepesertaan(Month.from_text("2026-08"), pada=date(2026, 12, 1)).status
    <Status.NONAKTIF: 'NONAKTIF'>
    """
    tolerated = figures.TUNGGAKAN_MAKSIMUM.on(pada)
    arrears = Step(
        code="status.bulan_tunggakan",
        result=max(Month.of(pada) - lunas_sampai, 0),
        formula="max(bulan(pada) − lunas_sampai, 0)",
        params={"lunas_sampai": lunas_sampai, "pada": pada},
    )
    standing = Step(
        code="status.kepesertaan",
        result=_standing(arrears.result, tolerated.value),
        formula="bulan_tunggakan > tunggakan_maksimum",
        params={"bulan_tunggakan": arrears.result, "batas": tolerated.value},
        figures=(tolerated.figure(),) if arrears.result else (),
    )
    return StatusKepesertaan(
        status=standing.result,
        bulan_tunggakan=arrears.result,
        nonaktif_mulai=(lunas_sampai + tolerated.value + 1).first_day,
        steps=(arrears, standing),
    )


def _standing(arrears: int, tolerated: int) -> Status:
    if arrears == 0:
        return Status.AKTIF
    return Status.TUNGGAKAN if arrears <= tolerated else Status.NONAKTIF
