"""BPJS: the check before determination, the batch that goes out, the two answers, their differences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.answer_files import GivenRow, check_typed, read_answer
from payung.enrolment.bpjs_columns import BatchRow, checked, columns_of, sheet_columns, sheet_row
from payung.enrolment.errors import DifferenceResolvedError, NoPledgeError, NothingToDoError, StepNotAllowedError
from payung.enrolment.models import (
    Answer,
    AnswerRow,
    BpjsBatch,
    BpjsBatchLine,
    BpjsColumnMap,
    BpjsDifference,
    Enrolment,
    Wadah,
)
from payung.enrolment.services.answers import Judged, Paper, PayOrder, Received, apply_rows, receive
from payung.enrolment.services.judging import judge
from payung.enrolment.transitions import State, locked, move
from payung.kernel.clock import Clock
from payung.registry.services.reveal import Purpose, reveal_workers
from payung.store.bulk import bulk_insert
from payung.tabular.writing import write_workbook
from payung.vault.files import keep

Kind = Answer.Kind


@dataclass(frozen=True, slots=True)
class ExportedBatch:
    """A spreadsheet for BPJS, and the batch that is recorded of it."""

    batch: BpjsBatch
    content: bytes


@transaction.atomic
def record_bpjs_check(
    rows: Sequence[GivenRow] | None = None,
    *,
    paper: Paper,
    acting_user: Viewer,
    clock: Clock,
    received_on: date | None = None,
) -> Received:
    """Write down what BPJS says of matched persons before they are determined: its file, or typed from a letter."""
    acting_user.require(Permission.ENROLMENT_MATCH)
    return _taken(Kind.BPJS_CHECK, rows, paper, acting_user=acting_user, clock=clock, received_on=received_on)


@transaction.atomic
def export_batch_for_bpjs(
    wadah: Wadah, *, acting_user: Viewer, clock: Clock, enrolment_ids: Sequence[int] | None = None
) -> ExportedBatch:
    """Write the registered persons of a wadah (all, unless named) into BPJS's spreadsheet and send them on their way.

    Columns are those of the wadah's branch. The file is kept sealed; its hash and every person opened are recorded.
    """
    acting_user.require(Permission.BPJS_SEND)
    rows = _registered(wadah, enrolment_ids)
    columns = columns_of(wadah.branch)
    today = clock.today()
    with recording(
        acting_user.actor, "enrolment.bpjs.export", reason=f"{Purpose.PENDAFTARAN_BPJS}: wadah {wadah.number}"
    ) as event:
        opened = reveal_workers(
            [row.worker for row in rows],
            purpose=Purpose.PENDAFTARAN_BPJS,
            note=f"wadah {wadah.number}",
            acting_user=acting_user,
        )
        people = (
            BatchRow(place, row, each) for place, (row, each) in enumerate(zip(rows, opened, strict=True), start=1)
        )
        content = write_workbook(sheet_columns(columns), (sheet_row(columns, person) for person in people))
        Wadah.objects.select_for_update().get(pk=wadah.pk)  # two batches of one day take two numbers
        place = BpjsBatch.objects.filter(wadah=wadah, made_on=today).count() + 1
        batch = BpjsBatch.objects.create(
            number=f"{wadah.number}/{today:%Y%m%d}/{place}",
            wadah=wadah,
            file_name=f"bpjs-{wadah.number}-{today:%Y%m%d}-{place}.xlsx",
            file_sha256=keep(content).sha256,
            columns=[column.as_dict() for column in columns],
            row_count=len(rows),
            made_on=today,
            made_at=clock.now(),
            made_by=acting_user.actor.id,
        )
        lines = ((batch.pk, row.pk, number) for number, row in enumerate(rows, start=1))
        bulk_insert(BpjsBatchLine, ("batch_id", "enrolment_id", "position"), lines)
        move(
            [row.pk for row in rows],
            State.SENT,
            params={row.pk: {"batch": batch.number} for row in rows},
            effective_on=today,
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
        event.touch("enrolment.bpjs_batch", batch.public_id, after=bytes.fromhex(batch.file_sha256))
    return ExportedBatch(batch, content)


@transaction.atomic
def import_acceptance(
    batch: BpjsBatch,
    rows: Sequence[GivenRow] | None = None,
    *,
    paper: Paper,
    acting_user: Viewer,
    clock: Clock,
    pay_order: PayOrder | None = None,
    received_on: date | None = None,
) -> Received:
    """Take BPJS's first answer to a batch: who is accepted, who is rejected and why, the pay code and its amount.

    Rows come from the paper itself, or typed in from the letter that it is. The pay code goes on to `contributions`.
    """
    acting_user.require(Permission.BPJS_ANSWER)
    return _taken(
        Kind.BPJS_ACCEPTANCE,
        rows,
        paper,
        batch=batch,
        pay_order=pay_order,
        acting_user=acting_user,
        clock=clock,
        received_on=received_on,
    )


@transaction.atomic
def import_activation(
    rows: Sequence[GivenRow] | None = None,
    *,
    paper: Paper,
    acting_user: Viewer,
    clock: Clock,
    batch: BpjsBatch | None = None,
    received_on: date | None = None,
) -> Received:
    """Take BPJS's answer after payment: KPJ, start and paid-through. The start is BPJS's, never derived."""
    acting_user.require(Permission.BPJS_ANSWER)
    return _taken(
        Kind.BPJS_ACTIVATION, rows, paper, batch=batch, acting_user=acting_user, clock=clock, received_on=received_on
    )


@transaction.atomic
def resolve_row(
    answer: Answer, row_number: int, *, same_person: bool, note: str, acting_user: Viewer, clock: Clock
) -> AnswerRow:
    """Say of a row that was shown whether it is the same person: then its step is taken, and our record stays as it is.

    What is wrong in our record is corrected in the registry, by its own service; what is wrong in BPJS's, by BPJS.
    """
    acting_user.require(Permission.BPJS_ANSWER)
    row = AnswerRow.objects.select_for_update().get(answer=answer, row_number=row_number)
    if row.outcome != AnswerRow.Outcome.SHOWN or row.enrolment_id is None:
        raise DifferenceResolvedError(row=row_number)
    chosen = BpjsDifference.Resolution.SAME_PERSON if same_person else BpjsDifference.Resolution.OTHER_PERSON
    with recording(acting_user.actor, "enrolment.difference.resolve", reason=note) as event:
        (enrolment,) = locked([row.enrolment_id])
        judged = Judged(GivenRow.from_facts(row.row_number, row.result, row.facts), enrolment)
        if same_person:
            judged.verdict = judge(answer.kind, enrolment, judged.given)
            apply_rows(answer, [judged], event=event, acting_user=acting_user, clock=clock)
        else:
            judged.verdict = replace(judged.verdict, outcome=AnswerRow.Outcome.REFUSED)
        row.outcome = judged.verdict.outcome
        row.save(update_fields=["outcome"])
        BpjsDifference.objects.filter(answer=answer, row_number=row_number, resolved_at__isnull=True).update(
            resolution=chosen, note=note[:250], resolved_at=clock.now(), resolved_by=acting_user.actor.id
        )
        event.touch("enrolment.answer", answer.public_id)
    return row


@transaction.atomic
def set_column_map(
    branch: str, columns: Sequence[dict[str, str]], *, acting_user: Viewer, clock: Clock
) -> BpjsColumnMap:
    """Keep the columns of a branch's own spreadsheet; earlier ones stay for the record of earlier batches."""
    acting_user.require(Permission.BPJS_SEND)
    wanted = checked(columns)
    with recording(acting_user.actor, "enrolment.bpjs.columns") as event:
        made = BpjsColumnMap.objects.create(
            branch=branch.strip(),
            columns=[column.as_dict() for column in wanted],
            recorded_at=clock.now(),
            recorded_by=acting_user.actor.id,
        )
        event.touch("enrolment.bpjs_column_map", str(made.pk))
    return made


