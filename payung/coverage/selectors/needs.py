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
    rows = VillageNeed.objects.filter(month=month)
    if region:
        rows = rows.filter(Q(village__code__startswith=f"{region}.") | Q(village_id=region))
    prices = {
        sector: term_price_rp(month, months=term, sector=sector, funds=funds, dasar_upah_rp=dasar_upah_rp)
        for sector in Sektor
    }
    price_of = {sector.value: price for sector, price in prices.items()}
    facts = rows.values_list("village_id", "village__name", "village__parent__name", "sector", "known", "uncovered")
    places: dict[str, tuple[str, str]] = {}
    sums: dict[str, tuple[int, int, int]] = {}
    for code, name, kecamatan, sector, known, uncovered in facts:
        places[code] = (name, kecamatan or "")
        before = sums.get(code, (0, 0, 0))
        sums[code] = before[0] + known, before[1] + uncovered, before[2] + uncovered * price_of[sector]
    gaps = [VillageGap(code, *places[code], *sums[code]) for code in sums if sums[code][1]]
    return sorted(gaps, key=lambda gap: (-gap.uncovered, gap.code))
