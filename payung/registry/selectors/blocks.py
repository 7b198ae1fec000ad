"""Finding somebody again without their NIK: by blocking keys, one query a kind; only candidates are opened.

For services, not doors: what is told is masked, and neither says who pays for the person nor where they are listed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from payung.kernel.nik import mask
from payung.matching.blocking import KINDS, MOST_CANDIDATES, VERSION, BlockTexts, block_texts
from payung.matching.likeness import REASONS, Facts, is_likely_one_person, names_alike, shared_facts
from payung.registry.blocks import keys_of, texts_of
from payung.registry.models import Worker, WorkerBlocks
from payung.registry.sealed import open_fact
from payung.registry.selectors.workers import current_ids
from payung.store.bulk import among, in_slices
from payung.vault.errors import SealBrokenError

_CLEAR = ("pk", "name")
_COMPARED = (
    *("pk", "public_id", "name", "birth_date", "village_id"),
    *("nik_sealed", "mother_sealed", "phone_sealed"),
)


@dataclass(frozen=True, slots=True)
class LikelyWorker:
    """A registered worker who may be the person asked for: the name, the masked NIK, and the facts they share."""

    id: int
    name: str
    masked_nik: str
    shared: tuple[str, ...]


def likely_workers(people: Sequence[Facts]) -> list[LikelyWorker | None]:
    """For each person the worker who is likeliest the same one, or None: a query a kind, none a person.

    Who is alike to a merged record is told the record that stands for that person now.
    """
    candidates = _candidates(people)
    names = _names_of(set().union(*candidates))
    alike = [
        {worker for worker in found if worker in names and names_alike(person.name, names[worker])}
        for person, found in zip(people, candidates, strict=True)
    ]
    facts = _opened(set().union(*alike))
    likeliest = [
        _likeliest(person, {worker: facts[worker] for worker in found if worker in facts})
        for person, found in zip(people, alike, strict=True)
    ]
    kept = _standing_now({found.id for found in likeliest if found})
    return [replace(found, **kept.get(found.id, {})) if found else None for found in likeliest]


def _standing_now(worker_ids: set[int]) -> dict[int, dict[str, Any]]:
    """Of those that were merged: how the record that stands for the person now is told."""
    now = {old: kept for old, kept in current_ids(list(worker_ids)).items() if old != kept}
    facts = _opened(set(now.values()))
    return {
        old: {"id": kept, "name": facts[kept].name, "masked_nik": mask(facts[kept].nik)} for old, kept in now.items()
    }


def workers_with_wrong_blocks() -> Iterator[UUID]:
    """The workers whose stored keys are not those that their facts give, or who have none; opens everybody's facts."""
    everybody = Worker.objects.order_by("pk").values_list("pk", flat=True)
    for part in in_slices(list(everybody)):
        workers = list(Worker.objects.filter(pk__in=part).only(*_COMPARED))
        stored = WorkerBlocks.objects.filter(pk__in=part, made_by=VERSION).values_list("worker_id", *KINDS)
        kept = {worker: keys for worker, *keys in stored}
        read = [(worker, texts) for worker in workers if (texts := _texts_if_whole(worker)) is not None]
        right = {worker.pk: keys for (worker, _), keys in zip(read, keys_of(text for _, text in read), strict=True)}
        yield from (worker.public_id for worker in workers if kept.get(worker.pk) != list(right.get(worker.pk, ())))


def _texts_if_whole(worker: Worker) -> BlockTexts | None:
    """None where a seal is broken: no keys can be right then, and the check goes on with the others."""
    try:
        return texts_of(worker)
    except SealBrokenError:
        return None


def _candidates(people: Sequence[Facts]) -> list[set[int]]:
    """Who shares a key with each of them; a key that too many share tells nothing and is passed over."""
    keys = keys_of([_texts(person) for person in people])
    found: list[set[int]] = [set() for _ in people]
    for place, kind in enumerate(KINDS):
        seekers: dict[int, list[int]] = {}
        for position, row in enumerate(keys):
            if (key := row[place]) is not None:
                seekers.setdefault(key, []).append(position)
        for key, workers in _sharing(kind, seekers).items():
            for position in seekers[key] if len(workers) <= MOST_CANDIDATES else ():
                found[position].update(workers)
    return found


def _sharing(kind: str, keys: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for part in in_slices(keys):
        rows = among(WorkerBlocks.objects.all(), kind, part).values_list(kind, "worker_id")
        for key, worker in rows:
            found.setdefault(key, []).append(worker)
    return found


def _names_of(worker_ids: set[int]) -> dict[int, str]:
    """The names, which stand in the clear; those of merged records are names of the person, too."""
    found: dict[int, str] = {}
    for part in in_slices(sorted(worker_ids)):
        found.update(Worker.objects.filter(pk__in=part).values_list(*_CLEAR))
    return found


def _opened(worker_ids: set[int]) -> dict[int, Facts]:
    found: dict[int, Facts] = {}
    for part in in_slices(sorted(worker_ids)):
        for pk, public_id, name, born, village, *sealed in Worker.objects.filter(pk__in=part).values_list(*_COMPARED):
            nik, mother, phone = (
                open_fact(cell, fact=fact, public_id=public_id)
                for fact, cell in zip(("nik", "mother", "phone"), sealed, strict=True)
            )
            found[pk] = Facts(nik, name, born, village, mother, phone)
    return found


def _likeliest(person: Facts, found: dict[int, Facts]) -> LikelyWorker | None:
    likely = [
        (-len(shared_facts(person, facts)), pk) for pk, facts in found.items() if is_likely_one_person(person, facts)
    ]
    if not likely:
        return None
    _, pk = min(likely)
    facts = found[pk]
    shared = shared_facts(person, facts)
    return LikelyWorker(pk, facts.name, mask(facts.nik), tuple(fact for fact in REASONS if fact in shared))


def _texts(person: Facts) -> BlockTexts:
    return block_texts(
        nik=person.nik,
        name=person.name,
        birth_date=person.birth_date,
        village_code=person.village_code,
        mother=person.mother,
        phone=person.phone,
    )
