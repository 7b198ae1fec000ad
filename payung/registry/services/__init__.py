"""Writing the registry: each service is atomic, with its audit inside.

The loaders of regions and occupations stand in `services.regions` alone: their source takes a third of a second to
import, and nobody needs it but the first start.
"""

from payung.registry.services.boundaries import BoundaryReport, import_boundaries
from payung.registry.services.changes import correct_nik, record_death, update_worker
from payung.registry.services.registration import NewWorker, register_worker, register_workers
from payung.registry.services.reveal import Purpose, RevealedWorker, reveal_nik, reveal_workers

__all__ = [
    "BoundaryReport",
    "NewWorker",
    "Purpose",
    "RevealedWorker",
    "correct_nik",
    "import_boundaries",
    "record_death",
    "register_worker",
    "register_workers",
    "reveal_nik",
    "reveal_workers",
    "update_worker",
]
