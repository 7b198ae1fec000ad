"""The three figures as a page tells them: never mixed, each with what it is made of, its sources and their days."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.coverage.models import OfficialFigure
from payung.coverage.selectors import CoverageFigure, PartOfFigure, ThreeFigures
from payung.coverage.selectors.figures import BPU, PROGRAM, UCJ
from payung.web.frame.tags import NOTHING, angka, persen
from payung.web.frame.words import CONFIDENCE_NOTES

HUNDREDTHS = 10_000
_K = OfficialFigure.Kind
KIND_NAMES: dict[str, str | Promise] = {
    PROGRAM: gettext_lazy("Pekerja yang berlaku di Payung"),
    _K.BPU_AKTIF: gettext_lazy("Peserta BPU aktif"),
    _K.PEKERJA_INFORMAL: gettext_lazy("Pekerja informal"),
    _K.UCJ_AKTIF: gettext_lazy("Peserta aktif PU dan BPU"),
    _K.PENDUDUK_BEKERJA: gettext_lazy("Penduduk bekerja"),
    _K.TARGET_UCJ_RPJMD: gettext_lazy("Target UCJ dalam RPJMD"),
    _K.TARGET_UCJ_RPJPD: gettext_lazy("Target UCJ dalam RPJPD"),
}
PERCENT_KINDS = frozenset({_K.TARGET_UCJ_RPJMD.value, _K.TARGET_UCJ_RPJPD.value})
_NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    PROGRAM: (
        gettext_lazy("Peserta program ini"),
        gettext_lazy("Pekerja rentan yang iurannya dibayar lewat Payung dan sudah berlaku."),
    ),
    BPU: (
        gettext_lazy("BPU aktif"),
        gettext_lazy("Semua peserta bukan penerima upah (BPU) yang aktif di BPJS Ketenagakerjaan."),
    ),
    UCJ: (
        gettext_lazy("UCJ"),
        gettext_lazy("Cakupan semesta jaminan sosial ketenagakerjaan (UCJ): peserta penerima upah (PU) dan BPU."),
    ),
}
_PARTS: dict[str, tuple[str, str]] = {
    PROGRAM: (PROGRAM, _K.PEKERJA_INFORMAL),
    BPU: (_K.BPU_AKTIF, _K.PEKERJA_INFORMAL),
    UCJ: (_K.UCJ_AKTIF, _K.PENDUDUK_BEKERJA),
}


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A numerator or denominator. Where nobody entered it, `text` is empty and `enter` names what is to be entered."""

    label: str
    text: str
    source: str = ""
    as_of: date | None = None
    document_on: date | None = None
    document: str = ""
    doubt: str = ""
    enter: str = ""


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One figure. `percent` is empty where a part is missing; `width` and `target_x` draw its bar out of a hundred."""

    code: str
    name: str
    meaning: str
    percent: str
    width: str
    formula: str
    parts: tuple[ToldPart, ToldPart]
    target: ToldPart | None
    target_x: str
    doubt: str


def tell_figures(figures: ThreeFigures) -> list[ToldFigure]:
    """Tell the three, in the order of the page."""
    return [_tell(figure) for figure in figures]


def value_text(kind: str, value: int) -> str:
    """A figure's value: people as a number, targets in percent."""
    return persen(value / HUNDREDTHS) if kind in PERCENT_KINDS else angka(value)


def _tell(figure: CoverageFigure) -> ToldFigure:
    name, meaning = _NAMES[figure.code]
    upper, lower = _PARTS[figure.code]
    share = figure.hundredths
    return ToldFigure(
        code=figure.code,
        name=str(name),
        meaning=str(meaning),
        percent="" if share is None else persen(share / HUNDREDTHS),
        width="0" if share is None else f"{min(share, HUNDREDTHS) / 100:.2f}",
        formula=f"{KIND_NAMES[upper]} ÷ {str(KIND_NAMES[lower]).lower()}",
        parts=(_part(upper, figure.numerator), _part(lower, figure.denominator)),
        target=_part(figure.target.kind, figure.target) if figure.target else None,
        target_x=f"{min(figure.target.value, HUNDREDTHS) / 100:.2f}" if figure.target else "",
        doubt="" if share is None else str(CONFIDENCE_NOTES[figure.confidence]),
    )


def _part(kind: str, part: PartOfFigure | None) -> ToldPart:
    label = str(KIND_NAMES.get(kind, NOTHING))
    if part is None:
        return ToldPart(label, "", enter=kind if kind in _K.values else "")
    return ToldPart(
        label,
        value_text(kind, part.value),
        source=_("dihitung Payung dari buku besarnya") if kind == PROGRAM else part.source,
        as_of=part.as_of,
        document_on=None if kind == PROGRAM else part.document_on,
        document=part.document,
        doubt=str(CONFIDENCE_NOTES[part.confidence]),
    )
