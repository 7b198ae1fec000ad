"""Somebody new who has the name and the birth date of somebody known, under a NIK a slip of the keys away.

The list goes in as it is (nobody repairs a NIK by guessing), and the two records wait for a person. This is a rule, not
a model: it needs no engine, and costs two queries a slice of 5,000.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db import transaction

from payung.access.viewer import Viewer
from payung.kernel.clock import Clock
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.models import Worker, WorkerBlocks
from payung.registry.sealed import open_fact
from payung.registry.services.pairs import Suspected, suspect_pairs
from payung.store.bulk import among, in_slices

RULE: Final = "rule near-nik 1"
# Where the rule's pairs stand in the queue among those of a model; nobody measured it, and no page shows it as a share.
PLACE_PPM: Final = 900_000
_Record: TypeAlias = tuple[int, UUID, Any]  # id, public id, sealed NIK
_COLUMNS = ("pk", "public_id", "nik_sealed", "name_folded", "birth_date")


@transaction.atomic
def suspect_near_niks(worker_ids: Iterable[int], *, source: str, acting_user: Viewer, clock: Clock) -> Suspected:
    """Compare workers who were just registered with everybody of their name and birth date; let what is near wait.

    Near is one digit of sixteen, or two neighbours swapped. Titles and short forms of a name are folded away first.
    """
    pairs = [pair for part in in_slices(worker_ids) for pair in _near_pairs(part)]
    return suspect_pairs(pairs, source=source, acting_user=acting_user, clock=clock)


def is_near(one: str, other: str) -> bool:
    """Say whether two NIKs are one slip of the keys apart; the same NIK is not near, it is the same."""
    differing = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return one[first] == other[second] and one[second] == other[first]


def _near_pairs(new_ids: Sequence[int]) -> Iterator[Pair]:
    new = set(new_ids)
    alike: dict[tuple[str, date], list[_Record]] = defaultdict(list)
    # Merged records, too: near to one of them waits as a pair with the record that stands for the person now.
    for part in in_slices(sorted(_perhaps_alike(new_ids))):
        found = among(Worker.objects.all(), "id", part)
        for pk, public_id, sealed, name, born in found.order_by("pk").values_list(*_COLUMNS):
            alike[name, born].append((pk, public_id, sealed))
    for records in alike.values():
        if any(pk in new for pk, _, _ in records):
            yield from _compared(records, new)


def _perhaps_alike(new_ids: Sequence[int]) -> set[int]:
    """Whoever shares the blocking key of birth date and telling word with one of them: all of one name and day do.

    Asked by names, a registry of few names would be read from end to end for each slice of new people.
    """
    keys = among(WorkerBlocks.objects.all(), "worker_id", new_ids).values_list("birth_name", flat=True)
    sharing: dict[int | None, list[int]] = defaultdict(list)
    wanted = {key for key in keys if key is not None}
    for key, worker in among(WorkerBlocks.objects.all(), "birth_name", wanted).values_list("birth_name", "worker_id"):
        sharing[key].append(worker)
    return {worker for workers in sharing.values() if len(workers) > 1 for worker in workers}


def _compared(records: list[_Record], new: set[int]) -> Iterator[Pair]:
    """Only people of one name and one day are opened: mostly nobody."""
    if len(records) < 2:
        return
    niks = {pk: open_fact(sealed, fact="nik", public_id=public_id) for pk, public_id, sealed in records}
    for place, (pk, public_id, _) in enumerate(records):
        for other, other_public_id, _ in records[place + 1 :]:
            if (pk in new or other in new) and is_near(niks[pk], niks[other]):
                evidence = (Evidence("name", "same", None, None, 0), Evidence("nik", "one slip", None, None, 0))
                yield Pair(str(public_id), str(other_public_id), PLACE_PPM, Band.REVIEW, evidence, RULE)
