"""Writing the registry: each service is atomic, with its audit inside."""

from payung.registry.services.boundaries import BoundaryReport, import_boundaries
from payung.registry.services.changes import correct_nik, record_death, update_worker
from payung.registry.services.regions import load_occupations, load_regions
from payung.registry.services.registration import NewWorker, register_worker, register_workers
from payung.registry.services.reveal import Purpose, RevealedWorker, reveal_nik, reveal_workers

__all__ = [
    "BoundaryReport",
    "NewWorker",
    "Purpose",
    "RevealedWorker",
    "correct_nik",
    "import_boundaries",
    "load_occupations",
    "load_regions",
    "record_death",
    "register_worker",
    "register_workers",
    "reveal_nik",
    "reveal_workers",
    "update_worker",
]
