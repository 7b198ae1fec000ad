"""Registering workers: many at once by one bulk write, one by the same way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.nik import Nik
from payung.kernel.public_id import new_public_ids
from payung.matching.blocking import BlockTexts, block_texts
from payung.matching.names import fold_name
from payung.registry.blocks import write_blocks
from payung.registry.errors import (
    AlreadyRegisteredError,
    UnknownOccupationError,
    UnknownRegionError,
    WorkerDataError,
)
from payung.registry.models import Occupation, Region, Worker
from payung.registry.sealed import sealer_of
from payung.registry.selectors.workers import workers_by_nik_index
from payung.store.bulk import bulk_insert, in_slices, reserve_ids
from payung.vault.seal import blind_indexes

HIGHEST_INCOME_RP = 2_000_000_000
_COLUMNS = (
    *("id", "public_id", "nik_sealed", "nik_index", "nik_birth_date", "name", "name_folded", "birth_place"),
    *("birth_date", "sex", "village_id", "address", "occupation_id", "income_rp", "kk_sealed", "phone_sealed"),
    *("mother_sealed", "desil", "desil_version", "desil_on", "consent_basis", "source", "died_on", "merged_into_id"),
    "recorded_at",
)
_LENGTHS = {"name": 250, "birth_place": 100, "address": 250, "desil_version": 40, "consent_basis": 100}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewWorker:
    """Somebody to be registered. Empty texts and None mean "not known".

    Birth date and sex must agree with the NIK's; where they rightly differ (Dukcapil issued it so) `nik_waiver` says
    why, and stands in the record.
    """

    nik: Nik
    name: str
    birth_date: date
    sex: str
    village_code: str
    birth_place: str = ""
    address: str = ""
    occupation_code: str | None = None
    income_rp: int | None = None
    kk: str = ""
    phone: str = ""
    mother: str = ""
    desil: int | None = None
    desil_version: str = ""
    desil_on: date | None = None
    consent_basis: str = ""
    nik_waiver: str = ""


@transaction.atomic
def register_workers(rows: Sequence[NewWorker], *, acting_user: Viewer, clock: Clock, source: str) -> list[int]:
    """Register people who are not registered yet, in one piece; give their ids in the order of the rows.

    Who may approve a list may register its people. Raises, with nothing written, `AlreadyRegisteredError`,
    `UnknownRegionError`, `UnknownOccupationError` or `WorkerDataError`: lists are checked before they come here.
    """
    if not acting_user.may(Permission.LIST_APPROVE):
        acting_user.require(Permission.WORKER_WRITE)
    for position, row in enumerate(rows):
        _check(row, position, clock.today())
    _check_places({row.village_code for row in rows}, {row.occupation_code for row in rows if row.occupation_code})
    written: list[int] = []
    with recording(acting_user.actor, "registry.workers.register", reason=source) as event:
        for part in in_slices(rows):
            indexes = _free_indexes(part, len(written))
            ids = reserve_ids(Worker, len(part))
            names = new_public_ids(len(part))
            bulk_insert(Worker, _COLUMNS, _cells(part, ids, names, indexes, clock, source))
            write_blocks(ids, [_texts(row) for row in part])
            event.touch_many("registry.worker", names)
            for row, public_id in zip(part, names, strict=True):
                if row.nik_waiver:
                    event.touch("registry.worker.nik_waiver", public_id)
            written.extend(ids)
    return written


@transaction.atomic
def register_worker(row: NewWorker, *, acting_user: Viewer, clock: Clock, source: str) -> Worker:
    """Register one person, by an officer who may write in their village."""
    acting_user.require(Permission.WORKER_WRITE, village=row.village_code)
    (worker_id,) = register_workers([row], acting_user=acting_user, clock=clock, source=source)
    return Worker.objects.get(pk=worker_id)


def _free_indexes(part: Sequence[NewWorker], offset: int) -> list[bytes]:
    """The rows' blind indexes; refused if one of them stands twice here or in the registry."""
    indexes = blind_indexes(row.nik.digits for row in part)
    taken = set(workers_by_nik_index(indexes))
    again: list[int] = []
    for position, index in enumerate(indexes):
        if index in taken:
            again.append(offset + position)
        taken.add(index)
    if again:
        raise AlreadyRegisteredError(again)
    return indexes


def _cells(
    part: Sequence[NewWorker], ids: Sequence[int], names: list[UUID], indexes: list[bytes], clock: Clock, source: str
) -> Iterator[tuple[Any, ...]]:
    today, now = clock.today(), clock.now()
    nik, kk, phone, mother = (sealer_of(fact) for fact in ("nik", "kk", "phone", "mother"))
    for row, worker_id, public_id, index in zip(part, ids, names, indexes, strict=True):
        yield (
            worker_id,
            public_id,
            nik(row.nik.digits, public_id),
            index,
            row.nik.birth_date(today),
            row.name,
            fold_name(row.name),
            row.birth_place,
            row.birth_date,
            row.sex,
            row.village_code,
            row.address,
            row.occupation_code,
            row.income_rp,
            kk(row.kk, public_id),
            phone(row.phone, public_id),
            mother(row.mother, public_id),
            row.desil,
            row.desil_version,
            row.desil_on,
            row.consent_basis,
            source,
            None,
            None,
            now,
        )


def _texts(row: NewWorker) -> BlockTexts:
    return block_texts(
        nik=row.nik.digits,
        name=row.name,
        birth_date=row.birth_date,
        village_code=row.village_code,
        mother=row.mother,
        phone=row.phone,
    )


def _check(row: NewWorker, position: int, today: date) -> None:
    for field, longest in _LENGTHS.items():
        if len(getattr(row, field)) > longest:
            raise WorkerDataError(field, "length", position=position)
    if not row.name.strip():
        raise WorkerDataError("name", "missing", position=position)
    if row.birth_date > today:
        raise WorkerDataError("birth_date", "future", position=position)
    if row.income_rp is not None and not 0 <= row.income_rp <= HIGHEST_INCOME_RP:
        raise WorkerDataError("income", "range", position=position)
    if not row.nik_waiver:
        check_agrees_with_nik(row.nik, row.birth_date, row.sex, position=position)


def check_agrees_with_nik(nik: Nik, birth_date: date, sex: str, *, position: int = 0) -> None:
    """Raise `WorkerDataError` where birth date or sex are not those that the NIK holds; the century is not in it."""
    day = birth_date.day + (40 if nik.sex == "P" else 0)
    if nik.digits[6:12] != f"{day:02d}{birth_date.month:02d}{birth_date.year % 100:02d}":
        raise WorkerDataError("birth_date", "nik", position=position)
    if nik.sex != sex:
        raise WorkerDataError("sex", "nik", position=position)


def _check_places(villages: set[str], occupations: set[str]) -> None:
    check_villages(villages)
    known = set(Occupation.objects.filter(pk__in=occupations).values_list("pk", flat=True))
    if occupations - known:
        raise UnknownOccupationError(occupations - known)


def check_villages(codes: set[str]) -> None:
    """Raise `UnknownRegionError` unless each code is a desa's or kelurahan's."""
    known = set(Region.objects.filter(pk__in=codes, level=4).values_list("pk", flat=True))
    if codes - known:
        raise UnknownRegionError(codes - known)
