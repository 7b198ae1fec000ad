"""Reading regions. They are public: no viewer is asked for."""

from typing import Any

from django.db.models import QuerySet

from payung.matching.villages import VillageIndex
from payung.registry.errors import UnknownRegionError
from payung.registry.models import Region, RegionBoundary


def region_at(code: str) -> Region:
    """Give the region of a code; raise `UnknownRegionError`."""
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise UnknownRegionError({code})
    return found


def village_at(code: str) -> Region:
    """Give the desa or kelurahan of a code, with its kecamatan; raise `UnknownRegionError`."""
    found = Region.objects.select_related("parent").filter(pk=code, level=4).first()
    if found is None:
        raise UnknownRegionError({code})
    return found


def kecamatan_of(kabupaten: str) -> QuerySet[Region]:
    """The kecamatan of a regency in the order of their codes."""
    return Region.objects.filter(parent_id=kabupaten, level=3).order_by("code")


def villages_of(kabupaten: str) -> VillageIndex:
    """The villages of a regency, ready to be found by code or by the way a list writes them. One query."""
    rows = Region.objects.filter(parent__parent_id=kabupaten, level=4).order_by("code")
    return VillageIndex.of(rows.values_list("code", "name", "parent__name"))


def villages_by_kecamatan(kabupaten: str) -> dict[str, list[tuple[str, str]]]:
    """The villages of a regency (code, name) under the name of their kecamatan, in the order of codes. One query."""
    rows = Region.objects.filter(parent__parent_id=kabupaten, level=4).order_by("code")
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name, kecamatan in rows.values_list("code", "name", "parent__name"):
        found.setdefault(kecamatan, []).append((code, name))
    return found


def boundaries_of(kabupaten: str, *, level: int) -> dict[str, dict[str, Any]]:
    """The outlines of a regency's regions of one level, by code; empty where none were imported.

    An outline is a GeoJSON geometry (`Polygon` or `MultiPolygon`, longitude and latitude), already simplified.
    """
    path = {2: "region_id", 3: "region__parent_id", 4: "region__parent__parent_id"}[level]
    rows = RegionBoundary.objects.filter(**{path: kabupaten}, region__level=level)
    return dict(rows.values_list("region_id", "geometry"))
