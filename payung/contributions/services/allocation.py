"""Saying what money was for: oldest month first, then the order of the list, whole worker-months only.

What remains stays the payer's, in suspense, and `explain_payment` says why. Locks: payer, notice, workers ascending.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.errors import NoticeWithdrawnError, NotTheirNoticeError, PaymentReversedError
from payung.contributions.models import (
    Account,
    CoveredMonth,
    CoverLine,
    JournalEntry,
    Notice,
    NoticeLine,
    Payment,
    Posting,
)
from payung.contributions.selectors.allocation import Chunk, NoticeFacts, OpenLine, chunks, judged_lines
from payung.contributions.selectors.due import closed_months
from payung.contributions.selectors.prices import PriceRate, outstanding_rp, uncovered_lines
from payung.contributions.services.journal import (
    Side,
    entry_day,
    lock_notice,
    lock_sponsor,
    lock_workers,
    post_entry,
    remainders,
)
from payung.kernel.clock import Clock
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.selectors import public_ids_in
from payung.store.bulk import among, in_slices, tell_the_planner
from payung.store.prepared import Prepared
from payung.store.select_into import insert_from

LINE_COLUMNS = (
    "entry",
    "notice_line",
    "worker",
    "month",
    "sign",
    "payment",
    "jkk_rp",
    "jkm_rp",
    "covered_from",
    "is_arrears",
)


@dataclass(slots=True)
class Allocation:
    """What one run covered: worker-months, rupiah, the entries that say so."""

    worker_months: int = 0
    amount_rp: int = 0
    entries: list[JournalEntry] = field(default_factory=list)
    worker_ids: set[int] = field(default_factory=set)


class CoverStart:
    """From which day cover runs: a first month from the payment's value date, one after a covered month in whole.

    A month before that was itself covered only from a later day carries on from there, but never beyond the value date.
    """

    def __init__(self, paid_on: date, known: dict[tuple[int, int], date], months: Iterable[Month]) -> None:
        closed = closed_months(months)
        self.paid_on, self.known = paid_on, known
        self.months = {month: (month.first_day, month < Month.of(paid_on) or month in closed) for month in months}
        self.before = {month: int(month) - 1 for month in self.months}

    def of(self, line: OpenLine) -> tuple[date, bool]:
        """The first day of cover in the month, and whether the month was over (or closed) before it was paid."""
        first_day, is_arrears = self.months[line.month]
        # The month before may have been paid after this one: what was paid in time does not wait for it.
        floor = min(self.known.get((line.worker_id, self.before[line.month]), self.paid_on), self.paid_on)
        start = max(first_day, floor)
        self.known[line.worker_id, line.month] = start
        return start, is_arrears


@transaction.atomic
def allocate_payment(
    payment: Payment, *, to_notice: Notice | None = None, acting_user: Viewer, clock: Clock
) -> Allocation:
    """Allocate what is left of a payment to its own notice, or on purpose to another notice of the same payer.

    Again it does nothing more: what is covered is covered.
    """
    acting_user.require(Permission.PAYMENT_RECORD, sponsor=payment.sponsor.public_id)
    lock_sponsor(payment.sponsor_id)
    payment = Payment.objects.get(pk=payment.pk)
    if payment.reversed_at is not None:
        raise PaymentReversedError
    notice_id = to_notice.pk if to_notice is not None else payment.notice_id
    if notice_id is None:
        return Allocation()
    notice = Notice.objects.get(pk=notice_id)
    if notice.sponsor_id != payment.sponsor_id:
        raise NotTheirNoticeError
    if notice.withdrawn_at is not None:
        raise NoticeWithdrawnError(notice.number)
    with recording(acting_user.actor, "contributions.payment.allocate") as event:
        event.touch("contributions.payment", payment.public_id)
        return allocate_notice(notice, also=payment, acting_user=acting_user, clock=clock)


def allocate_notice(notice: Notice, *, also: Payment | None = None, acting_user: Viewer, clock: Clock) -> Allocation:
    """Spend what is left of a notice's payments (first paid first) on its open lines; the payer is locked already."""
    notice = lock_notice(notice.pk)
    purses, made = _purses(notice, also), Allocation()
    if not purses:
        return made
    left = remainders(purses.values())
    limit_rp = outstanding_rp(notice)
    if limit_rp <= 0 or not any(amount > 0 for amount in left.values()):
        return made  # as under each new pay code: no money waits, so nobody need be judged
    lock_workers(uncovered_lines(notice).order_by().values_list("worker_id", flat=True))
    facts = NoticeFacts(notice)
    for chunk in chunks(judged_lines(facts), {pk: left[pk] for pk in purses}, limit_rp=limit_rp):
        entry = _enter(facts, chunk, purses, acting_user=acting_user, clock=clock)
        made.entries.append(entry)
        made.worker_months += len(chunk.lines)
        made.worker_ids |= {line.worker_id for line in chunk.lines}
        made.amount_rp += sum(line.price_rp for line in chunk.lines)
    if made.entries:
        _touch(made, acting_user)
    return made


