"""Coverage as it was known on a day, from the journal: the counts know today alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.selectors import villages_covered_as_known_on
from payung.coverage.selectors.standing import CoverageLine, Covered
from payung.kernel.month import Month
from payung.registry.models import Region


@dataclass(frozen=True, slots=True)
class CoverageKnown:
    """A month as it was known on a day: everybody, and kecamatan by kecamatan."""

    month: Month
    day: date
    covered: Covered
    lines: tuple[CoverageLine, ...]


def coverage_as_known_on(viewer: Viewer, day: date, *, month: Month, kabupaten: str) -> CoverageKnown:
    """How many were covered in a month, as it was known on a day; people count where they live today."""
    viewer.require(Permission.COVERAGE_READ)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for village, found in villages_covered_as_known_on(month, day).items():
        for at, count in enumerate(found):
            counts[village[:8]][at] += count
    regions = Region.objects.filter(parent_id=kabupaten).order_by("code").values_list("code", "name")
    lines = tuple(CoverageLine(code, name, Covered(*counts[code])) for code, name in list(regions))
    total = Covered(*(sum(count[at] for count in counts.values()) for at in (0, 1)))
    return CoverageKnown(month, day, total, lines)
