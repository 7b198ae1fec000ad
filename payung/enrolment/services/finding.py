"""Whose row it is: by the NIK's blind index, else by our reference where the name agrees, or as typed."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from payung.enrolment.answer_files import GivenRow
from payung.enrolment.models import BpjsBatch, Enrolment
from payung.kernel.public_id import public_id_of
from payung.matching.names import names_agree
from payung.store.bulk import in_slices
from payung.vault.seal import blind_indexes


def find_enrolments(rows: Sequence[GivenRow], batch: BpjsBatch | None) -> dict[int, int]:
    """Give the enrolment of each row that has one, by row number: a query a slice. Of a batch, only its own persons."""
    among = Enrolment.objects.filter(batch_lines__batch=batch) if batch else Enrolment.objects.all()
    found = _typed(rows, among)
    found |= _by_nik([row for row in rows if row.nik and row.row_number not in found], among)
    found |= _by_reference([row for row in rows if row.reference and row.row_number not in found], among)
    return found


def _typed(rows: Iterable[GivenRow], among: QuerySet[Enrolment]) -> dict[int, int]:
    wanted = {row.row_number: row.enrolment_id for row in rows if row.enrolment_id is not None}
    there: set[int] = set()
    for part in in_slices(wanted.values()):
        there.update(among.filter(pk__in=part).values_list("pk", flat=True))
    return {number: pk for number, pk in wanted.items() if pk in there}


def _by_nik(rows: Sequence[GivenRow], among: QuerySet[Enrolment]) -> dict[int, int]:
    """The live way of the person with this NIK, or else the last one that ended."""
    indexes = blind_indexes(row.nik for row in rows)
    ways: dict[bytes, tuple[bool, int]] = {}
    for part in in_slices(indexes):
        people = among.filter(worker__nik_index__in=part, worker__merged_into__isnull=True)
        for index, pk, state in people.values_list("worker__nik_index", "pk", "state"):
            way = (state not in Enrolment.ENDED, pk)
            ways[bytes(index)] = max(way, ways.get(bytes(index), way))
    return {row.row_number: ways[index][1] for row, index in zip(rows, indexes, strict=True) if index in ways}


def _by_reference(rows: Sequence[GivenRow], among: QuerySet[Enrolment]) -> dict[int, int]:
    """The person whose reference we wrote into the list, if the name agrees: rows slip when lists are sorted."""
    wanted = {row.row_number: named for row in rows if (named := public_id_of(row.reference))}
    people: dict[UUID, tuple[int, str]] = {}
    for part in in_slices(set(wanted.values())):
        facts: Any = among.filter(public_id__in=part).values_list("public_id", "pk", "worker__name")
        people |= {named: (pk, name) for named, pk, name in facts}
    return {
        row.row_number: people[wanted[row.row_number]][0]
        for row in rows
        if wanted.get(row.row_number) in people and names_agree(row.name, people[wanted[row.row_number]][1])
    }
