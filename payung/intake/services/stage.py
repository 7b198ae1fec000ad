"""A received file becomes staged rows, each with its fate. Nothing live changes.

    read_rows (child process) -> column map -> clean_rows -> match_rows -> decide_fates -> note_likely_people -> rows

The steps read the registry by sets: one look-up for all NIKs of the list, one for the months paid by others.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.selectors import covered_until
from payung.intake.checks import (
    CheckedRow,
    CleanRow,
    Columns,
    KnownPerson,
    clean_rows,
    count_fates,
    decide_fates,
    niks_of,
)
from payung.intake.errors import WrongStateError
from payung.intake.faults import grouped_faults
from payung.intake.models import StagedRow, Upload
from payung.intake.own_people import tell_people_of_other_villages
from payung.intake.reach import require_list
from payung.intake.same import rows_hash
from payung.intake.sealed import row_fingerprint, row_sealer, row_text, seal_samples
from payung.intake.selectors.remembered import Remembered, recall_columns, remembered_columns
from payung.intake.services.likeness import note_likely_people
from payung.intake.services.repeat import close_repeated, earlier_same, hold_open_lists
from payung.intake.services.surroundings import context_for, ground_missing, known_employees, terms_broken
from payung.intake.whole import list_notes, note_near_twins
from payung.intake.worker_codes import people_rows
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.kernel.public_id import new_public_ids
from payung.registry.models import Region
from payung.registry.selectors import occupation_named, villages_of, workers_by_nik_index
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert, in_slices
from payung.tabular.asking import QUESTIONS, questions_of_rows, read_asking
from payung.tabular.columns import ColumnMap, RawRow, propose_column_map
from payung.tabular.reading import read_rows
from payung.tabular.registers import with_village
from payung.tabular.table import NO_CHOICES, Choices, Table
from payung.vault import files
from payung.vault.seal import blind_indexes

# What a row is known by in the hash of its list: its number, the keyed hash of its content, its fate.
Mark = tuple[int, bytes, str]
# Told how many rows are done, and of how many where that is known.
Report = Callable[[int, int | None], None]
_MENDED = (Upload.State.RECEIVED, Upload.State.STAGED, Upload.State.SUBMITTED, Upload.State.REFUSED)
_OPEN = (Upload.State.RECEIVED, Upload.State.STAGED)
_ANSWERED_HERE = QUESTIONS | {"file:column-missing", "file:heading-twice"}
_COLUMNS = (
    *("public_id", "upload_id", "row_number", "fate", "known", "problems", "notes", "cells_sealed", "row_hash"),
    *("nik_index", "name", "birth_date", "sex", "village_id", "occupation_id", "worker_id"),
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list read and judged, before it is written down. `column_map` is None for a file that was refused.

    `raw_rows` are made anew for each walk through them: a long list holds only what was read of its people.
    """

    table: Table
    column_map: ColumnMap | None
    raw_rows: Iterable[RawRow] = ()
    checked: Sequence[CheckedRow] = ()
    questions: Sequence[Problem] = ()
    choices: Choices = NO_CHOICES
    notes: Sequence[Problem] = ()


def stage_upload(
    upload: Upload,
    *,
    acting_user: Viewer,
    clock: Clock,
    column_map: ColumnMap | None = None,
    report: Report | None = None,
) -> Upload:
    """Read, check, match and stage a received file. `column_map` is one corrected by hand; `report` hears of progress.

    A file that cannot be read is refused with its problems; one whose columns are not all found waits for a hand. A
    list that is staged already is judged anew: the registry may have learnt of people since.
    """
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    if upload.state not in _OPEN:
        raise WrongStateError(upload.state)
    prepared = prepare_list(
        files.read(upload.file_sha256),
        file_name=upload.file_name,
        sponsor=upload.sponsor,
        village=upload.village,
        legal_basis=upload.legal_basis,
        clock=clock,
        column_map=column_map or _kept_map(upload),
        corrections=_corrections(upload.replaces),
        remembered=remembered_columns(upload),
        choices=_choices(upload),
        report=report,
    )
    by_hand = column_map is not None or bool(upload.column_map.get("by_hand"))
    return _write(upload, prepared, by_hand=by_hand, acting_user=acting_user, clock=clock, report=report or _silent)


@transaction.atomic
def keep_column_map(upload: Upload, column_map: ColumnMap, *, acting_user: Viewer) -> Upload:
    """Keep what somebody said of the columns; the list is then to be staged anew."""
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    upload = _locked(upload)
    if upload.state not in _OPEN:
        raise WrongStateError(upload.state)
    with recording(acting_user.actor, "intake.upload.columns") as event:
        upload.column_map = {**column_map.as_dict(), "by_hand": True}
        upload.save(update_fields=["column_map"])
        event.touch("intake.upload", upload.public_id)
    return upload


