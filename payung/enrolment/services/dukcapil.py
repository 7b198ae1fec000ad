"""Matching with Dukcapil through files: a list goes out, an answer comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.answer_files import read_answer
from payung.enrolment.errors import NothingToDoError, StepNotAllowedError
from payung.enrolment.models import Answer, DukcapilExport, Enrolment
from payung.enrolment.services.answers import Paper, Received, receive
from payung.enrolment.transitions import AT_DUKCAPIL, State, move
from payung.kernel.clock import Clock
from payung.registry.services.reveal import Purpose, reveal_workers
from payung.store.bulk import in_slices
from payung.tabular.writing import ListColumn, write_workbook
from payung.vault.files import keep

_COLUMNS = (
    ListColumn("NO", "integer", 6),
    ListColumn("NIK"),
    ListColumn("NAMA_LENGKAP", width=32),
    ListColumn("TEMPAT_LAHIR"),
    ListColumn("TANGGAL_LAHIR"),
    ListColumn("JENIS_KELAMIN"),
    ListColumn("DESA_KELURAHAN"),
    ListColumn("HASIL"),
    ListColumn("REF", width=38),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that went out, and what is recorded of it."""

    record: DukcapilExport
    content: bytes


@transaction.atomic
def export_for_dukcapil(*, acting_user: Viewer, clock: Clock, enrolment_ids: Sequence[int] | None = None) -> Exported:
    """Write verified persons (all who were not handed over yet, unless named) into a workbook for Dukcapil.

    Dukcapil fills in HASIL: Padan, Tidak padan, Meninggal or Pindah. The file is kept sealed; row count, hash and every
    person opened stand in the record.
    """
    acting_user.require(Permission.ENROLMENT_MATCH)
    rows = _candidates(enrolment_ids)
    with recording(
        acting_user.actor, "enrolment.dukcapil.export", reason=f"{Purpose.PADAN_DUKCAPIL}: {len(rows)} orang"
    ) as event:
        opened = reveal_workers(
            [row.worker for row in rows],
            purpose=Purpose.PADAN_DUKCAPIL,
            note=f"{len(rows)} orang",
            acting_user=acting_user,
        )
        content = write_workbook(
            _COLUMNS,
            (_cells(place, row, each.nik) for place, (row, each) in enumerate(zip(rows, opened, strict=True), start=1)),
        )
        record = DukcapilExport.objects.create(
            file_name=f"dukcapil-{clock.today():%Y%m%d}-{len(rows)}.xlsx",
            file_sha256=keep(content).sha256,
            row_count=len(rows),
            exported_at=clock.now(),
            exported_by=acting_user.actor.id,
        )
        move(
            [row.pk for row in rows],
            State.VERIFIED,
            reason=AT_DUKCAPIL,
            params={row.pk: {"export": str(record.public_id)} for row in rows},
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
        event.touch("enrolment.dukcapil_export", record.public_id, after=bytes.fromhex(record.file_sha256))
    return Exported(record, content)


@transaction.atomic
def import_dukcapil_answer(
    content: bytes, *, file_name: str, acting_user: Viewer, clock: Clock, received_on: date | None = None
) -> Received:
    """Take Dukcapil's answer in: padan goes on, tidak padan waits for mending, meninggal and pindah leave."""
    acting_user.require(Permission.ENROLMENT_MATCH)
    rows = read_answer(content, name=file_name, kind=Answer.Kind.DUKCAPIL)
    return receive(
        Answer.Kind.DUKCAPIL,
        rows,
        Paper(content, file_name),
        acting_user=acting_user,
        clock=clock,
        received_on=received_on,
    )


def _candidates(enrolment_ids: Sequence[int] | None) -> list[Enrolment]:
    waiting = (
        Enrolment.objects.filter(state=State.VERIFIED).select_related("worker").prefetch_related("worker__village")
    )
    if enrolment_ids is None:
        found = list(waiting.exclude(reason=AT_DUKCAPIL).order_by("pk"))
    else:
        found = [row for part in in_slices(sorted(set(enrolment_ids))) for row in waiting.filter(pk__in=part)]
        if len(found) != len(set(enrolment_ids)):
            raise StepNotAllowedError(count=len(set(enrolment_ids)) - len(found), to_state=str(State.MATCHED))
    if not found:
        raise NothingToDoError
    return found


def _cells(number: int, row: Enrolment, nik: str) -> list[str | int]:
    worker = row.worker
    born = worker.birth_date.strftime("%d-%m-%Y")
    place = [worker.birth_place, born, worker.sex, worker.village.name]
    return [number, nik, worker.name, *place, "", str(row.public_id)]
