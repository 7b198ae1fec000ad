"""What becomes of the rows of an answer: applied, repeated, shown because they differ, refused, or unknown.

Nothing is lost: each row is kept with its outcome, and the outcomes add up to the rows (I-27). The same file again
changes nothing and says so (I-28). Files carry no order: every row is judged on the state in which it finds its person.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from payung.access.viewer import Viewer
from payung.audit.services import Recording, recording
from payung.enrolment.answer_files import GivenRow
from payung.enrolment.models import Answer, AnswerRow, BpjsBatch, BpjsDifference, Enrolment
from payung.enrolment.services.comparing import Difference, differences_of
from payung.enrolment.services.finding import find_enrolments
from payung.enrolment.services.judging import Verdict, judge
from payung.enrolment.transitions import PAID, locked, move, note
from payung.kernel.clock import Clock
from payung.kernel.problem import Problem
from payung.registry.models import Worker
from payung.store.bulk import bulk_insert, bulk_update, in_slices
from payung.vault.files import keep

Outcome = AnswerRow.Outcome
COMPARED = frozenset({Answer.Kind.BPJS_ACCEPTANCE, Answer.Kind.BPJS_ACTIVATION})


@dataclass(frozen=True, slots=True)
class Paper:
    """Where an answer stands: the file that came in, or the letter from which an officer typed it."""

    content: bytes
    name: str
    letter_number: str = ""


@dataclass(frozen=True, slots=True)
class PayOrder:
    """BPJS's pay code (kode iuran) for what it accepted: its figure wins over ours."""

    code: str
    amount_rp: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Received:
    """What an answer did. `counts` by outcome add up to the rows; `is_repeat` says that it had been taken before."""

    answer: Answer
    is_repeat: bool
    counts: Mapping[str, int]
    missing: int
    pay_order: PayOrder | None = None


@dataclass(slots=True)
class Judged:
    """One row on its way through."""

    given: GivenRow
    enrolment: Enrolment | None = None
    verdict: Verdict = field(default_factory=Verdict)
    problems: list[Problem] = field(default_factory=list)
    differences: tuple[Difference, ...] = ()

    def settle(self, outcome: str, *codes: str) -> None:
        """Give the row an outcome in which nothing moves, with the reasons."""
        self.verdict = replace(self.verdict, outcome=outcome)
        self.problems += [Problem(code, self.given.row_number) for code in codes]


def receive(
    kind: str,
    rows: Sequence[GivenRow],
    paper: Paper,
    *,
    acting_user: Viewer,
    clock: Clock,
    batch: BpjsBatch | None = None,
    pay_order: PayOrder | None = None,
    received_on: date | None = None,
) -> Received:
    """Take an answer in: judge every row, move whom it moves, keep every row. Runs inside the caller's transaction."""
    stored = keep(paper.content)
    digest = _content_hash(kind, stored.sha256, batch, rows)
    earlier = Answer.objects.filter(kind=kind, content_hash=digest).first()
    if earlier is not None:
        return Received(earlier, True, earlier.counts, earlier.missing_count, _pay_order_of(earlier))
    with recording(acting_user.actor, f"enrolment.answer.{kind}") as event:
        judged = _judged(kind, rows, batch)
        pay_order = pay_order or _pay_order_in(judged, received_on or clock.today())
        counts = Counter(each.verdict.outcome for each in judged)
        answer = Answer.objects.create(
            kind=kind,
            batch=batch,
            file_name=paper.name[:150],
            file_sha256=stored.sha256,
            letter_number=paper.letter_number.strip()[:80],
            content_hash=digest,
            row_count=len(rows),
            counts={outcome: counts[outcome] for outcome in Outcome.values},
            missing_count=_missing(batch, judged),
            pay_code=pay_order.code if pay_order else "",
            pay_amount_rp=pay_order.amount_rp if pay_order else None,
            pay_due_on=pay_order.due_on if pay_order else None,
            received_on=received_on or clock.today(),
            received_at=clock.now(),
            received_by=acting_user.actor.id,
        )
        _keep_rows(answer, judged)
        apply_rows(answer, judged, event=event, acting_user=acting_user, clock=clock)
        event.touch("enrolment.answer", answer.public_id, after=digest)
    return Received(answer, False, answer.counts, answer.missing_count, pay_order)


def apply_rows(
    answer: Answer, judged: Iterable[Judged], *, event: Recording, acting_user: Viewer, clock: Clock
) -> None:
    """Move everybody whose row is applied, one set for each step; BPJS's own facts go in first."""
    sets: dict[tuple[str, str], list[Judged]] = {}
    for each in judged:
        if each.verdict.outcome == Outcome.APPLIED and each.enrolment is not None:
            sets.setdefault((each.verdict.to, each.verdict.reason), []).append(each)
    when: dict[str, Any] = {
        "effective_on": answer.received_on,
        "event": event,
        "acting_user": acting_user,
        "clock": clock,
    }
    for (to, reason), rows in sorted(sets.items()):
        people = [(each.enrolment, each.given) for each in rows if each.enrolment is not None]
        params = {row.pk: {"answer": str(answer.public_id), **given.facts()} for row, given in people}
        if to == Enrolment.State.ACTIVE:
            _write_facts(people)
        if reason == PAID:
            note([row for row, _ in people], PAID, params=params, **when)
        else:
            move(params, to, reason=reason, params=params, **when)


