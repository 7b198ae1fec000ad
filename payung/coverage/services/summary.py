"""Counting months anew. Each month is one transaction of a few statements: readers see the old counts or the new."""

from collections.abc import Callable, Iterable

from django.db import transaction

from payung.coverage.counting import (
    CELL,
    LAPSE,
    NEED,
    ROLLUP,
    cells_of,
    lapses_in,
    needs_in,
    rollup_of,
    waiting_months,
)
from payung.coverage.models import CoverageRollup, CoverageSummary, LapseSummary, SummaryHead, SummaryMonth, VillageNeed
from payung.coverage.selectors.freshness import every_month, months_touched_since, newest, newest_counted
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.store.select_into import insert_from

Progress = Callable[[int, int], None]


def _nobody_watches(_done: int, _all: int) -> None:
    """The progress of a counting that nobody waits for."""


def rebuild_summary(
    months: Iterable[int] | None = None,
    *,
    clock: Clock,
    progress: Progress = _nobody_watches,
) -> list[Month]:
    """Count these months (or all there are) from the ledger; return the months counted.

    The lapses of a month depend on it and on the month before: those of the month after are counted again with it.
    """
    wanted = every_month() if months is None else sorted({Month(month) for month in months})
    for done, month in enumerate(wanted, start=1):
        _count_month(month, clock=clock)
        progress(done, len(wanted))
    return wanted


def refresh_summary(*, clock: Clock, progress: Progress = _nobody_watches) -> list[Month]:
    """Count what the journal has touched since the last time, and this month's needs; cheap when nothing happened."""
    touched = months_touched_since(newest_counted().entry_id)
    return _count_up_to_now(touched, clock=clock, progress=progress)


def rebuild_everything(*, clock: Clock, progress: Progress = _nobody_watches) -> list[Month]:
    """Count every month anew, whatever the counting believes to have seen: each night, and after a restore."""
    return _count_up_to_now(every_month(), clock=clock, progress=progress)


def count_needs(month: Month, *, clock: Clock) -> int:
    """Count who is known and who is missing in a month, village by village; return the number of cells."""
    with transaction.atomic():
        VillageNeed.objects.filter(month=month).delete()
        return insert_from(VillageNeed, NEED, needs_in(month, on=clock.today()))


@transaction.atomic
def _count_month(month: Month, *, clock: Clock) -> None:
    _lock_the_counting()
    CoverageSummary.objects.filter(month=month).delete()
    insert_from(CoverageSummary, CELL, cells_of(month))
    CoverageRollup.objects.filter(month=month).delete()
    for dimension in CoverageRollup.Dimension.values:
        insert_from(CoverageRollup, ROLLUP, rollup_of(month, dimension))
    for off in (month, month + 1, *_waited_on(month)):
        LapseSummary.objects.filter(month=off).delete()
        insert_from(LapseSummary, LAPSE, lapses_in(off))
    SummaryMonth.objects.update_or_create(month=month, defaults={"counted_at": clock.now()})


def _waited_on(month: Month) -> list[int]:
    """The later months in which somebody falls off whose waiting this month may be part of."""
    later = [month + step for step in range(2, waiting_months(month) + 1)]
    return list(LapseSummary.objects.filter(month__in=later).values_list("month", flat=True).distinct())


def _count_up_to_now(months: Iterable[int], *, clock: Clock, progress: Progress = _nobody_watches) -> list[Month]:
    # Looked up first: an entry that arrives while we count is counted again next time rather than never.
    seen = newest()
    this_month = Month.of(clock.today())
    never = set() if SummaryMonth.objects.filter(month=this_month).exists() else {this_month}
    counted = rebuild_summary({*months, *never}, clock=clock, progress=progress)
    count_needs(this_month, clock=clock)
    with transaction.atomic():
        head = _lock_the_counting()
        head.entry_id, head.worker_id = seen.entry_id, seen.worker_id
        head.save(update_fields=["entry_id", "worker_id"])
    return counted


def _lock_the_counting() -> SummaryHead:
    """Two counters wait for each other here, and the second one counts what the first one saw and more."""
    SummaryHead.objects.get_or_create(pk=1, defaults={"entry_id": 0, "worker_id": 0})
    return SummaryHead.objects.select_for_update().get(pk=1)
