"""Who is covered: now, by place, by occupation, by sponsor, over time. Read from the counts, never from the ledger.

Exact counts are for those who may read coverage; what the public sees is in `public.py`. A sponsor's people see their
own sponsor's line alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Scope, Viewer
from payung.coverage.models import CoverageRollup, CoverageSummary, VillageNeed
from payung.coverage.selectors.figures import share_of
from payung.coverage.selectors.freshness import counted_at
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month, months_from
from payung.registry.models import Occupation, Region
from payung.sponsors.models import Sponsor

_D = CoverageRollup.Dimension


@dataclass(frozen=True, slots=True)
class Covered:
    """Workers whose cover is in force (berlaku), and those paid for but not yet confirmed (sementara)."""

    berlaku: int = 0
    sementara: int = 0

    @property
    def total(self) -> int:
        """Everybody paid for."""
        return self.berlaku + self.sementara


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One line of a table. `known` counts the workers of the place whom the office knows; None where not asked."""

    key: str
    label: str
    covered: Covered
    known: int | None = None
    uncovered: int | None = None

    @property
    def hundredths(self) -> int | None:
        """The share of the known workers whose month is paid, in hundredths of a percent."""
        if not self.known or self.uncovered is None:
            return None
        return share_of(self.known - self.uncovered, self.known)


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """One sponsor's covered workers in a month."""

    public_id: UUID
    code: str
    name: str
    funds: SumberDana
    covered: Covered


@dataclass(frozen=True, slots=True)
class CoverageNow:
    """The month at a glance. `counted_at` is None where the month was never counted."""

    month: Month
    covered: Covered
    previous: Covered
    known: int
    uncovered: int
    by_funds: tuple[CoverageLine, ...]
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of the line over time."""

    month: Month
    covered: Covered


def coverage_now(viewer: Viewer, *, month: Month) -> CoverageNow:
    """How many are covered in a month, how many were in the one before, and whom the office knows without cover."""
    viewer.require(Permission.COVERAGE_READ)
    need = VillageNeed.objects.filter(month=month).aggregate(known=Sum("known"), uncovered=Sum("uncovered"))
    funds = counts_by(_D.FUNDS, month)
    return CoverageNow(
        month=month,
        covered=total_in(month),
        previous=total_in(month - 1),
        known=need["known"] or 0,
        uncovered=need["uncovered"] or 0,
        by_funds=tuple(CoverageLine(key, key, funds[key]) for key in SumberDana if key in funds),
        counted_at=counted_at(month),
    )


def coverage_by_kecamatan(viewer: Viewer, *, month: Month, kabupaten: str) -> list[CoverageLine]:
    """Each kecamatan of a regency in the order of codes, those without a single worker too."""
    viewer.require(Permission.COVERAGE_READ)
    return place_lines(_D.KECAMATAN, kabupaten, month)


def coverage_by_village(viewer: Viewer, *, month: Month, kecamatan: str) -> list[CoverageLine]:
    """Each desa and kelurahan of a kecamatan."""
    viewer.require(Permission.COVERAGE_READ)
    return place_lines(_D.VILLAGE, kecamatan, month)


def by_occupation(viewer: Viewer, *, month: Month) -> list[CoverageLine]:
    """Each occupation that somebody covered has, the most frequent first; the key is empty where none is known."""
    viewer.require(Permission.COVERAGE_READ)
    counts = counts_by(_D.OCCUPATION, month)
    names = dict(Occupation.objects.filter(pk__in=[key for key in counts if key]).values_list("pk", "name"))
    lines = [CoverageLine(key, names.get(key, ""), covered) for key, covered in counts.items()]
    return sorted(lines, key=lambda line: (-line.covered.total, line.label))


def by_sponsor(viewer: Viewer, *, month: Month) -> list[SponsorLine]:
    """Each sponsor that pays for somebody in a month, whom the viewer may see: a company sees itself."""
    reach = sponsor_reach(viewer)
    counts = counts_by(_D.SPONSOR, month)
    seen = sponsors_within(reach).filter(pk__in=[int(key) for key in counts])
    lines = [
        SponsorLine(sponsor.public_id, sponsor.code, sponsor.name, SumberDana(sponsor.funds), counts[str(sponsor.pk)])
        for sponsor in seen
    ]
    return sorted(lines, key=lambda line: (-line.covered.total, line.name))


def sponsor_villages(viewer: Viewer, sponsor: Sponsor, *, month: Month) -> list[CoverageLine]:
    """Where one sponsor's covered workers live, village by village, the most first."""
    reach = sponsor_reach(viewer)
    if not (reach.everything or sponsor.public_id in reach.sponsors):
        return []
    mine = CoverageSummary.objects.filter(sponsor_id=sponsor.pk, month=month)
    rows = list(mine.values_list("village_id").annotate(b=Sum("berlaku"), s=Sum("sementara")))
    names = dict(Region.objects.filter(pk__in=[code for code, _, _ in rows]).values_list("code", "name"))
    lines = [CoverageLine(code, names[code], Covered(b, s)) for code, b, s in rows]
    return sorted(lines, key=lambda line: (-line.covered.total, line.key))


