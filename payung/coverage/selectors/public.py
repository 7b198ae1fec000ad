"""What everybody may see: cover in force, small counts hidden so that no table gives them away.

Tables here share nothing but their total: kecamatan, occupations and funds are never crossed. The villages of a
kecamatan whose own count is hidden are all hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from payung.coverage.models import CoverageRollup
from payung.coverage.selectors.figures import ThreeFigures, three_figures
from payung.coverage.selectors.freshness import counted_at
from payung.coverage.selectors.standing import counts_by, month_lines
from payung.coverage.suppression import suppress_count, suppress_table
from payung.kernel.month import Month
from payung.registry.models import Occupation, Region

ELSEWHERE = ""
_D = CoverageRollup.Dimension


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line of a public table; `count` is None where it is hidden."""

    key: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class PublicMonth:
    """One month of the public line; `count` is None where it is hidden."""

    month: Month
    count: int | None


@dataclass(frozen=True, slots=True)
class PublicCoverage:
    """Everything on the public page."""

    month: Month
    total: int | None
    figures: ThreeFigures
    kecamatan: tuple[PublicLine, ...]
    occupations: tuple[PublicLine, ...]
    funds: tuple[PublicLine, ...]
    over_time: tuple[PublicMonth, ...]
    counted_at: datetime | None


def public_coverage(*, on: date, kabupaten: str, months: int = 18) -> PublicCoverage:
    """Today's public figures of a regency, and the months before."""
    month = Month.of(on)
    return PublicCoverage(
        month=month,
        total=suppress_count(_total(month)),
        figures=three_figures(on, is_public=True),
        kecamatan=public_kecamatan(month=month, kabupaten=kabupaten),
        occupations=_occupation_groups(month),
        funds=_lines(_in_force(_D.FUNDS, month), {}, total=_total(month)),
        over_time=tuple(
            PublicMonth(line.month, suppress_count(line.covered.berlaku))
            for line in month_lines(_D.TOTAL, "", first=month + (1 - months), months=months)
        ),
        counted_at=counted_at(month),
    )


def public_kecamatan(*, month: Month, kabupaten: str) -> tuple[PublicLine, ...]:
    """The kecamatan of a regency. Workers who live elsewhere are a line of their own (its key is empty), if any."""
    names = _names(kabupaten)
    found = _in_force(_D.KECAMATAN, month)
    counts = {code: found.get(code, 0) for code in names}
    elsewhere = sum(count for code, count in found.items() if code not in names)
    if elsewhere:
        counts[ELSEWHERE] = elsewhere
    return _lines(counts, names, total=_total(month))


def public_villages(*, month: Month, kecamatan: str) -> tuple[PublicLine, ...]:
    """The villages of a kecamatan; all hidden where the kecamatan itself is."""
    kabupaten = kecamatan[:5]
    around = {line.key: line.count for line in public_kecamatan(month=month, kabupaten=kabupaten)}
    names = _names(kecamatan)
    found = _in_force(_D.VILLAGE, month)
    hidden = suppress_table(
        {code: found.get(code, 0) for code in names}, total_is_public=around.get(kecamatan) is not None
    )
    return tuple(PublicLine(code, names[code], count) for code, count in hidden.items())


def _occupation_groups(month: Month) -> tuple[PublicLine, ...]:
    groups = dict(Occupation.objects.values_list("code", "group"))
    counts: dict[str, int] = {}
    for code, count in _in_force(_D.OCCUPATION, month).items():
        group = groups.get(code, "")
        counts[group] = counts.get(group, 0) + count
    lines = _lines(counts, {group: group for group in counts}, total=_total(month))
    return tuple(sorted(lines, key=lambda line: (-(line.count or 0), line.label)))


def _lines(counts: Mapping[str, int], names: Mapping[str, str], *, total: int) -> tuple[PublicLine, ...]:
    shown = suppress_table(counts, total_is_public=suppress_count(total) is not None)
    return tuple(PublicLine(key, names.get(key, key), count) for key, count in shown.items())


def _in_force(dimension: str, month: int) -> dict[str, int]:
    return {key: covered.berlaku for key, covered in counts_by(dimension, month).items()}


def _total(month: int) -> int:
    return _in_force(_D.TOTAL, month).get("", 0)


def _names(parent: str) -> dict[str, str]:
    return dict(Region.objects.filter(parent_id=parent).order_by("code").values_list("code", "name"))
