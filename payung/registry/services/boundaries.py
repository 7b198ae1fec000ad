"""Bringing in the outlines of regions from a GeoJSON file, by code or by name within the kecamatan."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.matching.villages import VillageIndex
from payung.registry.errors import BoundaryFileError
from payung.registry.geometry import NotAnOutlineError, point_count, simplify_outline
from payung.registry.models import Region, RegionBoundary
from payung.registry.selectors.regions import villages_of

LARGEST_BYTES = 100 * 1024 * 1024
_CODE = re.compile(r"[0-9]{2}(\.?[0-9]{2}(\.?[0-9]{2}(\.?[0-9]{4})?)?)?")
# What the usual files (BIG's RBI, Dukcapil's, BPS's and those made from them) call these.
_CODE_KEYS = ("code", "kode", "kdepum", "kdcpum", "kdpkab", "kode_kemendagri", "kemendagri", "kd_desa", "id")
_VILLAGE_KEYS = ("village", "desa", "kelurahan", "wadmkd", "nama_desa", "desa_kelurahan", "name", "nama", "namobj")
_KECAMATAN_KEYS = ("district", "kecamatan", "wadmkc", "nama_kecamatan", "kec")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A feature that was left out: its place in the file (from 1), how it names itself, and why.

    `reason` is `unknown` (no such region here), `outline` (no usable polygon) or `twice` (its region came before).
    """

    number: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class BoundaryReport:
    """What an import did."""

    matched: int
    by_level: dict[int, int]
    points_before: int
    points_after: int
    unmatched: tuple[Unmatched, ...]


@transaction.atomic
def import_boundaries(
    content: bytes, *, acting_user: Viewer, clock: Clock, kabupaten: str = "", source: str = ""
) -> BoundaryReport:
    """Keep the simplified outlines of a file's regions; outlines of the same regions are replaced.

    Names are looked up within `kabupaten` (the installation's own if none is given). Raises `BoundaryFileError` for a
    file without any feature; features that match nothing are reported, and the rest is kept.
    """
    acting_user.require(Permission.REGION_IMPORT)
    collection = _collection(content)
    codes = frozenset(Region.objects.values_list("code", flat=True))
    villages = villages_of(kabupaten or settings.PAYUNG_REGENCY)
    found: dict[str, dict[str, Any]] = {}
    left_out: list[Unmatched] = []
    before = 0
    for number, feature in enumerate(collection["features"], start=1):
        properties = _properties(feature)
        code = _region_of(properties, codes, villages)
        try:
            outline = simplify_outline(feature.get("geometry") if isinstance(feature, dict) else None)
        except NotAnOutlineError:
            left_out.append(Unmatched(number, _label(properties), "outline"))
            continue
        if code is None or code in found:
            left_out.append(Unmatched(number, _label(properties), "twice" if code else "unknown"))
            continue
        before += point_count(feature["geometry"])
        found[code] = outline
    credit = (source or str(collection.get("attribution") or collection.get("name") or ""))[:200]
    digest = hashlib.sha256(content).hexdigest()
    with recording(acting_user.actor, "registry.boundaries.import", reason=f"{credit} sha256:{digest}") as event:
        event.touch_many("registry.region", found)
        _keep(found, credit, clock)
    return _report(found, before, left_out)


def _collection(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_BYTES:
        raise BoundaryFileError("size")
    try:
        collection = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BoundaryFileError("json") from error
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise BoundaryFileError("collection")
    if not collection["features"]:
        raise BoundaryFileError("empty")
    return collection


def _properties(feature: Any) -> dict[str, str]:
    """The properties with small-letter names, as texts."""
    found = feature.get("properties") if isinstance(feature, dict) else None
    pairs = found.items() if isinstance(found, Mapping) else ()
    return {str(key).casefold(): str(value).strip() for key, value in pairs if isinstance(value, str | int)}


def _region_of(properties: Mapping[str, str], codes: frozenset[str], villages: VillageIndex) -> str | None:
    for key in _CODE_KEYS:
        code = _dotted(properties.get(key, ""))
        if code in codes:
            return code
    kecamatan = _first(properties, _KECAMATAN_KEYS)
    village = _first(properties, _VILLAGE_KEYS)
    return villages.find(village, kecamatan).code if village and kecamatan else None


def _dotted(text: str) -> str:
    if not _CODE.fullmatch(text):
        return ""
    digits = text.replace(".", "")
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _first(properties: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((properties[key] for key in keys if properties.get(key)), "")


def _label(properties: Mapping[str, str]) -> str:
    named = [_first(properties, keys) for keys in (_CODE_KEYS, _VILLAGE_KEYS, _KECAMATAN_KEYS)]
    return " ".join(part for part in named if part)[:120]


def _keep(found: dict[str, dict[str, Any]], credit: str, clock: Clock) -> None:
    RegionBoundary.objects.bulk_create(
        [
            RegionBoundary(region_id=code, geometry=outline, source=credit, imported_at=clock.now())
            for code, outline in found.items()
        ],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["geometry", "source", "imported_at"],
    )


def _report(found: dict[str, dict[str, Any]], before: int, left_out: list[Unmatched]) -> BoundaryReport:
    levels = [code.count(".") + 1 for code in found]
    return BoundaryReport(
        matched=len(found),
        by_level={level: levels.count(level) for level in sorted(set(levels))},
        points_before=before,
        points_after=sum(point_count(outline) for outline in found.values()),
        unmatched=tuple(left_out),
    )
