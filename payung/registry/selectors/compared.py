"""Everybody's facts, opened, for comparing the whole registry with itself within this process.

For that one service, not for doors: what is told here stays in memory, and no line of it names a worker but its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from payung.registry.models import Region, Worker
from payung.registry.sealed import COLUMNS, open_fact
from payung.store.bulk import in_slices
from payung.vault.errors import SealBrokenError

COMPARED: Final = ("nik", "name", "birth_date", "sex", "village", "kecamatan", "mother_name", "phone")
_SEALED: Final = ("nik", "mother", "phone")
_ROW: Final = ("public_id", "name", "birth_date", "sex", "village_id", *(COLUMNS[fact] for fact in _SEALED))
Facts = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ComparedSlice:
    """Some workers in order: who they are, what is compared of them (as `COMPARED`), and how many seals are broken."""

    public_ids: Sequence[UUID]
    facts: Sequence[Facts]
    broken: int


def compared_slices() -> Iterator[ComparedSlice]:
    """All live workers, slice by slice. A fact whose seal is broken counts as unknown: the rest is still compared."""
    living = Worker.objects.filter(merged_into__isnull=True).order_by("pk")
    villages = _villages()
    for part in in_slices(list(living.values_list("pk", flat=True))):
        rows = list(Worker.objects.filter(pk__in=part, merged_into__isnull=True).order_by("pk").values_list(*_ROW))
        opened = [_opened(public_id, sealed) for public_id, _, _, _, _, *sealed in rows]
        facts = [
            (nik, name, born.isoformat(), sex, *villages.get(village, (None, None)), mother, phone)
            for (_, name, born, sex, village, *_), (nik, mother, phone) in zip(rows, opened, strict=True)
        ]
        broken = sum(fact is None for each in opened for fact in each)
        yield ComparedSlice([row[0] for row in rows], [tuple(fact or None for fact in row) for row in facts], broken)


def _villages() -> dict[str, tuple[str, str]]:
    """The names of the villages that workers live in, each with its kecamatan's. One query."""
    lived_in = Region.objects.filter(pk__in=Worker.objects.values("village_id"))
    return {code: (name, within) for code, name, within in lived_in.values_list("pk", "name", "parent__name")}


def _opened(public_id: UUID, sealed: Sequence[bytes | memoryview | None]) -> list[str | None]:
    """The sealed facts of one worker: empty where unknown, None where the seal is broken."""
    return [_fact(cell, fact, public_id) for fact, cell in zip(_SEALED, sealed, strict=True)]


def _fact(cell: bytes | memoryview | None, fact: str, public_id: UUID) -> str | None:
    try:
        return open_fact(cell, fact=fact, public_id=public_id)
    except SealBrokenError:
        return None
