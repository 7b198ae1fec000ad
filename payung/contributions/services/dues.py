"""Asking payers for worker-months, many at once, and ending what is asked: the core of every notice.

One notice and the whole month's are asked for by the same statements, so they cannot differ. Payers are locked already.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

from django.db.models import Max

from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.contributions.models import Account, JournalEntry, Notice, NoticeLine
from payung.contributions.selectors.due import Asking, OpenPlace, open_places, ways_named
from payung.contributions.selectors.prices import outstanding_rp, price_of, price_rate, uncovered_rp
from payung.contributions.services.journal import Side, entry_day, lock_workers, locks_rows, post_entries, post_entry
from payung.kernel.clock import Clock
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.rules.iuran.figures import HARI_JATUH_TEMPO
from payung.rules.iuran.price_table import price_table
from payung.sponsors.models import Pledge
from payung.store.bulk import bulk_insert, reserve_ids
from payung.store.prepared import Prepared

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

    place: OpenPlace
    jkk_rp: int
    jkm_rp: int


def ask_for(
    pledges: Sequence[Pledge], wanted: Sequence[Month], *, acting_user: Viewer, clock: Clock
) -> dict[int, Notice]:
    """Ask for what is open under pledges in some months, a notice a pledge; pledges with nothing open get none.

    As many statements for many pledges as for one. Dues of ways that have ended are ended first. With nothing to do
    nothing is written, no record either.
    """
    if locks_rows():
        _lock_people(Asking(pledges, wanted))
    asking = Asking(pledges, wanted)  # anew: somebody may have been merged before the locks were ours
    dues = open_dues(asking)
    if not asking.stale and not dues:
        return {}
    with recording(acting_user.actor, "contributions.notice.issue") as event:
        if asking.stale:
            release_dues(asking.stale, reason="left", acting_user=acting_user, clock=clock)
        if not dues:
            return {}
        notices = _write(pledges, dues, wanted, clock=clock)
        post_entries(
            [(f"notice:{notice.number}", due_sides(notice, notice.total_rp)) for notice in notices.values()],
            kind=JournalEntry.Kind.NOTICE,
            effective_on=entry_day(clock.today(), clock=clock),
            acting_user=acting_user,
            clock=clock,
        )
        for notice in notices.values():
            event.touch("contributions.notice", notice.public_id, after=notice_hash(notice))
    return notices


def _lock_people(asking: Asking) -> None:
    """Lock whoever is on a way under pledges, at each of their records."""
    listed = ways_named(*asking.named).order_by().values_list("worker_id", flat=True)
    lock_workers([*listed, *asking.people])


def open_dues(asking: Asking) -> list[Due]:
    """What a notice would ask for now under each pledge, priced by the law of its month. Nothing is written."""
    places = open_places(asking)
    prices = _prices(asking.pledges, asking.months)
    return [Due(place, *prices[place.pledge_id, place.month, place.sector]) for place in places]


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


def due_sides(notice: Notice, amount_rp: int) -> list[Side]:
    """What a payer is asked for is what BPJS is owed."""
    return [
        Side(Account.Kind.PIUTANG, notice.sponsor_id, amount_rp, notice_id=notice.pk),
        Side(Account.Kind.IURAN, notice.sponsor_id, -amount_rp, notice_id=notice.pk),
    ]


def _prices(pledges: Sequence[Pledge], wanted: Sequence[Month]) -> dict[tuple[int, int, Sektor], tuple[int, int]]:
    """JKK and JKM by pledge, month and sector; the law is asked once for each source of funds and base."""
    kinds = {(SumberDana(pledge.sponsor.funds), pledge.dasar_upah_rp) for pledge in pledges}
    law = {kind: price_table(wanted, dasar_rp=[kind[1]], sumber_dana=[kind[0]]) for kind in kinds}
    found: dict[tuple[int, int, Sektor], tuple[int, int]] = {}
    for pledge in pledges:
        funds, base = SumberDana(pledge.sponsor.funds), pledge.dasar_upah_rp
        for key, price in law[funds, base].items():
            found[pledge.pk, int(key.bulan), key.sektor] = (price.jkk_rp, price.jkm_rp)
    return found


def _write(
    pledges: Sequence[Pledge], dues: Sequence[Due], wanted: Sequence[Month], *, clock: Clock
) -> dict[int, Notice]:
    counts: dict[int, int] = defaultdict(int)
    totals: dict[int, int] = defaultdict(int)
    for due in dues:
        counts[due.place.pledge_id] += 1
        totals[due.place.pledge_id] += due.jkk_rp + due.jkm_rp
    asked = [pledge for pledge in pledges if pledge.pk in counts]
    numbers, sequences = _free_numbers(asked, wanted[0]), _next_sequences(asked, wanted)
    notices = {
        pledge.pk: Notice(
            pk=pk,
            public_id=new_public_id(),
            number=next(numbers[pledge.sponsor_id]),
            sponsor=pledge.sponsor,
            pledge=pledge,
            first_month=wanted[0],
            months=len(wanted),
            funds=pledge.sponsor.funds,
            sequence=sequences[pledge.pk],
            line_count=counts[pledge.pk],
            total_rp=totals[pledge.pk],
            issued_on=clock.today(),
            due_on=_due_on(wanted[0], clock.today()),
            recorded_at=clock.now(),
        )
        for pk, pledge in zip(reserve_ids(Notice, len(asked)), asked, strict=True)
    }
    columns = [field.attname for field in Notice._meta.concrete_fields]
    bulk_insert(Notice, columns, ([getattr(each, name) for name in columns] for each in notices.values()))
    numbers_of = {pledge_id: notice.pk for pledge_id, notice in notices.items()}
    bulk_insert(
        NoticeLine,
        LINE_COLUMNS,
        (
            (numbers_of[pledge_id], enrolment_id, worker_id, month, position, sector, jkk_rp, jkm_rp, True)
            for (pledge_id, enrolment_id, worker_id, position, sector, month), jkk_rp, jkm_rp in dues
        ),
    )
    return notices


def _free_numbers(pledges: Sequence[Pledge], month: Month) -> dict[int, Iterator[str]]:
    """By payer, `PI/PTMAJU/2026-12/1` and those after it that are free; counted under the payers' locks."""
    payers = {pledge.sponsor_id: pledge.sponsor for pledge in pledges}
    taken = set(_NUMBERS(payers, month))
    return {pk: _numbers(f"PI/{payer.code}/{month}/", taken) for pk, payer in payers.items()}


def _numbers(stem: str, taken: set[str]) -> Iterator[str]:
    return (number for n in count(1) if (number := f"{stem}{n}") not in taken)


def _next_sequences(pledges: Sequence[Pledge], wanted: Sequence[Month]) -> dict[int, int]:
    last = dict(_SEQUENCES([pledge.pk for pledge in pledges], wanted[0], len(wanted)))
    return {pledge.pk: last.get(pledge.pk, 0) + 1 for pledge in pledges}


def _due_on(month: Month, today: date) -> date:
    """The day of the law in the first month; of a month that is over, or past that day, today."""
    return max(month.first_day.replace(day=HARI_JATUH_TEMPO.on(month).value), today)


_NUMBERS: Prepared[str] = Prepared(
    lambda payers, month: Notice.objects.filter(sponsor_id__in=payers, first_month=month).values_list(
        "number", flat=True
    )
)
_SEQUENCES: Prepared[tuple[int, int]] = Prepared(
    lambda pledges, first_month, months: (
        Notice.objects.filter(pledge_id__in=pledges, first_month=first_month, months=months)
        .order_by()
        .values_list("pledge_id")
        .annotate(last=Max("sequence"))
    )
)
