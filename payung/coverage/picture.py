"""Drawing regions: outlines to SVG paths, squares where there are no outlines, and classes of value. Pure.

An outline is a GeoJSON Polygon or MultiPolygon in degrees. Degrees of longitude are narrowed by the cosine of the
middle latitude, which is true to shape for an area the size of a regency.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, radians, sqrt
from typing import Any

WIDTH = 1_000
MARGIN = 8
CELL = 100
GAP = 6
CLASSES = 5
RASTER = 14
HIDDEN = "map-hidden"

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]
Project = Callable[[Sequence[float]], Point]


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawn region: the path's `d`, and where its label stands."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All regions of a picture, by code, within a view box `0 0 width height`."""

    view_box: str
    outlines: Mapping[str, Outline]


@dataclass(frozen=True, slots=True)
class ValueClass:
    """One step of the legend: values from `low` to `high`, drawn as `css`; `rank` says the same as a number."""

    css: str
    rank: int
    low: int
    high: int


def draw_outlines(geometries: Mapping[str, Mapping[str, Any]]) -> Drawing:
    """Fit the outlines into a picture 1,000 wide."""
    polygons = {code: _polygons(geometry) for code, geometry in geometries.items()}
    points = [point for shapes in polygons.values() for shape in shapes for point in shape[0]]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrow, 1e-9)
    height = round((north - south) * scale + 2 * MARGIN)

    def project(point: Sequence[float]) -> Point:
        return (point[0] - west) * narrow * scale + MARGIN, (north - point[1]) * scale + MARGIN

    return Drawing(f"0 0 {WIDTH} {height}", {code: _outline(shapes, project) for code, shapes in polygons.items()})


def draw_tiles(codes: Iterable[str], rows: Sequence[Sequence[str]] = ()) -> Drawing:
    """A square a region: where `rows` puts it, or in the order of codes in a nearly square grid.

    >>> draw_tiles(["a", "b", "c"]).view_box
    '0 0 200 200'
    """
    wanted = sorted(codes)
    places = {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row) if code in set(wanted)}
    if set(places) != set(wanted):
        columns = max(1, ceil(sqrt(len(wanted))))
        places = {code: (index % columns, index // columns) for index, code in enumerate(wanted)}
    across = 1 + max((x for x, _ in places.values()), default=0)
    down = 1 + max((y for _, y in places.values()), default=0)
    return Drawing(f"0 0 {across * CELL} {down * CELL}", {code: _square(*place) for code, place in places.items()})


def value_classes(values: Iterable[int]) -> tuple[ValueClass, ...]:
    """Steps with about as many regions in each, beginning at round numbers; nothing at all is a step of its own.

    >>> [(step.low, step.high) for step in value_classes([0, 7, 12, 40, 95, 180, 960])]
    [(0, 0), (1, 9), (10, 39), (40, 89), (90, 179), (180, 960)]
    """
    ordered = sorted(value for value in values if value > 0)
    steps = [ValueClass("map-0", 0, 0, 0)]
    if not ordered:
        return tuple(steps)
    cuts = {_round_down(ordered[len(ordered) * part // CLASSES]) for part in range(1, CLASSES)}
    lows = [1, *sorted(cut for cut in cuts if cut > ordered[0])]
    highs = [*(low - 1 for low in lows[1:]), ordered[-1]]
    steps += [
        ValueClass(f"map-{rank}", rank, low, high)
        for rank, (low, high) in enumerate(zip(lows, highs, strict=True), start=1)
    ]
    return tuple(steps)


def share_classes() -> tuple[ValueClass, ...]:
    """Fixed steps of a fifth each, for shares in hundredths of a percent."""
    fifth = 10_000 // CLASSES
    return (
        ValueClass("map-0", 0, 0, 0),
        *(
            ValueClass(f"map-{rank}", rank, 1 if rank == 1 else fifth * (rank - 1), fifth * rank - (rank < CLASSES))
            for rank in range(1, CLASSES + 1)
        ),
    )


def class_of(value: int | None, classes: Sequence[ValueClass]) -> ValueClass | None:
    """The step that holds a value; None for what is hidden or not known."""
    return None if value is None else next((step for step in classes if step.low <= value <= step.high), classes[-1])


def _polygons(geometry: Mapping[str, Any]) -> list[list[Ring]]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    return [coordinates] if kind == "Polygon" else list(coordinates)


def _outline(shapes: list[list[Ring]], project: Project) -> Outline:
    rings = [[project(point) for point in ring] for shape in shapes for ring in shape]
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    largest = max((ring for ring in rings), key=lambda ring: abs(_area(ring)))
    x, y = _label_place(largest)
    return Outline(path, round(x, 1), round(y, 1))


def _square(column: int, row: int) -> Outline:
    x, y, side = column * CELL + GAP // 2, row * CELL + GAP // 2, CELL - GAP
    return Outline(f"M{x} {y}h{side}v{side}h-{side}Z", x + side / 2, y + side / 2)


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def _label_place(ring: Sequence[Point]) -> Point:
    """Where words fit: the centre of gravity and a raster of points are tried, the one farthest from every edge wins.

    The centre of gravity alone falls outside of a bent region.
    """
    left, right = min(x for x, _ in ring), max(x for x, _ in ring)
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    raster = [
        (left + (right - left) * column / RASTER, top + (bottom - top) * row / RASTER)
        for column in range(1, RASTER)
        for row in range(1, RASTER)
    ]
    middle = _middle(ring)
    edges = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    return max([middle, *raster], key=lambda point: _room(point, edges))


def _room(point: Point, edges: Sequence[tuple[Point, Point]]) -> float:
    """How far a point lies from the nearest edge; below nothing if it lies outside."""
    x, y = point
    nearest, inside = float("inf"), False
    for (x1, y1), (x2, y2) in edges:
        dx, dy = x2 - x1, y2 - y1
        along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy) if dx or dy else 0.0
        along = min(1.0, max(0.0, along))
        nearest = min(nearest, hypot(x - x1 - along * dx, y - y1 - along * dy))
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return nearest if inside else -nearest


def _middle(ring: Sequence[Point]) -> Point:
    """The centre of gravity; of a ring without area, the middle of its points."""
    area = _area(ring)
    if abs(area) < 1e-6:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    return x, y


def _round_down(value: int) -> int:
    """To one significant digit below a hundred, to two above: a legend of round numbers."""
    digits = len(str(value))
    unit = 10 ** max(digits - 2, 1) if digits > 1 else 1
    return value // unit * unit
