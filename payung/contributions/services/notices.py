"""Telling a payer what is due: each worker-month priced by the law of its month, asked for once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.contributions.errors import (
    MonthClosedError,
    NoBasisError,
    NothingToAskError,
    NoticeInUseError,
    NoticeWithdrawnError,
    OutsidePledgeError,
    PledgeNotLiveError,
)
from payung.contributions.models import Account, JournalEntry, Notice, NoticeLine
from payung.contributions.selectors.due import (
    DueWorker,
    WorkerMonth,
    asked_months,
    closed_months,
    covered_months,
    due_workers,
    places_taken,
    pledge_worker_ids,
    stale_lines,
    waiting_count,
)
from payung.contributions.selectors.prices import outstanding_rp, price_of, price_rate, uncovered_rp
from payung.contributions.services.journal import (
    Side,
    entry_day,
    hold_months_open,
    live_entries,
    lock_notice,
    lock_sponsor,
    post_entry,
    reverse_entry,
)
from payung.kernel.clock import Clock
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month, months_from
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.rules.iuran.figures import HARI_JATUH_TEMPO
from payung.rules.iuran.price_table import price_table
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert, in_slices

LINE_COLUMNS = (
    "notice_id",
    "enrolment_id",
    "worker_id",
    "month",
    "position",
    "sector",
    "jkk_rp",
    "jkm_rp",
    "is_live",
)


class Due(NamedTuple):
    """One worker's month to be asked for, with its price."""

    worker: DueWorker
    month: Month
    jkk_rp: int
    jkm_rp: int


@transaction.atomic
def issue_notice(pledge: Pledge, *, first_month: Month, months: int, acting_user: Viewer, clock: Clock) -> Notice:
    """Ask a payer for the months of a pledge's determined workers, up to its quota, in the order of the list.

    Again for the same months it asks only for workers who came since; with nothing new it gives the notice that stands.
    """
    acting_user.require(Permission.NOTICE_ISSUE, sponsor=pledge.sponsor.public_id)
    sponsor = lock_sponsor(pledge.sponsor_id)
    pledge = Pledge.objects.get(pk=pledge.pk)
    wanted = list(months_from(Month(first_month), months))
    hold_months_open()
    _check_term(pledge, wanted)
    workers = due_workers(pledge)
    if not workers:
        raise NoBasisError(waiting_count(pledge))
    people = pledge_worker_ids(pledge)
    lock_workers(people)
    with recording(acting_user.actor, "contributions.notice.issue") as event:
        _release_stale(people, wanted, acting_user=acting_user, clock=clock)
        places = _places(pledge, people, wanted, workers)
        if not places:
            return _standing_notice(pledge, wanted, workers)
        notice = _write(sponsor, pledge, _priced(places, sponsor, pledge), wanted, clock=clock)
        post_entry(
            f"notice:{notice.number}",
            kind=JournalEntry.Kind.NOTICE,
            sides=due_sides(notice, notice.total_rp),
            effective_on=notice.issued_on,
            acting_user=acting_user,
            clock=clock,
        )
        event.touch("contributions.notice", notice.public_id, after=notice_hash(notice))
    return notice


