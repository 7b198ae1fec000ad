"""A worker who pays again after a gap: does the membership go on, or begin anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.kernel.month import Month
from payung.rules.errors import Expected, GivenError
from payung.rules.kepesertaan import figures
from payung.rules.kepesertaan.status_kepesertaan import Status, StatusKepesertaan, status_kepesertaan
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class AktifKembali(Ruling):
    """The standing on the eve of paying again, and the first day from which the membership counts after it.

    `mulai_dihitung` is what `jkm_manfaat` takes as `mulai_kepesertaan`; `tunggakan_ditagih` counts the months of
    arrears that are paid as well.
    """

    status_sebelumnya: Status
    mulai_baru: bool
    mulai_dihitung: date
    tunggakan_ditagih: int


def aktif_kembali(mulai_kepesertaan: date, *, lunas_sampai: Month, dibayar_lagi: date) -> AktifKembali:
    """Aktif kembali setelah menunggak.

    `lunas_sampai` is the last month paid before the gap, `dibayar_lagi` the day of paying again. In arrears, the
    membership goes on and the arrears are paid; lapsed, it begins anew on that day, without its old arrears. That JKM's
    waiting then begins anew too is the careful reading (perlu konfirmasi). Source: BPJS's own answers as quoted.

    >>> satu = date(2026, 1, 1)
    >>> agustus = Month.from_text("2026-08")
    >>> aktif_kembali(satu, lunas_sampai=agustus, dibayar_lagi=date(2026, 11, 30)).mulai_dihitung
    datetime.date(2026, 1, 1)
    >>> aktif_kembali(satu, lunas_sampai=agustus, dibayar_lagi=date(2026, 12, 1)).mulai_dihitung
    datetime.date(2026, 12, 1)
    """
    if mulai_kepesertaan > dibayar_lagi:
        raise GivenError("aktif_kembali", "mulai_kepesertaan", Expected.NOT_AFTER_PAYING_AGAIN)
    before = status_kepesertaan(lunas_sampai, pada=dibayar_lagi)
    start = _start(before, mulai_kepesertaan, dibayar_lagi)
    arrears = _arrears(before, dibayar_lagi)
    return AktifKembali(
        status_sebelumnya=before.status,
        mulai_baru=start.result != mulai_kepesertaan,
        mulai_dihitung=start.result,
        tunggakan_ditagih=arrears.result,
        steps=(*before.steps, start, arrears),
    )


def _start(before: StatusKepesertaan, mulai_kepesertaan: date, dibayar_lagi: date) -> Step[date]:
    params: dict[str, Any] = {"mulai_kepesertaan": mulai_kepesertaan, "dibayar_lagi": dibayar_lagi}
    if before.status is not Status.NONAKTIF:
        return Step(code="aktif_kembali.berlanjut", result=mulai_kepesertaan, params=params)
    anew = figures.NONAKTIF_MULAI_BARU.on(dibayar_lagi)
    return Step(
        code="aktif_kembali.mulai_baru" if anew.value else "aktif_kembali.tetap_berlanjut",
        result=dibayar_lagi if anew.value else mulai_kepesertaan,
        formula="dibayar_lagi jika nonaktif_mulai_baru",
        params=params,
        figures=(anew.figure(),),
    )


def _arrears(before: StatusKepesertaan, dibayar_lagi: date) -> Step[int]:
    if before.status is not Status.NONAKTIF:
        return Step(code="aktif_kembali.tunggakan", result=before.bulan_tunggakan)
    billed = figures.NONAKTIF_TUNGGAKAN_DITAGIH.on(dibayar_lagi)
    return Step(
        code="aktif_kembali.tunggakan_lama_ditagih" if billed.value else "aktif_kembali.tunggakan_tidak_ditagih",
        result=before.bulan_tunggakan if billed.value else 0,
        params={"bulan_tunggakan": before.bulan_tunggakan},
        figures=(billed.figure(),),
    )
