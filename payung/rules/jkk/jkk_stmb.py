"""What a worker receives for days without work after an accident (santunan sementara tidak mampu bekerja)."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.arithmetic import rounded_down
from payung.rules.jkk import figures
from payung.rules.jkk.checks import zero_or_more
from payung.rules.steps import Figure, Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class JkkStmb(Ruling):
    """The benefit for all days, in whole rupiah."""

    total_rp: Rupiah


@dataclass(frozen=True, slots=True)
class _Days:
    """So many days at so many per cent of a day's wage."""

    hari: int
    persen: int


def jkk_stmb(tanggal_kecelakaan: date, *, upah_rp: int, hari: int) -> JkkStmb:
    """Manfaat JKK selama peserta sementara tidak mampu bekerja.

    A day is a thirtieth of the monthly base of contribution, a month 30 days; rounded down once, at the end. 12 months
    at 100 %, then 50 % until recovery, lasting disability or death (PP 82/2019 Lampiran III); for accidents before
    2 December 2019 6 months at 100 %, 6 at 75 %, then 50 % (PP 44/2015). `hari` counts all days of the case so far.

    >>> jkk_stmb(date(2026, 1, 5), upah_rp=1_000_000, hari=45).total_rp
    1500000
    >>> jkk_stmb(date(2025, 1, 5), upah_rp=1_000_000, hari=420).total_rp
    13000000
    """
    zero_or_more("jkk_stmb", upah_rp=upah_rp, hari=hari)
    stages = _stages(hari, pada=tanggal_kecelakaan)
    total = _total(stages, upah_rp, pada=tanggal_kecelakaan)
    return JkkStmb(total_rp=total.result, steps=(*stages, total))


def _stages(hari: int, *, pada: date) -> list[Step[_Days]]:
    """Divide the days among the stages of the law, as many as they reach."""
    card, month = figures.TAHAP_STMB.on(pada), figures.HARI_SEBULAN.on(pada)
    found: list[Step[_Days]] = []
    left = hari
    for stage in card.value:
        days = left if stage.bulan is None else min(left, stage.bulan * month.value)
        if days:
            found.append(
                _stage(_Days(days, stage.persen), hari - left + 1, (card.figure(stage.persen), month.figure()))
            )
        left -= days
    return found


def _stage(days: _Days, first: int, used: tuple[Figure, ...]) -> Step[_Days]:
    return Step(
        code="jkk.stmb_tahap",
        result=days,
        formula="hari pada tahap ini",
        params={"dari_hari": first, "sampai_hari": first + days.hari - 1},
        figures=used,
    )


def _total(stages: list[Step[_Days]], upah_rp: int, *, pada: date) -> Step[Rupiah]:
    if not stages:
        return Step(code="jkk.stmb_tanpa_hari", result=Rupiah(0))
    month = figures.HARI_SEBULAN.on(pada)
    weighted = sum(step.result.hari * step.result.persen for step in stages)
    return Step(
        code="jkk.stmb_total",
        result=rounded_down(upah_rp, times=weighted, by=month.value * 100),
        formula="upah_rp ÷ hari_sebulan × jumlah (hari × persen), dibulatkan ke bawah sekali",
        params={"upah_rp": upah_rp, "hari_sebulan": month.value, "hari": sum(step.result.hari for step in stages)},
        figures=(month.figure(),),
    )