def _judged(kind: str, rows: Sequence[GivenRow], batch: BpjsBatch | None) -> list[Judged]:
    """Find each row's person, lock them all in order, then judge rows one by one."""
    found = find_enrolments(rows, batch)
    people = {row.pk: row for row in locked(set(found.values()))}
    judged = [Judged(row, people.get(found.get(row.row_number, 0)), problems=list(row.problems)) for row in rows]
    for each in judged:
        if each.enrolment is None:
            each.settle(Outcome.UNKNOWN, *(() if each.problems else ("answer:unknown-person",)))
        elif each.problems:
            each.settle(Outcome.REFUSED)
        else:
            each.verdict = judge(kind, each.enrolment, each.given)
            if each.verdict.code:
                each.problems.append(Problem(each.verdict.code, each.given.row_number))
    _settle_twice(judged)
    if kind in COMPARED:
        _compare(judged)
    return judged


def _settle_twice(judged: Sequence[Judged]) -> None:
    """Two rows about one person: saying the same, the second is a repetition; contradicting, neither holds."""
    groups: dict[int, list[Judged]] = {}
    for each in judged:
        if each.enrolment is not None and each.verdict.outcome == Outcome.APPLIED:
            groups.setdefault(each.enrolment.pk, []).append(each)
    for group in groups.values():
        if len(group) < 2:
            continue
        agree = len({(each.given.result, json.dumps(each.given.facts(), sort_keys=True)) for each in group}) == 1
        for each in group[1 if agree else 0 :]:
            each.settle(Outcome.REPEATED if agree else Outcome.REFUSED, *(() if agree else ("answer:contradicts",)))


def _compare(judged: Sequence[Judged]) -> None:
    """Hold back rows that describe the person otherwise than our record does, unless somebody has said they are one."""
    wanted = [each for each in judged if each.enrolment is not None and each.verdict.outcome == Outcome.APPLIED]
    ids = [each.enrolment.pk for each in wanted if each.enrolment is not None]
    workers = _workers_of([each.enrolment for each in wanted if each.enrolment is not None])
    settled = _settled_differences(ids)
    for each in wanted:
        row = each.enrolment
        if row is None:
            continue
        found = differences_of(row, workers[row.worker_id], each.given)
        open_ones = tuple(one for one in found if (row.pk, one.field, one.theirs) not in settled)
        if open_ones:
            each.differences = open_ones
            each.settle(Outcome.SHOWN)


def _workers_of(rows: Iterable[Enrolment]) -> dict[int, Worker]:
    columns = ("pk", "public_id", "name", "birth_date", "sex", "nik_index", "nik_sealed")
    found: dict[int, Worker] = {}
    for part in in_slices(row.worker_id for row in rows):
        found |= {worker.pk: worker for worker in Worker.objects.filter(pk__in=part).only(*columns)}
    return found


def _settled_differences(enrolment_ids: Sequence[int]) -> set[tuple[int, str, str]]:
    settled: set[tuple[int, str, str]] = set()
    for part in in_slices(enrolment_ids):
        rows = BpjsDifference.objects.filter(
            enrolment__in=part, resolution=BpjsDifference.Resolution.SAME_PERSON
        ).values_list("enrolment_id", "field", "theirs")
        settled.update(rows)
    return settled


def _keep_rows(answer: Answer, judged: Sequence[Judged]) -> None:
    bulk_insert(
        AnswerRow,
        ("answer_id", "row_number", "enrolment_id", "result", "outcome", "facts", "problems"),
        (
            (
                answer.pk,
                each.given.row_number,
                each.enrolment.pk if each.enrolment else None,
                each.given.result,
                each.verdict.outcome,
                each.given.facts(),
                [problem.as_dict() for problem in each.problems],
            )
            for each in judged
        ),
    )
    bulk_insert(
        BpjsDifference,
        ("public_id", "answer_id", "enrolment_id", "row_number", "field", "ours", "theirs", "resolution", "note"),
        (
            (
                one.public_id,
                answer.pk,
                each.enrolment.pk,
                each.given.row_number,
                one.field,
                one.ours,
                one.theirs,
                "",
                "",
            )
            for each in judged
            if each.enrolment
            for one in each.differences
        ),
    )


def _write_facts(people: Sequence[tuple[Enrolment, GivenRow]]) -> None:
    """KPJ, start and paid-through as BPJS gives them; a row that leaves one out leaves ours as it is."""
    rows = (
        (
            row.pk,
            given.kpj or row.kpj,
            given.starts_on or row.starts_on,
            int(given.paid_through) if given.paid_through is not None else row.paid_through,
        )
        for row, given in people
    )
    bulk_update(Enrolment, ("kpj", "starts_on", "paid_through"), rows)


def _missing(batch: BpjsBatch | None, judged: Sequence[Judged]) -> int:
    """How many of a batch this answer says nothing of."""
    if batch is None:
        return 0
    return batch.row_count - len({each.enrolment.pk for each in judged if each.enrolment is not None})


def _content_hash(kind: str, sha256: str, batch: BpjsBatch | None, rows: Sequence[GivenRow]) -> bytes:
    """Know an answer again: its paper and, for typed-in rows, what was typed. Never the NIK."""
    typed: list[Any] = [(row.enrolment_id, row.result, row.facts()) for row in rows if row.enrolment_id is not None]
    named = [kind, sha256, str(batch.public_id) if batch else "", typed]
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).digest()


def _pay_order_in(judged: Sequence[Judged], today: date) -> PayOrder | None:
    """The pay code that stands in the rows themselves, with the sum of their amounts; two codes are nobody's guess."""
    rows = [each.given for each in judged if each.given.pay_code]
    codes = {row.pay_code for row in rows}
    if len(codes) != 1 or any(row.amount_rp is None for row in rows):
        return None
    return PayOrder(codes.pop(), sum(row.amount_rp or 0 for row in rows), today)


def _pay_order_of(answer: Answer) -> PayOrder | None:
    if not answer.pay_code or answer.pay_amount_rp is None or answer.pay_due_on is None:
        return None
    return PayOrder(answer.pay_code, answer.pay_amount_rp, answer.pay_due_on)
