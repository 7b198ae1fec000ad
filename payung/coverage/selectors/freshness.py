"""Whether the counts are as new as the ledger, and whether they say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, QuerySet

from payung.contributions.models import CoveredMonth, JournalEntry
from payung.coverage.counting import CELL, LAPSE, ROLLUP, cells_of, lapses_in, one_programme_only, rollup_of
from payung.coverage.models import CoverageRollup, CoverageSummary, LapseSummary, SummaryHead, SummaryMonth
from payung.kernel.month import Month


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


def newest_entry() -> int:
    """The id of the journal's newest entry."""
    return JournalEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def newest_entry_counted() -> int:
    """The id of the newest entry that the counting has seen."""
    return SummaryHead.objects.filter(pk=1).values_list("entry_id", flat=True).first() or 0


def is_summary_stale() -> bool:
    """Whether the journal has moved since the last counting. Two look-ups by key."""
    return newest_entry() > newest_entry_counted()


def months_touched_since(entry_id: int) -> list[Month]:
    """The months whose cover may have changed by entries newer than this one."""
    return every_month() if newest_entry() > entry_id else []


def every_month() -> list[Month]:
    """From the first month that was ever covered or counted to the last, without a gap."""
    covered = CoveredMonth.objects.aggregate(first=Min("month"), last=Max("month"))
    counted = SummaryMonth.objects.aggregate(first=Min("month"), last=Max("month"))
    firsts = [ends["first"] for ends in (covered, counted) if ends["first"] is not None]
    lasts = [ends["last"] for ends in (covered, counted) if ends["last"] is not None]
    return [Month(month) for month in range(min(firsts), max(lasts) + 1)] if firsts else []


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
