"""Months given back after a death, and months closed."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.errors import MonthNotOverError
from payung.contributions.models import Account, ClosedMonth, CoveredMonth, CoverLine, JournalEntry, NoticeLine
from payung.contributions.services.dues import release_dues
from payung.contributions.services.journal import (
    Side,
    entry_day,
    hold_months_alone,
    lock_notice,
    lock_sponsor,
    lock_workers,
    post_entry,
    reverse_entry,
)
from payung.enrolment.models import Enrolment, LeaveReason
from payung.enrolment.services import leave
from payung.kernel.clock import Clock
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.selectors import records_of
from payung.registry.services import record_death
from payung.store.bulk import bulk_insert

COPIED = ("notice_line_id", "worker_id", "month", "payment_id", "jkk_rp", "jkm_rp", "covered_from", "is_arrears")


@transaction.atomic
def settle_death(worker: Worker, *, died_on: date, reason: str, acting_user: Viewer, clock: Clock) -> int:
    """Record a death, give the months after it back and end the way in: one deed, one record.

    Returns how many worker-months were given back. `reason` names the source. Whoever records a death calls this and
    not the registry alone: payers are locked before the person, as everywhere in the ledger.
    """
    acting_user.require(Permission.WORKER_WRITE, village=worker.village_id)
    with recording(acting_user.actor, "contributions.death.settle", reason=reason):
        _lock_for(worker)
        record_death(worker, died_on=died_on, reason=reason, acting_user=acting_user, clock=clock)
        given_back = reverse_months_after(
            worker, month=Month.of(died_on), reason=reason, acting_user=acting_user, clock=clock
        )
        live = Enrolment.objects.filter(worker__in=list(records_of([worker.pk]))).exclude(state__in=Enrolment.ENDED)
        leave(
            list(live.values_list("pk", flat=True)),
            reason=LeaveReason.MENINGGAL,
            acting_user=acting_user,
            clock=clock,
            effective_on=died_on,
        )
    return given_back


@transaction.atomic
def reverse_months_after(worker: Worker, *, month: Month, reason: str, acting_user: Viewer, clock: Clock) -> int:
    """Give back a worker's covered months after this one, at whichever of the person's records, and ask for no more.

    The money stays the payer's credit at BPJS. Months up to this one stay. Returns how many were given back.
    """
    acting_user.require(Permission.WORKER_WRITE, village=worker.village_id)
    _lock_for(worker)
    with recording(acting_user.actor, "contributions.months.release", reason=reason) as event:
        records = list(records_of([worker.pk]))
        given_back = _release(records, month, reason=reason, acting_user=acting_user, clock=clock)
        release_dues(
            list(NoticeLine.objects.filter(worker__in=records, month__gt=month, is_live=True)),
            reason=reason,
            acting_user=acting_user,
            clock=clock,
        )
        if given_back:
            event.touch("registry.worker", worker.public_id)
    return given_back


@transaction.atomic
def close_month(month: Month, *, acting_user: Viewer, clock: Clock) -> ClosedMonth:
    """Close a month that is over: no more notices for it and no more entries in it. Again is harmless."""
    acting_user.require(Permission.MONTH_CLOSE)
    hold_months_alone()
    standing = ClosedMonth.objects.filter(month=month).first()
    if standing is not None:
        return standing
    if month >= Month.of(clock.today()):
        raise MonthNotOverError(Month(month))
    with recording(acting_user.actor, "contributions.month.close") as event:
        closed = ClosedMonth.objects.create(month=month, closed_at=clock.now(), closed_by=acting_user.actor.id)
        event.touch("contributions.month", str(Month(month)))
    return closed


def _lock_for(worker: Worker) -> None:
    """Lock the payers and notices that ask for a worker, then the worker. What is covered is read after this."""
    records = list(records_of([worker.pk]))
    lines = NoticeLine.objects.filter(worker__in=records, is_live=True)
    for sponsor_id in sorted(set(lines.values_list("notice__sponsor_id", flat=True))):
        lock_sponsor(sponsor_id)
    for notice_id in sorted(set(lines.values_list("notice_id", flat=True))):
        lock_notice(notice_id)
    lock_workers(records)


def _release(records: list[int], month: Month, *, reason: str, acting_user: Viewer, clock: Clock) -> int:
    covered = CoveredMonth.objects.filter(worker__in=records, month__gt=month)
    standing = set(covered.filter(program=Program.JKK).values_list("entry_id", "month"))
    taken = CoverLine.objects.filter(worker__in=records, sign=1, entry_id__in={entry_id for entry_id, _ in standing})
    by_entry: dict[int, list[CoverLine]] = defaultdict(list)
    for line in taken.select_related("notice_line__notice").order_by("month"):
        if (line.entry_id, line.month) in standing:
            by_entry[line.entry_id].append(line)
    covered.delete()
    for entry in JournalEntry.objects.filter(pk__in=by_entry).order_by("pk"):
        _give_back(entry, by_entry[entry.pk], reason=reason, acting_user=acting_user, clock=clock)
    return sum(map(len, by_entry.values()))


def _give_back(entry: JournalEntry, lines: list[CoverLine], *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Correct an allocation by some of its lines. One out of several purses holds one line: it is reversed whole."""
    day = entry_day(clock.today(), clock=clock)
    if entry.postings.filter(payment__isnull=False).count() > 1:
        reverse_entry(entry, reason=reason, effective_on=day, acting_user=acting_user, clock=clock)
        return
    notice = lines[0].notice_line.notice
    amount = sum(line.jkk_rp + line.jkm_rp for line in lines)
    release = post_entry(
        f"release:{entry.natural_key}:{lines[0].worker_id}:{lines[0].month}",
        kind=JournalEntry.Kind.RELEASE,
        sides=[
            Side(Account.Kind.PIUTANG, notice.sponsor_id, amount, notice_id=notice.pk),
            Side(Account.Kind.SUSPENS, notice.sponsor_id, -amount, payment_id=lines[0].payment_id),
        ],
        effective_on=day,
        acting_user=acting_user,
        clock=clock,
        corrects=entry,
        params={"reason": reason},
    )
    rows = ((release.pk, -1, *(getattr(line, name) for name in COPIED)) for line in lines)
    bulk_insert(CoverLine, ("entry_id", "sign", *COPIED), rows)
