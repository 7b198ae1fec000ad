"""Whether the counts are as new as the ledger, and whether they say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from payung.contributions.models import CoveredMonth, CoverLine, JournalEntry, Posting
from payung.coverage.counting import CELL, LAPSE, ROLLUP, cells_of, lapses_in, one_programme_only, rollup_of
from payung.coverage.models import CoverageRollup, CoverageSummary, LapseSummary, SummaryHead, SummaryMonth
from payung.kernel.month import Month
from payung.registry.models import Worker


@dataclass(frozen=True, slots=True)
class Newest:
    """The highest ids of a moment."""

    entry_id: int
    worker_id: int


@dataclass(frozen=True, slots=True)
class SummaryDifference:
    """One way in which a month's counts and the ledger disagree: rows of `table` that only one of them has."""

    month: Month
    table: str
    only_in_ledger: int
    only_in_summary: int


def counted_at(month: int) -> datetime | None:
    """When a month was last counted; None if never."""
    return SummaryMonth.objects.filter(month=month).values_list("counted_at", flat=True).first()


def newest() -> Newest:
    """The ids of the journal's and the registry's newest rows."""
    entries = JournalEntry.objects.aggregate(pk=Max("pk"))
    workers = Worker.objects.aggregate(pk=Max("pk"))
    return Newest(entries["pk"] or 0, workers["pk"] or 0)


def newest_counted() -> Newest:
    """The newest rows that the counting has seen."""
    seen = SummaryHead.objects.filter(pk=1).values_list("entry_id", "worker_id").first()
    return Newest(*seen) if seen else Newest(0, 0)


def is_summary_stale() -> bool:
    """Whether payments or registrations were added since the last counting. Three look-ups by key."""
    now, seen = newest(), newest_counted()
    return now.entry_id > seen.entry_id or now.worker_id > seen.worker_id


def months_touched_since(entry_id: int) -> list[Month]:
    """The months that newer entries cover, give back, or put in force by confirming or reversing their payment."""
    newer = Posting.objects.filter(entry_id__gt=entry_id)
    moved = newer.filter(payment__isnull=False).values("payment_id")
    entries = Posting.objects.filter(payment_id__in=moved).values("entry_id")
    lines = CoverLine.objects.filter(Q(entry_id__gt=entry_id) | Q(entry_id__in=entries))
    return [Month(month) for month in sorted(lines.order_by().values_list("month", flat=True).distinct())]


def every_month() -> list[Month]:
    """From the first month that was ever covered or counted to the last, without a gap."""
    # Each end by itself: asked for both at once, SQLite reads every row instead of one end of the index.
    ends = [
        months.order_by(way).values_list("month", flat=True).first()
        for months in (CoveredMonth.objects, SummaryMonth.objects)
        for way in ("month", "-month")
    ]
    found = [month for month in ends if month is not None]
    return [Month(month) for month in range(min(found), max(found) + 1)] if found else []


def summary_differences(months: Iterable[int] | None = None) -> list[SummaryDifference]:
    """Count the months again beside the summary and say where they differ; empty means that all agree."""
    return [found for month in (every_month() if months is None else months) for found in _differences(Month(month))]


def _differences(month: Month) -> list[SummaryDifference]:
    compared = [
        _compare(month, "summary", cells_of(month), _stored(CoverageSummary, month, CELL)),
        _compare(month, "lapse", lapses_in(month), _stored(LapseSummary, month, LAPSE)),
        *(
            _compare(month, f"rollup:{by}", rollup_of(month, by), _stored(CoverageRollup, month, ROLLUP, dimension=by))
            for by in CoverageRollup.Dimension.values
        ),
    ]
    alone = one_programme_only(month)
    found = [difference for difference in compared if difference.only_in_ledger or difference.only_in_summary]
    return [*found, SummaryDifference(month, "one-programme", alone, 0)] if alone else found


def _stored(model: Any, month: int, columns: tuple[str, ...], **only: str) -> QuerySet[Any, Any]:
    return model.objects.filter(month=month, **only).values_list(*columns)


def _compare(month: Month, table: str, counted: QuerySet[Any, Any], stored: QuerySet[Any, Any]) -> SummaryDifference:
    """Compare as sets: the rows are few where the counting adds up, and each is a handful of numbers and codes."""
    ledger, summary = set(counted), set(stored)
    return SummaryDifference(month, table, len(ledger - summary), len(summary - ledger))
