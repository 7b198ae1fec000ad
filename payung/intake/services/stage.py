"""A received file becomes staged rows, each with its fate. Nothing live changes.

    read_rows (child process) -> column map -> clean_rows -> match_rows -> decide_fates -> staged rows

The steps read the registry by sets: one look-up for all NIKs of the list, one for the months paid by others.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.selectors import covered_until
from payung.intake.checks import (
    CheckContext,
    CheckedRow,
    CleanRow,
    KnownPerson,
    clean_rows,
    count_fates,
    decide_fates,
    niks_of,
)
from payung.intake.errors import WrongStateError
from payung.intake.models import StagedRow, Upload
from payung.intake.sealed import row_fingerprint, row_text, seal_row
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.registry.selectors import occupation_named, villages_of, workers_by_nik_index
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert
from payung.tabular.columns import ColumnMap, RawRow, apply_column_map, propose_column_map
from payung.tabular.reading import read_rows
from payung.tabular.table import Table
from payung.vault import files
from payung.vault.seal import blind_indexes

_OPEN = (Upload.State.RECEIVED, Upload.State.STAGED)
_COLUMNS = (
    *("public_id", "upload_id", "row_number", "fate", "known", "problems", "notes", "cells_sealed", "row_hash"),
    *("nik_index", "name", "birth_date", "sex", "village_id", "occupation_id", "worker_id", "applied_at", "outcome"),
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list read and judged, before it is written down. `column_map` is None for a file that was refused."""

    table: Table
    column_map: ColumnMap | None
    raw_rows: Sequence[RawRow] = ()
    checked: Sequence[CheckedRow] = ()


def stage_upload(upload: Upload, *, acting_user: Viewer, clock: Clock, column_map: ColumnMap | None = None) -> Upload:
    """Read, check, match and stage a received file. `column_map` is one corrected by hand.

    A file that cannot be read is refused with its problems; one whose columns are not all found waits for a hand. A
    list that is staged already is judged anew: the registry may have learnt of people since.
    """
    acting_user.require(Permission.LIST_UPLOAD, sponsor=upload.sponsor.public_id if upload.sponsor else "")
    if upload.state not in _OPEN:
        raise WrongStateError(upload.state)
    prepared = prepare_list(
        files.read(upload.file_sha256),
        file_name=upload.file_name,
        sponsor=upload.sponsor,
        clock=clock,
        column_map=column_map or _kept_map(upload),
    )
    return _write(upload, prepared, acting_user=acting_user)


def prepare_list(
    content: bytes, *, file_name: str, sponsor: Sponsor | None, clock: Clock, column_map: ColumnMap | None = None
) -> Prepared:
    """Do all of staging but the writing: what a list would become today."""
    table = read_rows(content, name=file_name)
    if table.is_refused:
        return Prepared(table, None)
    column_map = column_map or propose_column_map(table)
    if column_map.problems:
        return Prepared(table, column_map)
    raw_rows = apply_column_map(table, column_map)
    context = CheckContext(on=clock.today(), villages=villages_of(settings.PAYUNG_REGENCY))
    cleaned = clean_rows(raw_rows, context=context)
    known = match_rows(cleaned)
    checked = decide_fates(cleaned, context=context, known_by_nik=known, covered_until=_covered(known, sponsor))
    return Prepared(table, column_map, raw_rows, checked)


def match_rows(cleaned: Iterable[CleanRow]) -> dict[str, KnownPerson]:
    """Look all NIKs of a list up in the registry by their blind indexes, and give the known people by NIK."""
    digits = sorted(niks_of(cleaned))
    indexes = blind_indexes(digits)
    found = workers_by_nik_index(indexes)
    return {
        nik: KnownPerson(worker.id, worker.name, worker.birth_date)
        for nik, index in zip(digits, indexes, strict=True)
        if (worker := found.get(index))
    }


def content_hash(rows: Iterable[tuple[int, bytes, str]]) -> bytes:
    """The hash of what is approved: each row's number, content and fate, in their order."""
    digest = hashlib.sha256()
    for number, fingerprint, fate in rows:
        digest.update(f"{number}|{fate}|".encode() + fingerprint)
    return digest.digest()


def _covered(known: dict[str, KnownPerson], sponsor: Sponsor | None) -> dict[int, Month]:
    """Until when other payers protect the known people; the sponsor's own months are no obstacle."""
    if sponsor is None:
        return {}
    others = covered_until([person.worker_id for person in known.values()], other_than_sponsor=sponsor.pk)
    return {worker_id: until.month for worker_id, until in others.items()}


def _kept_map(upload: Upload) -> ColumnMap | None:
    return ColumnMap.from_dict(upload.column_map) if upload.column_map.get("by_hand") else None


@transaction.atomic
def _write(upload: Upload, prepared: Prepared, *, acting_user: Viewer) -> Upload:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("sponsor", "replaces").get(pk=upload.pk)
    if upload.state not in _OPEN:
        raise WrongStateError(upload.state)
    with recording(acting_user.actor, "intake.upload.stage") as event:
        StagedRow.objects.filter(upload=upload).delete()
        rows = list(_staged(upload, prepared))
        bulk_insert(StagedRow, _COLUMNS, rows)
        _describe(upload, prepared, rows)
        upload.save()
        event.touch("intake.upload", upload.public_id, after=bytes(upload.content_hash))
    return upload


def _describe(upload: Upload, prepared: Prepared, rows: list[tuple[Any, ...]]) -> None:
    """Say on the upload what was found: its state, columns, problems and counts."""
    column_map = prepared.column_map
    problems = [*prepared.table.problems, *(column_map.problems if column_map else ())]
    upload.problems = [problem.as_dict() for problem in problems]
    upload.notes = [note.as_dict() for note in prepared.table.notes]
    by_hand = bool(upload.column_map.get("by_hand"))
    upload.column_map = {**column_map.as_dict(), "by_hand": by_hand} if column_map else {}
    upload.counts = count_fates(prepared.checked)
    upload.row_count = len(rows)
    upload.content_hash = content_hash((row[2], row[8], row[3]) for row in rows)
    upload.changed_rows = _changed_rows(upload, rows)
    if prepared.table.is_refused:
        upload.state = Upload.State.REFUSED
    elif rows:
        upload.state = Upload.State.STAGED


def _changed_rows(upload: Upload, rows: list[tuple[Any, ...]]) -> int | None:
    """How many rows of a mended file differ from the file that it replaces; None for a first file."""
    if upload.replaces is None:
        return None
    before = set(upload.replaces.rows.values_list("row_hash", flat=True))
    return sum(bytes(row[8]) not in {bytes(each) for each in before} for row in rows) if before else len(rows)


def _staged(upload: Upload, prepared: Prepared) -> Iterator[tuple[Any, ...]]:
    digits = [row.person.nik.digits if row.person.nik else "" for row in prepared.checked]
    indexes = blind_indexes(digits)
    for raw, row, index in zip(prepared.raw_rows, prepared.checked, indexes, strict=True):
        public_id, text, person = new_public_id(), row_text(raw), row.person
        yield (
            public_id,
            upload.pk,
            row.row,
            row.fate,
            None if row.needs_repair else row.known,
            [problem.as_dict() for problem in row.problems],
            [note.as_dict() for note in row.notes],
            seal_row(text, person, public_id=public_id),
            row_fingerprint(text),
            index if person.nik else None,
            person.name[:250],
            person.birth_date,
            person.sex,
            person.village_code,
            occupation_named(person.occupation),
            row.worker_id,
            None,
            "",
        )
