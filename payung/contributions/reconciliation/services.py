"""What people do with a file: say a word on a line, record its payments, accept it (another person), take it back.

Money goes through the services of the ledger; deposits and transfers are one entry a day of the statement. A line is
used once: whoever comes second finds it used, by the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.errors import (
    FileAcceptedError,
    FileUndoneError,
    NoticeNeededError,
    NotWaitingError,
    NotYetSubmittedError,
    StillWaitingError,
)
from payung.contributions.models import (
    Account,
    JournalEntry,
    LineUse,
    Notice,
    Outcome,
    Payment,
    ReconciliationFile,
    ReconciliationLine,
)
from payung.contributions.reconciliation.recording import record_lines, used_elsewhere
from payung.contributions.reconciliation.staging import Source, file_hash
from payung.contributions.reconciliation.waiting import NEEDS_NOTICE, WAITING, waiting_lines, waits
from payung.contributions.services.journal import Side, entry_day, lock_sponsor, post_entry, reverse_entry
from payung.contributions.services.payments import confirm_payment, reverse_payment
from payung.enrolment.services.bpjs_facts import BpjsFacts, facts_before, record_bpjs_facts
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.store.bulk import bulk_insert, in_slices

Decision = ReconciliationLine.Decision
# What a participant's line may write down; the others say something that a person must mend first.
FACTS_FROM = frozenset(
    {
        Outcome.PERSON_MATCHED,
        Outcome.PAID_LESS_FAR,
        Outcome.PAID_FURTHER,
        Outcome.ACTIVE_UNPAID,
        Outcome.KPJ_NEW,
        Outcome.START_DIFFERS,
    }
)
MOVES = frozenset(
    {Outcome.DEPOSIT_KNOWN, Outcome.DEPOSIT_UNKNOWN, Outcome.BANK_INTEREST, Outcome.BANK_CHARGE, Outcome.OUT_UNKNOWN}
)


@transaction.atomic
def decide_line(
    line: ReconciliationLine,
    *,
    take: bool,
    note: str,
    notice: Notice | None = None,
    acting_user: Viewer,
    clock: Clock,
) -> ReconciliationLine:
    """Say a person's word on a line that waits for one. What was recorded unlike BPJS's figure is reversed first.

    `notice` names what money under an unknown code was for; its payer is then the line's.
    """
    acting_user.require(Permission.RECONCILIATION_WRITE)
    file = _locked(line.file_id)
    if file.accepted_at is not None:
        raise FileAcceptedError
    line = ReconciliationLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not waits(line):
        raise NotWaitingError
    if take and notice is None and line.outcome in NEEDS_NOTICE:
        raise NoticeNeededError
    with recording(acting_user.actor, "contributions.reconciliation.decide", reason=note) as event:
        if take and line.outcome == Outcome.UNLIKE_OURS and line.payment is not None:
            reverse_payment(line.payment, reason=note, acting_user=acting_user, clock=clock)
            line.facts = {**line.facts, "reversed": str(line.payment.public_id)}
            line.payment = None
        if take and notice is not None:
            line.sponsor_id, line.facts = notice.sponsor_id, {**line.facts, "notice": notice.number}
        if file.submitted_at is not None:  # what is decided now is recorded by handing it in again
            file.submitted_at = None
            file.save(update_fields=["submitted_at"])
        line.decision = Decision.TAKE if take else Decision.LEAVE
        line.decided_by, line.decided_at, line.note = acting_user.actor.id, clock.now(), note.strip()[:250]
        line.save(update_fields=["facts", "payment", "sponsor", "decision", "decided_by", "decided_at", "note"])
        event.touch("contributions.reconciliation_file", file.public_id, after=file_hash(file))
    return line


@transaction.atomic
def submit_file(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> ReconciliationFile:
    """Record what a file's lines say was paid, and hand it to another person; again for what was decided since."""
    acting_user.require(Permission.RECONCILIATION_WRITE)
    file = _locked(file.pk)
    if file.accepted_at is not None:
        raise FileAcceptedError
    with recording(acting_user.actor, "contributions.reconciliation.submit") as event:
        if file.source != Source.PARTICIPANTS:
            record_lines(file, acting_user=acting_user, clock=clock)
        file.submitted_at = clock.now()
        file.save(update_fields=["submitted_at"])
        event.touch("contributions.reconciliation_file", file.public_id, after=file_hash(file))
    return file


