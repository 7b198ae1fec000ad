"""The steps of a rule as sentences, for `<c-why :steps="steps">`: `steps = tell_steps(ruling.steps)`.

A rule gives codes, parameters and figures; the sentences stand here. A code that has no sentence yet shows its formula.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.steps import Figure, Step
from payung.web.frame.tags import NOTHING, angka, bulan, rupiah, tanggal
from payung.web.frame.words import CONFIDENCE_NOTES, FUND_NAMES, SECTOR_NAMES

TEXTS: dict[str, str | Promise] = {
    "iuran.dasar": _("Penghasilan {penghasilan_rp} masuk golongan {baris}; dasar upahnya {result_rp}."),
    "iuran.jkk": _("JKK: {dasar_rp} × {persen} % = {result_rp}."),
    "iuran.jkm": _("JKM: {result_rp} sebulan."),
    "iuran.jht": _("JHT: {dasar_rp} × {persen} % = {result_rp}."),
    "iuran.keringanan_tidak_ada": _("Pada {bulan} tidak ada keringanan iuran."),
    "iuran.keringanan_pp_49_2020": _("Pada {bulan} iuran mendapat keringanan {result} %."),
    "iuran.keringanan_pp_50_2025": _(
        "Sektor {sektor} dengan dana {sumber_dana} mendapat keringanan {result} % pada {bulan}."
    ),
    "iuran.keringanan_sumber_dana": _("Dana {sumber_dana} tidak mendapat keringanan; iuran dibayar penuh."),
    "iuran.keringanan_sektor": _(
        "Keringanan untuk sektor {sektor} berlaku {mulai} sampai {sampai}; {bulan} di luar masa itu."
    ),
    "iuran.jkk_dibayar": _("JKK setelah keringanan: {iuran_rp} − {keringanan_persen} % = {result_rp}."),
    "iuran.jkm_dibayar": _("JKM setelah keringanan: {iuran_rp} − {keringanan_persen} % = {result_rp}."),
    "iuran.total": _("Jumlah sebulan: {result_rp}."),
    "masa_iuran.pilihan": _("Masa {bulan_count} bulan; yang ditawarkan {pilihan} bulan."),
    "masa_iuran.bulan_penuh": _(
        "Dari {bulan_count} bulan, {result} bulan dengan santunan kematian penuh, setelah {bulan_tunggu} bulan pertama."
    ),
    "masa_iuran.peringatan": _(
        "Selama {bulan_count} bulan ini santunan kematian baru {manfaat_masa_tunggu_rp}; penuh mulai bulan sesudah "
        "{bulan_tunggu} bulan."
    ),
    "jkm.masa_tunggu": _("Pada {bulan_tunggu} bulan pertama santunan kematian {manfaat_rp}."),
    "jkm.tanpa_masa_tunggu": _("Pada {pada} tidak ada masa tunggu santunan kematian."),
    "usia.pada_hari": _("Lahir {lahir}; pada {mendaftar} berusia {result} tahun."),
    "usia.batas_atas": _("Usia {usia} tahun; untuk mendaftar harus belum mencapai {batas} tahun."),
    "usia.batas_bawah": _("Usia {usia} tahun; paling muda {batas} tahun."),
    "status.bulan_tunggakan": _("Lunas sampai {lunas_sampai}; pada {pada} menunggak {result} bulan."),
    "status.kepesertaan": _("Tunggakan {bulan_tunggakan} bulan; paling lama {batas} bulan."),
}


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as it is shown: a sentence, a formula only where there is no sentence, its article, and any doubt."""

    label: str
    formula: str = ""
    article: str = ""
    confidence_note: str = ""


def tell_steps(steps: Iterable[Step[Any]]) -> list[ToldStep]:
    """Tell each step of a ruling."""
    return [_tell(step) for step in steps]


def _tell(step: Step[Any]) -> ToldStep:
    text = TEXTS.get(step.code)
    values = _Values({name: _value(name, value) for name, value in step.params.items()})
    values["result"], values["result_rp"] = _value("", step.result), _result_rp(step.result)
    if isinstance(step.params.get("bulan"), int):
        values["bulan_count"] = str(int(step.params["bulan"]))
    return ToldStep(
        label=str(text).format_map(values) if text else step.code,
        formula="" if text else step.formula,
        article="; ".join(dict.fromkeys(_article(figure) for figure in step.figures)),
        confidence_note=str(CONFIDENCE_NOTES[step.confidence]) if step.figures else "",
    )


class _Values(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return NOTHING


def _article(figure: Figure) -> str:
    if not figure.since_exact:
        return figure.article
    return gettext("{article}, berlaku sejak {since}").format(article=figure.article, since=tanggal(figure.since))


def _result_rp(result: Any) -> str:
    return rupiah(result) if isinstance(result, int) and not isinstance(result, bool) else NOTHING


def _value(name: str, value: Any) -> str:  # noqa: PLR0911  one line a kind of value
    if value is None:
        return NOTHING
    if isinstance(value, SumberDana):
        return str(FUND_NAMES[value])
    if isinstance(value, Sektor):
        return str(SECTOR_NAMES[value])
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Month):
        return bulan(value)
    if isinstance(value, date):
        return tanggal(value)
    if isinstance(value, tuple | list):
        return ", ".join(_value(name, each) for each in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return rupiah(value) if name.endswith("_rp") else angka(value)
    if isinstance(value, Mapping):
        return NOTHING
    return str(value)