@transaction.atomic
def withdraw_notice(notice: Notice, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Take a notice back that nobody has paid on; its worker-months can be asked for anew."""
    acting_user.require(Permission.NOTICE_ISSUE, sponsor=notice.sponsor.public_id)
    lock_sponsor(notice.sponsor_id)
    notice = lock_notice(notice.pk)
    if notice.withdrawn_at is not None:
        raise NoticeWithdrawnError(notice.number)
    if notice.payments.filter(reversed_at__isnull=True).exists() or notice.postings.filter(
        entry__kind=JournalEntry.Kind.ALLOCATION, entry__reversed_by__isnull=True
    ):
        raise NoticeInUseError(notice.number)
    with recording(acting_user.actor, "contributions.notice.withdraw", reason=reason) as event:
        day = entry_day(clock.today(), clock=clock)
        for entry in reversed(live_entries(notice=notice)):
            reverse_entry(entry, reason=reason, effective_on=day, acting_user=acting_user, clock=clock)
        notice.lines.filter(is_live=True).update(is_live=False)
        notice.pay_codes.filter(replaced_at__isnull=True).update(replaced_at=clock.now())
        notice.withdrawn_at = clock.now()
        notice.save(update_fields=["withdrawn_at"])
        event.touch("contributions.notice", notice.public_id, after=notice_hash(notice))


def lock_workers(worker_ids: Iterable[int]) -> None:
    """Lock workers, by ascending id, after their payers and notices."""
    for part in in_slices(sorted(set(worker_ids))):
        list(Worker.objects.filter(pk__in=part).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def release_dues(lines: Iterable[NoticeLine], *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """End the dues of unpaid lines: the payer is asked for as much less, unless BPJS asked for less already."""
    by_notice: dict[int, list[NoticeLine]] = defaultdict(list)
    for line in lines:
        by_notice[line.notice_id].append(line)
    day = entry_day(clock.today(), clock=clock)
    for notice in Notice.objects.filter(pk__in=by_notice).order_by("pk"):
        mine = by_notice[notice.pk]
        released_rp = sum(price_of(mine, price_rate(notice)))
        NoticeLine.objects.filter(pk__in=[line.pk for line in mine]).update(is_live=False)
        surplus_rp = min(released_rp, outstanding_rp(notice) - uncovered_rp(notice))
        if surplus_rp > 0:
            post_entry(
                f"due_release:{notice.number}:{min(line.pk for line in mine)}",
                kind=JournalEntry.Kind.DUE_RELEASE,
                sides=due_sides(notice, -surplus_rp),
                effective_on=day,
                acting_user=acting_user,
                clock=clock,
                params={"reason": reason, "lines": len(mine)},
            )


def notice_hash(notice: Notice) -> bytes:
    """The content of a notice, for the record of deeds."""
    return content_hash(
        {
            "number": notice.number,
            "lines": notice.line_count,
            "total_rp": notice.total_rp,
            "withdrawn": str(notice.withdrawn_at or ""),
        }
    )


def preview_notice(pledge: Pledge, *, first_month: Month, months: int, acting_user: Viewer) -> list[Due]:
    """What a notice would ask for now, each worker's month with its price; refused as issuing it would be.

    Nothing is written: dues that issuing would end are counted as ended.
    """
    acting_user.require(Permission.NOTICE_ISSUE, sponsor=pledge.sponsor.public_id)
    wanted = list(months_from(Month(first_month), months))
    _check_term(pledge, wanted)
    workers = due_workers(pledge)
    if not workers:
        raise NoBasisError(waiting_count(pledge))
    people = pledge_worker_ids(pledge)
    places = _places(pledge, people, wanted, workers, ending=stale_lines(people, wanted))
    if not places:
        _standing_notice(pledge, wanted, workers)
    return _priced(places, pledge.sponsor, pledge)


def _check_term(pledge: Pledge, wanted: list[Month]) -> None:
    if pledge.state != Pledge.State.LIVE:
        raise PledgeNotLiveError
    first, last = Month(pledge.first_month), Month(pledge.first_month + pledge.months - 1)
    if not wanted or wanted[0] < first or wanted[-1] > last:
        raise OutsidePledgeError(first, last)
    closed = closed_months(wanted)
    if closed:
        raise MonthClosedError(Month(min(closed)))


def _release_stale(people: list[int], wanted: list[Month], *, acting_user: Viewer, clock: Clock) -> None:
    stale = stale_lines(people, wanted)
    if stale:
        release_dues(stale, reason="left", acting_user=acting_user, clock=clock)


def _places(
    pledge: Pledge,
    people: list[int],
    wanted: list[Month],
    workers: list[DueWorker],
    *,
    ending: Iterable[NoticeLine] = (),
) -> list[tuple[DueWorker, Month]]:
    """The worker-months that are asked for by nobody, covered by nobody, and for which the quota has room."""
    ended = list(ending)
    asked = asked_months(people, wanted) - {(line.worker_id, line.month) for line in ended}
    settled: set[WorkerMonth] = asked | covered_months(people, wanted)
    own = set(pledge.notices.values_list("pk", flat=True)) if ended else set()
    taken = places_taken(pledge, wanted)
    taken.subtract(line.month for line in ended if line.notice_id in own)
    found = []
    for month in wanted:
        free = pledge.quota - taken[month]
        open_now = (
            worker
            for worker in workers
            if worker.begins_by(month) and worker.lives_in(month) and (worker.worker_id, month) not in settled
        )
        found += [(worker, month) for worker, _ in zip(open_now, range(max(free, 0)), strict=False)]
    return found


def _priced(places: list[tuple[DueWorker, Month]], sponsor: Sponsor, pledge: Pledge) -> list[Due]:
    funds, base = SumberDana(sponsor.funds), pledge.dasar_upah_rp
    table = price_table({month for _, month in places}, dasar_rp=[base], sumber_dana=[funds])
    priced = []
    for worker, month in places:
        price = table[month, worker.sector, funds, base]  # type: ignore[index]
        priced.append(Due(worker, month, price.jkk_rp, price.jkm_rp))
    return priced


def _write(sponsor: Sponsor, pledge: Pledge, dues: list[Due], wanted: list[Month], *, clock: Clock) -> Notice:
    earlier = Notice.objects.filter(pledge=pledge, first_month=wanted[0], months=len(wanted))
    notice = Notice.objects.create(
        public_id=new_public_id(),
        number=_free_number(sponsor, wanted[0]),
        sponsor=sponsor,
        pledge=pledge,
        first_month=wanted[0],
        months=len(wanted),
        funds=sponsor.funds,
        sequence=(earlier.aggregate(last=Max("sequence"))["last"] or 0) + 1,
        line_count=len(dues),
        total_rp=sum(due.jkk_rp + due.jkm_rp for due in dues),
        issued_on=clock.today(),
        due_on=_due_on(wanted[0], clock.today()),
        recorded_at=clock.now(),
    )
    bulk_insert(
        NoticeLine,
        LINE_COLUMNS,
        (
            (
                notice.pk,
                due.worker.enrolment_id,
                due.worker.worker_id,
                due.month,
                due.worker.position,
                due.worker.sector,
                due.jkk_rp,
                due.jkm_rp,
                True,
            )
            for due in dues
        ),
    )
    return notice


def _free_number(sponsor: Sponsor, month: Month) -> str:
    """`PI/PTMAJU/2026-12/1`, counted under the payer's lock."""
    stem = f"PI/{sponsor.code}/{month}/"
    taken = set(Notice.objects.filter(number__startswith=stem).values_list("number", flat=True))
    return next(number for n in count(1) if (number := f"{stem}{n}") not in taken)


def _due_on(month: Month, today: date) -> date:
    """The day of the law in the first month; of a month that is over, or past that day, today."""
    return max(month.first_day.replace(day=HARI_JATUH_TEMPO.on(month).value), today)


def due_sides(notice: Notice, amount_rp: int) -> list[Side]:
    """What a payer is asked for is what BPJS is owed."""
    return [
        Side(Account.Kind.PIUTANG, notice.sponsor_id, amount_rp, notice_id=notice.pk),
        Side(Account.Kind.IURAN, notice.sponsor_id, -amount_rp, notice_id=notice.pk),
    ]


def _standing_notice(pledge: Pledge, wanted: list[Month], workers: list[DueWorker]) -> Notice:
    """The notice that has asked for just this before; where there is none, say why there is nothing to ask."""
    standing = Notice.objects.filter(
        pledge=pledge, first_month=wanted[0], months=len(wanted), withdrawn_at__isnull=True
    ).order_by("sequence")
    found = standing.first()
    if found is not None:
        return found
    asking = Notice.objects.filter(
        lines__is_live=True, lines__month__in=wanted, lines__enrolment__pledge=pledge
    ).first()
    raise NothingToAskError(
        asked_on=asking.number if asking else "",
        covered=len(covered_months([worker.worker_id for worker in workers], wanted)),
        died=sum(1 for worker in workers if not worker.lives_in(wanted[0])),
    )
