"""Blocking keys: the texts of `matching.blocking`, hashed with a key of the vault, as they stand in `WorkerBlocks`."""

from collections.abc import Iterable, Sequence
from typing import Final

from payung.matching.blocking import KINDS, VERSION, BlockTexts, block_texts
from payung.registry.models import Worker, WorkerBlocks
from payung.registry.sealed import open_fact
from payung.store.bulk import bulk_insert
from payung.vault.seal import blind_numbers

COLUMNS: Final = ("worker_id", *KINDS, "made_by")
Keys = tuple[int | None, ...]


def keys_of(texts: Iterable[BlockTexts]) -> list[Keys]:
    """The keys of many records, in the order of `KINDS`; None where a record has no such text."""
    columns = zip(*texts, strict=True)
    # The kind is part of what is hashed: a date and a village never meet a date and a name.
    hashed = [
        blind_numbers((f"{kind}|{text}" if text else "" for text in column), purpose="block")
        for kind, column in zip(KINDS, columns, strict=False)
    ]
    return list(zip(*hashed, strict=True))


def texts_of(worker: Worker) -> BlockTexts:
    """The texts of a registered worker: opens its NIK, mother and telephone."""
    return block_texts(
        nik=open_fact(worker.nik_sealed, fact="nik", public_id=worker.public_id),
        name=worker.name,
        birth_date=worker.birth_date,
        village_code=worker.village_id,
        mother=open_fact(worker.mother_sealed, fact="mother", public_id=worker.public_id),
        phone=open_fact(worker.phone_sealed, fact="phone", public_id=worker.public_id),
    )


def write_blocks(worker_ids: Sequence[int], texts: Sequence[BlockTexts]) -> None:
    """Write the keys of workers who have none yet, inside the caller's transaction."""
    keys = keys_of(texts)
    rows = ((worker_id, *each, VERSION) for worker_id, each in zip(worker_ids, keys, strict=True))
    bulk_insert(WorkerBlocks, COLUMNS, rows)


def rewrite_blocks(worker: Worker) -> None:
    """Write a changed worker's keys anew, inside the caller's transaction."""
    (keys,) = keys_of([texts_of(worker)])
    WorkerBlocks.objects.update_or_create(
        worker=worker, defaults={**dict(zip(KINDS, keys, strict=True)), "made_by": VERSION}
    )