@transaction.atomic
def accept_file(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> ReconciliationFile:
    """Accept a file: BPJS's report confirms its payments, a statement moves the movement's money, participants' facts
    are written down. Never by whoever handed it in; again is harmless.
    """
    acting_user.require(Permission.PAYMENT_CONFIRM)
    file = _locked(file.pk)
    if file.accepted_at is not None:
        return file
    if file.submitted_at is None:
        raise NotYetSubmittedError
    if left := waiting_lines(file).count():
        raise StillWaitingError(left)
    acting_user.require_other_than(file.recorded_by)
    with recording(acting_user.actor, "contributions.reconciliation.accept") as event:
        step = {Source.REPORT: _confirm, Source.STATEMENT: _move_money, Source.PARTICIPANTS: _write_facts}
        step[Source(file.source)](file, acting_user=acting_user, clock=clock)
        file.accepted_by, file.accepted_at = acting_user.actor.id, clock.now()
        file.operator_played_both = acting_user.actor.id == file.recorded_by
        file.save(update_fields=["accepted_by", "accepted_at", "operator_played_both"])
        event.touch("contributions.reconciliation_file", file.public_id, after=file_hash(file))
    return file


@transaction.atomic
def undo_file(file: ReconciliationFile, *, reason: str, acting_user: Viewer, clock: Clock) -> ReconciliationFile:
    """Take a file back: its entries and the payments it brought are reversed, its facts written as they were.

    Payments that stood before it stay; if one of them was none, it is reversed on its own page.
    """
    acting_user.require(Permission.PAYMENT_REVERSE)
    file = _locked(file.pk)
    with recording(acting_user.actor, "contributions.reconciliation.undo", reason=reason) as event:
        for payment in Payment.objects.filter(client_key__startswith=f"recon:{file.public_id}:").order_by(
            "sponsor", "pk"
        ):
            if payment.reversed_at is None:
                reverse_payment(payment, reason=reason, acting_user=acting_user, clock=clock)
        uses = LineUse.objects.filter(line__file=file, undone_at__isnull=True)
        entries = JournalEntry.objects.filter(line_uses__in=uses, reversed_by__isnull=True).distinct()
        day = entry_day(clock.today(), clock=clock)
        for entry in entries.order_by("-pk"):
            reverse_entry(entry, reason=reason, effective_on=day, acting_user=acting_user, clock=clock)
        uses.update(undone_at=clock.now())
        if file.source == Source.PARTICIPANTS and file.accepted_at is not None:
            _restore_facts(file, acting_user=acting_user, clock=clock)
        file.undone_at = clock.now()
        file.save(update_fields=["undone_at"])
        event.touch("contributions.reconciliation_file", file.public_id, after=file_hash(file))
    return file


def _locked(pk: int) -> ReconciliationFile:
    """The file as it stands, locked; a movement's row before it, as everything that touches its money does."""
    file = ReconciliationFile.objects.get(pk=pk)
    if file.sponsor_id is not None:
        lock_sponsor(file.sponsor_id)
    file = ReconciliationFile.objects.select_for_update(of=("self",)).get(pk=pk)
    if file.undone_at is not None:
        raise FileUndoneError
    return file


def _confirm(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> None:
    """Confirm the payments that BPJS reports. What the accepting person recorded waits for somebody else."""
    waiting = Payment.objects.filter(
        line_uses__line__file=file,
        line_uses__undone_at__isnull=True,
        confirmed_at__isnull=True,
        reversed_at__isnull=True,
    ).exclude(recorded_by="" if acting_user.is_operator else acting_user.actor.id)
    for payment in waiting.order_by("sponsor", "pk"):
        confirm_payment(payment, acting_user=acting_user, clock=clock)


def _move_money(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> None:
    """Enter what came into the movement's account and what left it: one entry a day and direction."""
    taken = used_elsewhere(file)
    moves: dict[tuple[date, bool], list[ReconciliationLine]] = defaultdict(list)
    for line in file.lines.filter(side="theirs", payment__isnull=True, outcome__in=MOVES).order_by("row_number"):
        is_left = line.outcome in WAITING and line.decision != Decision.TAKE
        if not is_left and line.booked_on and line.line_key not in taken:
            moves[line.booked_on, line.amount_rp > 0].append(line)
    for (day, is_in), lines in sorted(moves.items()):
        entry = _move(file, day, lines, is_in=is_in, acting_user=acting_user, clock=clock)
        _use(lines, entry, clock=clock)
    for line in file.lines.filter(uses__undone_at__isnull=True, uses__payment__isnull=False).select_related("payment"):
        _transfer(file, line, acting_user=acting_user, clock=clock)


def _move(
    file: ReconciliationFile,
    day: date,
    lines: Iterable[ReconciliationLine],
    *,
    is_in: bool,
    acting_user: Viewer,
    clock: Clock,
) -> JournalEntry:
    total_rp = sum(line.amount_rp for line in lines)
    kind = JournalEntry.Kind.DEPOSIT if is_in else JournalEntry.Kind.TRANSFER
    return post_entry(
        f"{kind}:{file.public_id}:{day.isoformat()}",
        kind=kind,
        sides=[
            Side(Account.Kind.TITIPAN, file.sponsor_id or 0, total_rp),
            Side(Account.Kind.SUSPENS, file.sponsor_id or 0, -total_rp),
        ],
        effective_on=entry_day(day, clock=clock),
        acting_user=acting_user,
        clock=clock,
        params={"file": str(file.public_id)},
    )


def _transfer(file: ReconciliationFile, line: ReconciliationLine, *, acting_user: Viewer, clock: Clock) -> None:
    """The movement's money went to BPJS: its payment stands in kliring already, here it leaves the account.

    The side in titipan names the payment, so that reversing the payment puts the money back.
    """
    payment = line.payment
    if payment is None or file.sponsor_id is None:
        return
    entry = post_entry(
        f"transfer:{payment.public_id}",
        kind=JournalEntry.Kind.TRANSFER,
        sides=[
            Side(Account.Kind.SUSPENS, file.sponsor_id, -line.amount_rp),
            Side(Account.Kind.TITIPAN, file.sponsor_id, line.amount_rp, payment_id=payment.pk),
        ],
        effective_on=entry_day(line.booked_on or clock.today(), clock=clock),
        acting_user=acting_user,
        clock=clock,
        params={"file": str(file.public_id), "row": line.row_number},
    )
    LineUse.objects.filter(line=line, undone_at__isnull=True).update(entry=entry)


def _use(lines: Iterable[ReconciliationLine], entry: JournalEntry, *, clock: Clock) -> None:
    bulk_insert(
        LineUse,
        ("line_id", "line_key", "role", "amount_rp", "entry_id", "recorded_at"),
        ((line.pk, line.line_key, LineUse.Role.FUNDS, line.amount_rp, entry.pk, clock.now()) for line in lines),
    )


def _write_facts(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> None:
    facts: dict[int, BpjsFacts] = {}
    for line in file.lines.filter(side="theirs", enrolment__isnull=False):
        taken = line.decision == Decision.TAKE and line.outcome in WAITING
        if line.enrolment_id is not None and (line.outcome in FACTS_FROM or taken):
            facts[line.enrolment_id] = _bpjs_facts(line.facts)
    before = record_bpjs_facts(
        facts, source=str(file.public_id), on=clock.today(), acting_user=acting_user, clock=clock
    )
    changed = list(_lines_of(file, before))
    for line in changed:
        line.facts = {**line.facts, "before": before[line.enrolment_id or 0]}
    ReconciliationLine.objects.bulk_update(changed, ["facts"], batch_size=500)


def _lines_of(file: ReconciliationFile, enrolment_ids: Iterable[int]) -> Iterator[ReconciliationLine]:
    """The first line of each way in: a second one about the same person writes nothing."""
    seen: set[int] = set()
    for part in in_slices(enrolment_ids):
        for line in file.lines.filter(side="theirs", enrolment__in=part).order_by("row_number"):
            if line.enrolment_id is not None and line.enrolment_id not in seen:
                seen.add(line.enrolment_id)
                yield line


def _restore_facts(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> None:
    lines = file.lines.filter(side="theirs", facts__has_key="before")
    facts = {line.enrolment_id: facts_before(line.facts["before"]) for line in lines if line.enrolment_id is not None}
    record_bpjs_facts(
        facts, source=str(file.public_id), on=clock.today(), is_whole=True, acting_user=acting_user, clock=clock
    )


def _bpjs_facts(facts: dict[str, Any]) -> BpjsFacts:
    starts_on, paid_through = facts.get("starts_on"), facts.get("paid_through")
    return BpjsFacts(
        facts.get("kpj", ""),
        date.fromisoformat(starts_on) if starts_on else None,
        Month.from_text(paid_through) if paid_through else None,
    )