def project(entry: JournalEntry) -> None:
    """Add the months that an allocation's cover lines tell of; in force if all its payments are confirmed."""
    state = CoveredMonth.State.SEMENTARA if _UNCONFIRMED(entry.pk) else CoveredMonth.State.BERLAKU
    with connection.cursor() as cursor:
        for program, statement in ((Program.JKK, _PROJECT_JKK), (Program.JKM, _PROJECT_JKM)):
            cursor.execute(statement, [str(program), str(state), entry.pk])
        written = 2 * cursor.rowcount
    tell_the_planner(CoveredMonth, written)


def _purses(notice: Notice, also: Payment | None) -> dict[int, Payment]:
    """First paid first, another notice's money too: the last to pay a month is the latest, and cover starts with it."""
    found = {payment.pk: payment for payment in _PAID(notice.pk)}
    if also is not None:
        found.setdefault(also.pk, also)
    return dict(sorted(found.items(), key=lambda purse: (purse[1].paid_on, purse[0])))


def _enter(
    facts: NoticeFacts, chunk: Chunk, purses: dict[int, Payment], *, acting_user: Viewer, clock: Clock
) -> JournalEntry:
    notice, amount = facts.notice, sum(chunk.uses.values())
    last = purses[chunk.payment_id]
    months = Counter(line.month for line in chunk.lines)
    entry = post_entry(
        f"allocation:{notice.number}:{len(_RUNS(notice.pk)) + 1}",
        kind=JournalEntry.Kind.ALLOCATION,
        sides=[
            Side(Account.Kind.PIUTANG, notice.sponsor_id, -amount, notice_id=notice.pk),
            *(Side(Account.Kind.SUSPENS, notice.sponsor_id, use, payment_id=pk) for pk, use in chunk.uses.items()),
        ],
        effective_on=entry_day(last.paid_on, clock=clock),
        acting_user=acting_user,
        clock=clock,
        params={"months": {str(month): count for month, count in sorted(months.items())}},
    )
    _write_cover(facts, entry, chunk, last)
    project(entry)
    return entry


def _write_cover(facts: NoticeFacts, entry: JournalEntry, chunk: Chunk, payment: Payment) -> None:
    """One cover line for each of the chunk's, written by the database from the notice's: few starts, many lines."""
    starts = CoverStart(payment.paid_on, _months_before(facts, chunk), {line.month for line in chunk.lines})
    by_start: dict[tuple[Month, date, bool], list[int]] = defaultdict(list)
    for line in chunk.lines:
        by_start[line.month, *starts.of(line)].append(line.line_id)
    # Nearly all lines of a month start alike, so each slice is written by one statement that tells them apart by month;
    # who starts otherwise comes with the next slice.
    slices: list[dict[Month, tuple[date, bool, list[int]]]] = []
    for (month, start, is_arrears), line_ids in by_start.items():
        place = next((part for part in slices if month not in part), None)
        if place is None:
            slices.append(place := {})
        place[month] = (start, is_arrears, line_ids)
    for part in slices:
        _write_slice(entry, payment, part, facts.rate)


