"""The three figures of coverage, each with what it is made of. They are never mixed: three numerators, two wholes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from payung.coverage.models import CoverageRollup, OfficialFigure
from payung.coverage.selectors.freshness import counted_at
from payung.coverage.suppression import SMALL
from payung.kernel.clock import BUSINESS_ZONE
from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month

PROGRAM, BPU, UCJ = "peserta_program", "bpu_aktif", "ucj"
_K = OfficialFigure.Kind
_HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class PartOfFigure:
    """A numerator or denominator: the value, where it is from, the day it speaks of, the day of its paper."""

    kind: str
    value: int
    source: str
    as_of: date
    document_on: date
    document: str
    confidence: Keyakinan


@dataclass(frozen=True, slots=True)
class CoverageFigure:
    """One of the three. A part that nobody has entered is None (belum dimasukkan); there is no percentage then."""

    code: str
    formula: str
    numerator: PartOfFigure | None
    denominator: PartOfFigure | None
    target: PartOfFigure | None = None

    @property
    def hundredths(self) -> int | None:
        """The share in hundredths of a percent, rounded to the nearest: 419 is 4.19 %."""
        if self.numerator is None or self.denominator is None:
            return None
        return share_of(self.numerator.value, self.denominator.value)

    @property
    def is_entered(self) -> bool:
        """Whether both parts are there."""
        return self.hundredths is not None

    @property
    def confidence(self) -> Keyakinan:
        """As sure as the less sure of its parts."""
        found = [part.confidence for part in (self.numerator, self.denominator) if part is not None]
        return max(found, key=list(Keyakinan).index, default=Keyakinan.PERLU_KONFIRMASI)


@dataclass(frozen=True, slots=True)
class ThreeFigures:
    """Peserta program ini, BPU aktif, UCJ."""

    program: CoverageFigure
    bpu: CoverageFigure
    ucj: CoverageFigure

    def __iter__(self):  # type: ignore[no-untyped-def]  # a plain iteration in the order of the page
        """In the order of the page."""
        return iter((self.program, self.bpu, self.ucj))


def share_of(part: int, whole: int) -> int:
    """A share in hundredths of a percent, rounded half up.

    >>> share_of(14177, 338681)
    419
    """
    return (2 * part * _HUNDREDTHS + whole) // (2 * whole)


def percent_text(hundredths: int) -> str:
    """Write a share the way people here do.

    >>> percent_text(419)
    '4,19%'
    """
    return f"{hundredths // 100},{hundredths % 100:02d}%"


def three_figures(on: date, *, is_public: bool = False) -> ThreeFigures:
    """The three figures as known on a day. `is_public` leaves out our own numerator while it is small."""
    newest = _newest_by_kind(on)
    informal = newest.get(_K.PEKERJA_INFORMAL)
    return ThreeFigures(
        program=CoverageFigure(PROGRAM, "peserta_program / pekerja_informal", _participants(on, is_public), informal),
        bpu=CoverageFigure(BPU, "bpu_aktif / pekerja_informal", newest.get(_K.BPU_AKTIF), informal),
        ucj=CoverageFigure(
            UCJ,
            "ucj_aktif / penduduk_bekerja",
            newest.get(_K.UCJ_AKTIF),
            newest.get(_K.PENDUDUK_BEKERJA),
            newest.get(_K.TARGET_UCJ_RPJMD),
        ),
    )


def official_figures(kind: str | None = None) -> QuerySet[OfficialFigure]:
    """Every figure entered, newest first; a figure that a later entry for the same day replaced is among them."""
    figures = OfficialFigure.objects.order_by("-as_of", "-id")
    return figures.filter(kind=kind) if kind else figures


def _newest_by_kind(on: date) -> dict[str, PartOfFigure]:
    rows = OfficialFigure.objects.filter(as_of__lte=on, document_on__lte=on).order_by("as_of", "id")
    return {row.kind: _part(row) for row in rows}


def _part(row: OfficialFigure) -> PartOfFigure:
    return PartOfFigure(
        row.kind, row.value, row.source, row.as_of, row.document_on, row.document, Keyakinan(row.confidence)
    )


def _participants(on: date, is_public: bool) -> PartOfFigure | None:
    """Workers whose cover is in force in the month of the day; None where the month was never counted."""
    month = Month.of(on)
    moment = counted_at(month)
    if moment is None:
        return None
    rows = CoverageRollup.objects.filter(dimension=CoverageRollup.Dimension.TOTAL, month=month)
    count = sum(rows.values_list("berlaku", flat=True))
    if is_public and count < SMALL:
        return None
    counted_on = moment.astimezone(BUSINESS_ZONE).date()
    return PartOfFigure(PROGRAM, count, "Payung", counted_on, counted_on, "", Keyakinan.TINGGI)
