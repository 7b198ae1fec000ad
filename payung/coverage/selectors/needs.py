"""What closes the gap: whom the office knows without cover, village by village, and what covering them costs."""

from dataclasses import dataclass

from django.db.models import Q

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.coverage.counting import DEFAULT_DASAR_UPAH_RP
from payung.coverage.models import VillageNeed
from payung.coverage.pricing import term_price_rp
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month


@dataclass(frozen=True, slots=True)
class VillageGap:
    """A village's known workers, those without cover, and the rupiah that cover them for the term."""

    code: str
    name: str
    kecamatan: str
    known: int
    uncovered: int
    cost_rp: int


def gap_by_village(
    viewer: Viewer,
    *,
    month: Month,
    region: str = "",
    funds: SumberDana = SumberDana.CSR,
    term: int = 6,
    dasar_upah_rp: int = DEFAULT_DASAR_UPAH_RP,
) -> list[VillageGap]:
    """Villages (of a region, if its code is given) with somebody left uncovered in a month, the widest gap first.

    The cost runs for `term` months from the month on, at each worker's sector and the price of these funds.
    """
    viewer.require(Permission.COVERAGE_READ)
    rows = VillageNeed.objects.filter(month=month).select_related("village__parent")
    if region:
        rows = rows.filter(Q(village__code__startswith=f"{region}.") | Q(village_id=region))
    found: dict[str, VillageGap] = {}
    for row in rows:
        price = term_price_rp(month, months=term, sector=Sektor(row.sector), funds=funds, dasar_upah_rp=dasar_upah_rp)
        found[row.village_id] = _plus(found.get(row.village_id), row, cost_rp=row.uncovered * price)
    gaps = [gap for gap in found.values() if gap.uncovered]
    return sorted(gaps, key=lambda gap: (-gap.uncovered, gap.code))


def _plus(gap: VillageGap | None, row: VillageNeed, *, cost_rp: int) -> VillageGap:
    village = row.village
    parent = village.parent.name if village.parent else ""
    known, uncovered, cost = (gap.known, gap.uncovered, gap.cost_rp) if gap else (0, 0, 0)
    return VillageGap(village.code, village.name, parent, known + row.known, uncovered + row.uncovered, cost + cost_rp)
