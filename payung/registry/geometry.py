"""Outlines of regions made small enough to draw: Douglas-Peucker on each ring. Pure: no database.

At a tolerance of 0.0004 degrees (44 m, less than a pixel where a regency is 800 pixels wide) neighbours that are
simplified one by one leave no gap that the eye sees.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, isfinite
from typing import Any

TOLERANCE = 0.0004
_DECIMALS = 5
Point = tuple[float, float]


class NotAnOutlineError(ValueError):
    """Something that is no Polygon or MultiPolygon in longitude and latitude."""


def simplify_outline(geometry: Any, *, tolerance: float = TOLERANCE) -> dict[str, Any]:
    """Read a GeoJSON `Polygon` or `MultiPolygon` and give it back with fewer points; raise `NotAnOutlineError`.

    Islands and holes smaller than the tolerance disappear, except a region's largest part.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotAnOutlineError("type")
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise NotAnOutlineError("coordinates")
    polygons = [[_ring(ring) for ring in _list(part)] for part in parts]
    largest = max(polygons, key=lambda rings: abs(ring_area(rings[0])))
    kept = [_small(rings, tolerance) for rings in polygons if rings is largest or _is_seen(rings[0], tolerance)]
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def ring_area(ring: Sequence[Point]) -> float:
    """Twice the signed area of a closed ring, in square degrees."""
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in pairwise(ring))


def point_count(geometry: dict[str, Any]) -> int:
    """How many points an outline has."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return sum(len(ring) for part in parts for ring in part)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise NotAnOutlineError("coordinates")
    return value


def _ring(value: Any) -> list[Point]:
    ring = [_point(point) for point in _list(value)]
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise NotAnOutlineError("ring")
    return ring


def _point(value: Any) -> Point:
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(part, int | float) for part in value[:2]):
        raise NotAnOutlineError("point")
    longitude, latitude = float(value[0]), float(value[1])
    if not (isfinite(longitude) and isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise NotAnOutlineError("point")
    return longitude, latitude


def _is_seen(ring: Sequence[Point], tolerance: float) -> bool:
    return abs(ring_area(ring)) > 2 * tolerance * tolerance


def _small(rings: list[list[Point]], tolerance: float) -> list[list[list[float]]]:
    outer, *holes = rings
    shown = [outer, *(hole for hole in holes if _is_seen(hole, tolerance))]
    return [[[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in _thinned(ring, tolerance)] for ring in shown]


def _thinned(ring: list[Point], tolerance: float) -> list[Point]:
    """Cut the ring at its first point and at the one farthest from it, and thin both halves."""
    start = ring[0]
    middle = max(range(len(ring)), key=lambda place: hypot(ring[place][0] - start[0], ring[place][1] - start[1]))
    thin = _line(ring[: middle + 1], tolerance)[:-1] + _line(ring[middle:], tolerance)
    return thin if len(thin) >= 4 else ring


def _line(points: list[Point], tolerance: float) -> list[Point]:
    keep = {0, len(points) - 1}
    open_parts = [(0, len(points) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        farthest = max(range(first + 1, last), key=lambda place: _distance(points[place], points[first], points[last]))
        if _distance(points[farthest], points[first], points[last]) > tolerance:
            keep.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return [points[place] for place in sorted(keep)]


def _distance(point: Point, one: Point, two: Point) -> float:
    along_x, along_y = two[0] - one[0], two[1] - one[1]
    length = hypot(along_x, along_y)
    if length == 0:
        return hypot(point[0] - one[0], point[1] - one[1])
    return abs(along_x * (one[1] - point[1]) - (one[0] - point[0]) * along_y) / length