def prepare_list(
    content: bytes,
    *,
    file_name: str,
    sponsor: Sponsor | None,
    clock: Clock,
    village: Region | None = None,
    legal_basis: str = "",
    column_map: ColumnMap | None = None,
    corrections: Mapping[str, str | None] | None = None,
    remembered: Remembered | None = None,
    choices: Choices = NO_CHOICES,
    report: Report | None = None,
) -> Prepared:
    """Do all of staging but the writing: what a list would become today.

    `corrections` give columns by their heading the fields that somebody gave them in an earlier file; `remembered`
    holds by form the columns of earlier lists; `choices` are the answers to what had to be asked of this file.
    """
    asked = read_asking(lambda chosen: read_rows(content, name=file_name, choices=chosen), choices)
    table, choices = asked.table, asked.choices
    if table.is_refused:
        return Prepared(table, None, choices=choices)
    column_map = column_map or _corrected(
        recall_columns(_proposed(table, choices), remembered or {}), corrections or {}
    )
    if ungrounded := ground_missing(sponsor, legal_basis, column_map):
        return Prepared(table, column_map, questions=ungrounded, choices=choices)
    questions = asked.questions or questions_of_rows(table, column_map, choices)
    if questions or _blocking(column_map):
        return Prepared(table, column_map, questions=questions, choices=choices)
    if report:
        report(0, column_map.last_row - column_map.first_row + 1 - len(column_map.skipped))
    column_map = with_village(column_map, choices.village)
    raw_rows, of_codes = people_rows(table, column_map, sponsor)
    columns = Columns.of(raw_rows.only(*Columns.FIELDS))
    villages = villages_of(settings.PAYUNG_REGENCY)
    context = context_for(sponsor, on=clock.today(), villages=villages)
    cleaned = clean_rows(raw_rows, context=context, columns=columns)
    for row in cleaned if of_codes else ():
        row.problems.extend(of_codes.get(row.row, ()))
    if village is not None:
        tell_people_of_other_villages(cleaned, village_code=village.pk, names=villages.names)
    note_near_twins(cleaned)
    known = match_rows(cleaned)
    checked = decide_fates(cleaned, context=context, known_by_nik=known, covered_until=_covered(known, sponsor))
    checked = note_likely_people(checked)
    notes = list_notes(raw_rows, cleaned, columns.order)
    return Prepared(table, column_map, raw_rows, checked, choices=choices, notes=notes)


def match_rows(cleaned: Iterable[CleanRow]) -> dict[str, KnownPerson]:
    """Look all NIKs of a list up in the registry by their blind indexes, and give the known people by NIK."""
    digits = sorted(niks_of(cleaned))
    indexes = blind_indexes(digits)
    found = workers_by_nik_index(indexes)
    employees = known_employees([worker.id for worker in found.values()])
    return {
        nik: KnownPerson(worker.id, worker.name, worker.birth_date, worker.died_on, worker.id in employees)
        for nik, index in zip(digits, indexes, strict=True)
        if (worker := found.get(index))
    }


def content_hash(rows: Iterable[Mark]) -> bytes:
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


def _proposed(table: Table, choices: Choices) -> ColumnMap:
    return propose_column_map(table, header_row=int(choices.header) if choices.header.isdecimal() else 0)


def _kept_map(upload: Upload) -> ColumnMap | None:
    return ColumnMap.from_dict(upload.column_map) if upload.column_map.get("by_hand") else None


def _choices(upload: Upload) -> Choices:
    """What was answered of this file, or of the file that it mends: a sender need not say it twice."""
    earlier = (upload.replaces.choices or {}) if upload.replaces is not None else {}
    kept = {name: earlier.get(name) for name in ("sheet", "hidden", "village")}
    return Choices.from_dict({**kept, **(upload.choices or {})})


def _corrections(earlier: Upload | None) -> dict[str, str | None]:
    """What somebody said of the columns of the file that this one mends: it holds for the same headings."""
    if earlier is None or not earlier.column_map.get("by_hand"):
        return {}
    return {each["heading"]: each["field"] for each in earlier.column_map["columns"] if each["heading"]}


def _corrected(column_map: ColumnMap, corrections: Mapping[str, str | None]) -> ColumnMap:
    for column in column_map.columns:
        if column.heading in corrections and corrections[column.heading] != column.field:
            column_map = column_map.with_field(column.index, corrections[column.heading])
    return column_map


def _blocking(column_map: ColumnMap) -> list[Problem]:
    """What keeps a list from being read; its notes are merely told."""
    return [problem for problem in column_map.problems if problem.code.startswith("file:")]


def _silent(_done: int, _total: int | None) -> None:
    """Nobody waits for the figures."""


@transaction.atomic
def _write(
    upload: Upload, prepared: Prepared, *, by_hand: bool, acting_user: Viewer, clock: Clock, report: Report
) -> Upload:
    hold_open_lists(upload)
    upload = _locked(upload)
    if upload.state not in _OPEN:
        raise WrongStateError(upload.state)
    upload.rows_hash = rows_hash(prepared.raw_rows, prepared.checked)
    if earlier := earlier_same(upload):
        return close_repeated(upload, earlier, acting_user=acting_user)
    with recording(acting_user.actor, "intake.upload.stage") as event:
        StagedRow.objects.filter(upload=upload).delete()
        rows: list[Mark] = []
        bulk_insert(StagedRow, _COLUMNS, _marked(_staged(upload, prepared, report), rows))
        _describe(upload, prepared, rows, by_hand=by_hand, on=clock.today())
        upload.save()
        if rows and not upload.problems and upload.replaces is not None and _close_replaced(upload.replaces):
            event.touch("intake.upload", upload.replaces.public_id)
        event.touch("intake.upload", upload.public_id, after=bytes(upload.content_hash))
    return upload


