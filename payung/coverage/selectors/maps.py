"""The map: each region under one drawn, valued and classed. With outlines where they were imported, else as squares."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from payung.access.viewer import Viewer
from payung.coverage.picture import (
    HIDDEN,
    Drawing,
    ValueClass,
    class_of,
    draw_outlines,
    draw_tiles,
    share_classes,
    value_classes,
)
from payung.coverage.selectors.public import ELSEWHERE, PublicLine, public_kecamatan, public_villages
from payung.coverage.selectors.standing import coverage_by_kecamatan, coverage_by_village
from payung.kernel.month import Month
from payung.kernel.region import RegionCode
from payung.registry.models import RegionBoundary

_TILES = Path(__file__).resolve().parent.parent / "tiles.yaml"
_KABUPATEN = 2


@dataclass(frozen=True, slots=True)
class MapShape:
    """One region on the map. `value` is None where it is hidden or not known; `rank` repeats the colour as a number."""

    code: str
    label: str
    value: int | None
    css: str
    rank: int | None
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapPicture:
    """Everything an SVG needs. The legend's last step is `map-hidden`, if any shape is."""

    view_box: str
    shapes: tuple[MapShape, ...]
    legend: tuple[ValueClass, ...]
    has_boundaries: bool
    is_share: bool

    @property
    def has_hidden(self) -> bool:
        """Whether some region's value is not shown."""
        return any(shape.value is None for shape in self.shapes)


def map_of(parent: str, *, month: Month, viewer: Viewer | None = None, share: bool = False) -> MapPicture:
    """The regions under a regency or a kecamatan: workers in force for everybody, all paid ones for a viewer.

    For a viewer `share` draws the share of known workers instead, in hundredths of a percent.
    """
    share = share and viewer is not None
    values = _public_values(parent, month) if viewer is None else _exact_values(viewer, parent, month, share=share)
    drawing, has_boundaries = _drawing(parent, [line.key for line in values])
    legend = share_classes() if share else value_classes(line.count for line in values if line.count is not None)
    shapes = tuple(_shape(line, drawing, legend) for line in values if line.key in drawing.outlines)
    return MapPicture(drawing.view_box, shapes, legend, has_boundaries, share)


def _public_values(parent: str, month: Month) -> list[PublicLine]:
    if RegionCode(parent).level == _KABUPATEN:
        return [line for line in public_kecamatan(month=month, kabupaten=parent) if line.key != ELSEWHERE]
    return list(public_villages(month=month, kecamatan=parent))


def _exact_values(viewer: Viewer, parent: str, month: Month, *, share: bool) -> list[PublicLine]:
    is_kabupaten = RegionCode(parent).level == _KABUPATEN
    lines = (
        coverage_by_kecamatan(viewer, month=month, kabupaten=parent)
        if is_kabupaten
        else coverage_by_village(viewer, month=month, kecamatan=parent)
    )
    return [PublicLine(line.key, line.label, line.hundredths if share else line.covered.total) for line in lines]


def _shape(line: PublicLine, drawing: Drawing, legend: tuple[ValueClass, ...]) -> MapShape:
    outline, step = drawing.outlines[line.key], class_of(line.count, legend)
    css, rank = (step.css, step.rank) if step else (HIDDEN, None)
    return MapShape(line.key, line.label, line.count, css, rank, outline.path, outline.x, outline.y)


def _drawing(parent: str, codes: list[str]) -> tuple[Drawing, bool]:
    """Outlines if every region has one (a map with holes misleads), else squares."""
    stamps = dict(RegionBoundary.objects.filter(region__parent_id=parent).values_list("region_id", "imported_at"))
    if codes and set(codes) <= set(stamps):
        return _outlines(parent, max(stamps.values()).isoformat(), tuple(codes)), True
    return draw_tiles(codes, _arrangements().get(parent, ())), False


@lru_cache(maxsize=64)
def _outlines(parent: str, _imported_at: str, codes: tuple[str, ...]) -> Drawing:
    """Drawn once for each import: outlines change when somebody imports others."""
    rows = RegionBoundary.objects.filter(region__parent_id=parent, region_id__in=codes)
    return draw_outlines(dict(rows.values_list("region_id", "geometry")))


@lru_cache(maxsize=1)
def _arrangements() -> dict[str, list[list[str]]]:
    rows = yaml.safe_load(_TILES.read_text(encoding="utf-8"))
    return {parent: [[f"{parent}.{place}" for place in row] for row in grid] for parent, grid in rows.items()}
