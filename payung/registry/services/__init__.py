"""Writing the registry: each service is atomic, with its audit inside.

The loaders of regions and occupations stand in `services.regions` alone: their source takes a third of a second to
import, and nobody needs it but the first start.
"""

from payung.registry.services.boundaries import BoundaryReport, import_boundaries
from payung.registry.services.changes import correct_nik, record_death, update_worker
from payung.registry.services.decisions import decide_pair, save_draft
from payung.registry.services.linking import set_auto_linking
from payung.registry.services.merging import check_mergeable, lock_records, merge_workers, unmerge_workers
from payung.registry.services.nearness import suspect_near_niks
from payung.registry.services.pairs import Suspected, suspect_pairs
from payung.registry.services.registration import NewWorker, register_worker, register_workers
from payung.registry.services.reveal import Purpose, RevealedWorker, reveal_nik, reveal_workers

__all__ = [
    "BoundaryReport",
    "NewWorker",
    "Purpose",
    "RevealedWorker",
    "Suspected",
    "check_mergeable",
    "correct_nik",
    "decide_pair",
    "import_boundaries",
    "lock_records",
    "merge_workers",
    "record_death",
    "register_worker",
    "register_workers",
    "reveal_nik",
    "reveal_workers",
    "save_draft",
    "set_auto_linking",
    "suspect_near_niks",
    "suspect_pairs",
    "unmerge_workers",
    "update_worker",
]