def _locked(upload: Upload) -> Upload:
    related = ("sponsor", "pledge__sponsor", "village", "replaces")
    return Upload.objects.select_for_update(of=("self",)).select_related(*related).get(pk=upload.pk)


def _describe(upload: Upload, prepared: Prepared, rows: Sequence[Mark], *, by_hand: bool, on: date) -> None:
    """Say on the upload what was found: its state, columns, problems, notes and counts."""
    table, column_map = prepared.table, prepared.column_map
    of_columns = column_map.problems if column_map else ()
    terms = terms_broken(upload, prepared.checked, on=on) if rows else []
    problems = [*table.problems, *prepared.questions, *(_blocking(column_map) if column_map else ()), *terms]
    upload.problems = [problem.as_dict() for problem in problems]
    notes = (*table.notes, *of_columns, *prepared.notes)
    upload.notes = [note.as_dict() for note in notes if note.code.startswith("note:")]
    upload.column_map = {**column_map.as_dict(), "by_hand": by_hand} if column_map else {}
    upload.choices = prepared.choices.as_dict()
    upload.counts = count_fates(prepared.checked)
    faulty = (problem for row in prepared.checked if row.needs_repair for problem in row.problems)
    upload.faults = [group.as_dict() for group in grouped_faults(faulty)]
    _keep_samples(upload, column_map)
    upload.row_count = len(rows)
    upload.content_hash = content_hash(rows)
    upload.changed_rows = _changed_rows(upload, rows)
    upload.doubles_reason = ""
    upload.state = _state_of(problems, rows)


def _keep_samples(upload: Upload, column_map: ColumnMap | None) -> None:
    """Keep a few values of each column, sealed; a map put right by hand brings none, and those from before hold."""
    samples = {each.index: each.samples for each in column_map.columns if each.samples} if column_map else {}
    if samples:
        upload.samples_sealed = seal_samples(samples, public_id=upload.public_id)


def _state_of(problems: Sequence[Problem], rows: Sequence[Mark]) -> Upload.State:
    """Staged with rows, unless its terms are broken; what can be shown or answered waits; the rest is refused."""
    if rows:
        return Upload.State.REFUSED if problems else Upload.State.STAGED
    is_mendable = all(problem.code in _ANSWERED_HERE for problem in problems)
    return Upload.State.RECEIVED if is_mendable else Upload.State.REFUSED


def _close_replaced(upload: Upload) -> bool:
    """Close the list that a mended file takes the place of; say whether that changed anything.

    An applied list stays applied: the mended file then adds only the rows that were still open.
    """
    current = Upload.objects.filter(pk=upload.pk, state__in=_MENDED)
    return bool(current.update(state=Upload.State.REPLACED))


def _changed_rows(upload: Upload, rows: Sequence[Mark]) -> int | None:
    """How many rows of a mended file differ from the file that it replaces; None for a first file."""
    if upload.replaces is None:
        return None
    before = {bytes(each) for each in upload.replaces.rows.values_list("row_hash", flat=True)}
    return sum(fingerprint not in before for _, fingerprint, _ in rows)


def _marked(staged: Iterable[tuple[Any, ...]], marks: list[Mark]) -> Iterator[tuple[Any, ...]]:
    """Pass the rows on and keep of each what the list is known by: all of 100,000 at once would be 200 MB."""
    for row in staged:
        marks.append((row[2], row[8], row[3]))
        yield row


def _staged(upload: Upload, prepared: Prepared, report: Report) -> Iterator[tuple[Any, ...]]:
    seal_row, total = row_sealer(), len(prepared.checked)
    rows = enumerate(zip(prepared.raw_rows, prepared.checked, strict=True), start=1)
    for part in in_slices(rows):
        public_ids = new_public_ids(len(part))
        indexes = blind_indexes(row.person.nik.digits if row.person.nik else "" for _, (_, row) in part)
        for (done, (raw, row)), public_id, index in zip(part, public_ids, indexes, strict=True):
            report(done, total)
            text, person = row_text(raw), row.person
            yield (
                public_id,
                upload.pk,
                row.row,
                row.fate,
                None if row.needs_repair else row.known,
                [problem.as_dict() for problem in row.problems],
                [note.as_dict() for note in row.notes],
                seal_row(text, person, public_id),
                row_fingerprint(text),
                index if person.nik else None,
                person.name[:250],
                person.birth_date,
                person.sex,
                person.village_code,
                occupation_named(person.occupation),
                row.worker_id,
            )
