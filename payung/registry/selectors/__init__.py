"""Reading the registry: regions and occupations for everybody, workers for whom they concern."""

from payung.registry.occupations import occupation_named, sector_of
from payung.registry.selectors.regions import (
    boundaries_of,
    kecamatan_of,
    region_at,
    village_at,
    villages_by_kecamatan,
    villages_of,
)
from payung.registry.selectors.search import search_workers
from payung.registry.selectors.workers import (
    KnownWorker,
    current_ids,
    current_worker,
    masked_niks,
    worker_for,
    workers_by_nik_index,
    workers_visible_to,
)

__all__ = [
    "KnownWorker",
    "boundaries_of",
    "current_ids",
    "current_worker",
    "kecamatan_of",
    "masked_niks",
    "occupation_named",
    "region_at",
    "search_workers",
    "sector_of",
    "village_at",
    "villages_by_kecamatan",
    "villages_of",
    "worker_for",
    "workers_by_nik_index",
    "workers_visible_to",
]
