"""Blocking keys for workers who have none, or have those of an earlier version: after an upgrade, and at night."""

from django.db import transaction

from payung.matching.blocking import VERSION
from payung.registry.blocks import texts_of, write_blocks
from payung.registry.models import Worker, WorkerBlocks
from payung.store.bulk import in_slices

_FACTS = ("pk", "public_id", "name", "birth_date", "village_id", "nik_sealed", "mother_sealed", "phone_sealed")


def write_missing_blocks() -> int:
    """Write the keys of all workers who lack them; return how many. Broken off it goes on where it stopped.

    Each slice is a transaction of its own: others write in between, and no lock lasts longer than a slice.
    """
    current = WorkerBlocks.objects.filter(made_by=VERSION)
    lacking = Worker.objects.exclude(pk__in=current.values("worker_id")).order_by("pk").values_list("pk", flat=True)
    return sum(_write_slice(part) for part in in_slices(list(lacking)))


def write_all_blocks() -> int:
    """Write everybody's keys anew, after the keys of the vault changed; return how many."""
    everybody = Worker.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_write_slice(part) for part in in_slices(list(everybody)))


def _write_slice(worker_ids: list[int]) -> int:
    with transaction.atomic():
        # Locked: whoever changes one of them meanwhile waits, and then writes its keys itself.
        workers = Worker.objects.select_for_update().filter(pk__in=worker_ids).order_by("pk").only(*_FACTS)
        found = list(workers)
        WorkerBlocks.objects.filter(pk__in=[worker.pk for worker in found]).delete()
        write_blocks([worker.pk for worker in found], [texts_of(worker) for worker in found])
    return len(found)