def _write_slice(
    entry: JournalEntry, payment: Payment, starts: dict[Month, tuple[date, bool, list[int]]], rate: PriceRate
) -> None:
    """The lines of some months, of which each has one start."""
    columns = (
        *(Value(entry.pk), "pk", "worker_id", "month", Value(1), Value(payment.pk)),
        *(rate.of_column("jkk_rp"), rate.of_column("jkm_rp")),
        Case(*(When(month=month, then=Value(start)) for month, (start, _, _) in starts.items())),
        Case(*(When(month=month, then=Value(is_arrears)) for month, (_, is_arrears, _) in starts.items())),
    )
    for line_ids in in_slices(line_id for *_, ids in starts.values() for line_id in ids):
        lines = among(NoticeLine.objects.order_by("pk"), "id", line_ids)
        insert_from(CoverLine, LINE_COLUMNS, lines.values_list(*columns))


def _months_before(facts: NoticeFacts, chunk: Chunk) -> dict[tuple[int, int], date]:
    """Since when the workers are covered in the months before: a month that follows a covered one is no first month."""
    first, last = min(line.month for line in chunk.lines), max(line.month for line in chunk.lines)
    known = {(worker, month - 1): since for worker, month, since in _BEFORE(facts.notice.pk, first, last)}
    return _at_other_records(facts.people, first, last) | known


def _at_other_records(person: dict[int, int], first: int, last: int) -> dict[tuple[int, int], date]:
    """The same for persons of several records, whose months stand at the record for which they were paid: few."""
    if not person:
        return {}
    rows = CoveredMonth.objects.filter(worker__in=list(person), month__gte=first - 1, month__lt=last)
    months = rows.filter(program=Program.JKK).order_by().values_list("worker_id", "month", "covered_from")
    return {(person[record], month): since for record, month, since in months}


def _touch(made: Allocation, acting_user: Viewer) -> None:
    with recording(acting_user.actor, "contributions.payment.allocate") as event:
        lines = CoverLine.objects.filter(entry__in=made.entries)
        covered = Worker.objects.filter(pk__in=lines.values("worker_id")).order_by("pk")
        event.touch_many("registry.worker", public_ids_in(covered))


def _before(notice_id: int, first: int, last: int) -> QuerySet[NoticeLine, tuple[int, int, date]]:
    """Since when whoever stands on a notice is covered in the month before, of those of its months."""
    before = CoveredMonth.objects.filter(
        worker_id=OuterRef("worker_id"), month=OuterRef("month") - 1, program=Program.JKK
    )
    lines = NoticeLine.objects.filter(notice_id=notice_id, month__gte=first, month__lte=last)
    known = lines.annotate(since=Subquery(before.values("covered_from"))).filter(since__isnull=False)
    return known.order_by().values_list("worker_id", "month", "since")


_BEFORE: Prepared[tuple[int, int, date]] = Prepared(_before)
_PAID: Prepared[Payment] = Prepared(
    lambda notice_id: Payment.objects.filter(notice_id=notice_id, reversed_at__isnull=True)
)
_RUNS: Prepared[int] = Prepared(
    lambda notice_id: (
        JournalEntry.objects.filter(kind=JournalEntry.Kind.ALLOCATION, postings__notice_id=notice_id)
        .order_by()
        .values_list("pk", flat=True)
        .distinct()
    )
)
_UNCONFIRMED: Prepared[int] = Prepared(
    lambda entry_id: Posting.objects.filter(
        entry_id=entry_id, payment__isnull=False, payment__confirmed_at__isnull=True
    ).values_list("pk", flat=True)[:1]
)

_PROJECT = """
INSERT INTO contributions_coveredmonth
    (worker_id, program, month, sponsor_id, enrolment_id, payment_id, entry_id, amount_rp, covered_from, state,
     is_arrears)
SELECT c.worker_id, %s, c.month, n.sponsor_id, l.enrolment_id, c.payment_id, c.entry_id, c.{price}, c.covered_from, %s,
       c.is_arrears
FROM contributions_coverline c
JOIN contributions_noticeline l ON l.id = c.notice_line_id
JOIN contributions_notice n ON n.id = l.notice_id
WHERE c.entry_id = %s AND c.sign = 1
"""
_PROJECT_JKK = _PROJECT.replace("{price}", "jkk_rp")
_PROJECT_JKM = _PROJECT.replace("{price}", "jkm_rp")