def _taken(
    kind: str,
    rows: Sequence[GivenRow] | None,
    paper: Paper,
    *,
    acting_user: Viewer,
    clock: Clock,
    received_on: date | None,
    batch: BpjsBatch | None = None,
    pay_order: PayOrder | None = None,
) -> Received:
    """Read the paper where no rows were typed in from it, and take the answer in."""
    if rows is None:
        rows = read_answer(paper.content, name=paper.name, kind=kind)
    else:
        check_typed(rows, kind)
    return receive(
        kind,
        rows,
        paper,
        batch=batch,
        pay_order=pay_order,
        acting_user=acting_user,
        clock=clock,
        received_on=received_on,
    )


def _registered(wadah: Wadah, enrolment_ids: Sequence[int] | None) -> list[Enrolment]:
    """Who may be sent: registered in this wadah, with a pledge that says who pays for which months."""
    rows = Enrolment.objects.filter(wadah=wadah, state=State.REGISTERED)
    if enrolment_ids is not None:
        rows = rows.filter(pk__in=enrolment_ids)
    found = list(
        rows.select_related("worker")
        # Ten thousand people share a few hundred villages and a dozen pledges: those are made once, not once a person.
        .prefetch_related("worker__village__parent", "worker__occupation", "pledge", "wadah")
        .order_by("pledge_id", "position", "pk")
    )
    if enrolment_ids is not None and len(found) != len(set(enrolment_ids)):
        raise StepNotAllowedError(count=len(set(enrolment_ids)) - len(found), to_state=str(State.SENT))
    if not found:
        raise NothingToDoError
    if without := sum(row.pledge_id is None for row in found):
        raise NoPledgeError(count=without)
    return found