def over_time(viewer: Viewer, *, first: Month, months: int, sponsor: Sponsor | None = None) -> list[MonthLine]:
    """Month by month, empty months too; of one sponsor if named."""
    reach = sponsor_reach(viewer)
    if sponsor is None:
        viewer.require(Permission.COVERAGE_READ)
    elif not (reach.everything or sponsor.public_id in reach.sponsors):
        viewer.require(Permission.COVERAGE_READ, sponsor=sponsor.public_id)
    dimension, key = (_D.TOTAL, "") if sponsor is None else (_D.SPONSOR, str(sponsor.pk))
    return month_lines(dimension, key, first=first, months=months)


def month_lines(dimension: str, key: str, *, first: Month, months: int) -> list[MonthLine]:
    """One key of one dimension through the months; for selectors, which ask who is looking."""
    rows = CoverageRollup.objects.filter(
        dimension=dimension, key=key, month__gte=first, month__lt=int(first) + months
    ).values_list("month")
    found = {month: Covered(b, s) for month, b, s in rows.annotate(b=Sum("berlaku"), s=Sum("sementara"))}
    return [MonthLine(month, found.get(int(month), Covered())) for month in months_from(first, months)]


def counts_by(dimension: str, month: int, *, keys: Iterable[str] | None = None) -> dict[str, Covered]:
    """A month's counts along a dimension; for selectors, which ask who is looking."""
    rows = CoverageRollup.objects.filter(dimension=dimension, month=month)
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    return {key: Covered(b, s) for key, b, s in rows.values_list("key").annotate(b=Sum("berlaku"), s=Sum("sementara"))}


def total_in(month: int) -> Covered:
    """Everybody covered in a month; for selectors, which ask who is looking."""
    return counts_by(_D.TOTAL, month).get("", Covered())


def place_lines(dimension: str, parent: str, month: int) -> list[CoverageLine]:
    """The regions under one, with their counts; for selectors, which ask who is looking."""
    regions = list(Region.objects.filter(parent_id=parent).order_by("code").values_list("code", "name"))
    counts = counts_by(dimension, month, keys=[code for code, _ in regions])
    needs = needs_by_place(month, parent, whole_kecamatan=dimension == _D.KECAMATAN)
    return [
        CoverageLine(code, name, counts.get(code, Covered()), *needs.get(code, (0, 0) if needs else (None, None)))
        for code, name in regions
    ]


def needs_by_place(month: int, parent: str, *, whole_kecamatan: bool) -> dict[str, tuple[int, int]]:
    """Known and uncovered workers of the villages under a region, or of the kecamatan that hold them."""
    path = "village__parent_id" if whole_kecamatan else "village_id"
    rows: QuerySet[VillageNeed, Any] = VillageNeed.objects.filter(month=month, village__code__startswith=f"{parent}.")
    return {place: (k, u) for place, k, u in rows.values_list(path).annotate(k=Sum("known"), u=Sum("uncovered"))}


def sponsor_reach(viewer: Viewer) -> Scope:
    """Whose counts a viewer may see: all for those who may read coverage, else the sponsors they belong to."""
    whole = viewer.scope_of(Permission.COVERAGE_READ)
    reach = whole if whole.everything else viewer.scope_of(Permission.SPONSOR_READ)
    if reach.is_empty:
        viewer.require(Permission.COVERAGE_READ)
    return reach


def sponsors_within(reach: Scope) -> QuerySet[Sponsor]:
    """The sponsors of a reach."""
    return Sponsor.objects.filter(Q() if reach.everything else Q(public_id__in=reach.sponsors))
