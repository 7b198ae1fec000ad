"""Who is covered, by whom, until when."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Min, OuterRef, Q, Subquery, Sum

from payung.contributions.models import CoveredMonth, JournalEntry
from payung.contributions.selectors.kept import kept_by_payer
from payung.kernel.funds import Program
from payung.kernel.month import Month, months_from
from payung.registry.models import Worker
from payung.registry.selectors import records_of
from payung.sponsors.models import Sponsor
from payung.store.bulk import in_slices

LONGEST_TERM = 12
CELL = ("month", "state", "sponsor_id", "sponsor__name", "covered_from", "is_arrears", "amount_rp")


@dataclass(frozen=True, slots=True)
class CoveredUntil:
    """The last covered month of a worker, and who paid for it."""

    month: Month
    sponsor_id: int


@dataclass(frozen=True, slots=True)
class CoverCell:
    """One month in a worker's grid. Without cover everything else is empty; JKK and JKM always go together."""

    month: Month
    state: str
    sponsor_id: int | None
    sponsor_name: str
    covered_from: date | None
    is_arrears: bool
    amount_rp: int


@dataclass(frozen=True, slots=True)
class SponsorMonth:
    """One month of a payer: worker-months asked for and covered, and the rupiah of each."""

    month: Month
    asked: int
    asked_rp: int
    sementara: int
    berlaku: int
    covered_rp: int

    @property
    def covered(self) -> int:
        """Covered worker-months, in force or not yet."""
        return self.sementara + self.berlaku


def covered_until(
    worker_ids: Iterable[int], *, other_than_sponsor: Sponsor | int | None = None, since: Month | None = None
) -> dict[int, CoveredUntil]:
    """Until which month workers are covered, at whichever of their records; workers without cover are left out.

    Two queries a slice. `other_than_sponsor` leaves out what that payer covers; `since` what lies before a month.
    """
    leave_out = other_than_sponsor.pk if isinstance(other_than_sponsor, Sponsor) else other_than_sponsor
    rows = CoveredMonth.objects.filter(program=Program.JKK)
    if leave_out is not None:
        rows = rows.exclude(sponsor_id=leave_out)
    if since is not None:
        rows = rows.filter(month__gte=since)
    last = rows.filter(worker_id=OuterRef("worker_id")).order_by("-month").values("month")[:1]
    found: dict[int, CoveredUntil] = {}
    for ids in in_slices(worker_ids):
        person = records_of(ids)
        payers = rows.filter(worker_id__in=list(person), month=Subquery(last))
        for record_id, month, sponsor_id in payers.values_list("worker_id", "month", "sponsor_id"):
            worker_id = person[record_id]
            if worker_id not in found or found[worker_id].month < month:
                found[worker_id] = CoveredUntil(Month(month), sponsor_id)
    return found


def covered_since(worker_ids: Iterable[int]) -> dict[int, Month]:
    """The first covered month of workers, by one query a slice; workers without cover are left out."""
    found: dict[int, Month] = {}
    for ids in in_slices(worker_ids):
        person = records_of(ids)
        rows = CoveredMonth.objects.filter(worker_id__in=list(person), program=Program.JKK)
        for row in rows.order_by().values("worker_id").annotate(first=Min("month")):
            first, worker_id = Month(row["first"]), person[row["worker_id"]]
            found[worker_id] = min(first, found.get(worker_id, first))
    return found


def cover_grid(worker: Worker, *, first_month: Month, months: int = 36) -> list[CoverCell]:
    """A worker's months in a row, covered or not, at whichever of the person's records."""
    rows = CoveredMonth.objects.filter(
        worker__in=list(records_of([worker.pk])), month__gte=first_month, month__lt=first_month + months
    )
    cells: dict[int, CoverCell] = {}
    for month, state, payer, name, start, is_arrears, rp in rows.order_by("program").values_list(*CELL):
        before = cells.get(month)
        cells[month] = CoverCell(
            Month(month), state, payer, name, start, is_arrears, rp + (before.amount_rp if before else 0)
        )
    return [cells.get(month) or _uncovered(month) for month in months_from(first_month, months)]


def sponsor_month_strip(sponsor: Sponsor, *, first_month: Month, months: int = 12) -> list[SponsorMonth]:
    """A payer's months in a row: what was asked and what is covered.

    Counted from indexes alone by three queries; what is covered by one while the payer's books stand still.
    """
    span = Q(month__gte=first_month, month__lt=first_month + months)
    asked: Counter[int] = Counter()
    rupiah: Counter[tuple[str, int]] = Counter()
    for month, count, rp in _asked_months(sponsor, first_month, months):
        asked[month] += count
        rupiah["asked", month] += rp
    covered: Counter[tuple[str, int]] = Counter()
    books = kept_by_payer(
        f"strip:{int(first_month)}:{months}", [sponsor.pk], lambda _: {sponsor.pk: list(_covered_months(sponsor, span))}
    )
    for month, state, count, rp in books[sponsor.pk]:
        covered[state, month] += count
        rupiah["covered", month] += rp
    return [
        SponsorMonth(
            month=month,
            asked=asked[month],
            asked_rp=rupiah["asked", month],
            sementara=covered[CoveredMonth.State.SEMENTARA, month],
            berlaku=covered[CoveredMonth.State.BERLAKU, month],
            covered_rp=rupiah["covered", month],
        )
        for month in months_from(first_month, months)
    ]


def _asked_months(sponsor: Sponsor, first_month: Month, months: int) -> list[tuple[int, int, int]]:
    """Month, live lines and their rupiah, a notice at a time: in the order of the index nothing need be sorted."""
    end = int(first_month) + months
    span = (int(first_month), end)
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [sponsor.pk, end, int(first_month) - LONGEST_TERM, *span])
        return [(month, count, int(rp)) for month, count, rp in cursor.fetchall()]


_ASKED = """
SELECT month, COUNT(*), SUM(jkk_rp + jkm_rp) FROM contributions_noticeline
WHERE notice_id IN (
    SELECT id FROM contributions_notice WHERE sponsor_id = %s AND first_month < %s AND first_month > %s
) AND month >= %s AND month < %s AND is_live
GROUP BY notice_id, month
"""


def _covered_months(sponsor: Sponsor, span: Q) -> Iterator[tuple[int, str, int, int]]:
    """Month, state, worker-months and rupiah by entry: what one entry covered is in force together or not at all."""
    cover = CoveredMonth.objects.filter(span, sponsor=sponsor).order_by()
    groups = cover.values("month", "program", "entry_id").annotate(count=Count("*"), rp=Sum("amount_rp"))
    found = list(groups.values_list("month", "program", "entry_id", "count", "rp"))
    state = CoveredMonth.objects.filter(entry=OuterRef("pk")).order_by().values("state")[:1]
    entries = JournalEntry.objects.filter(pk__in={entry_id for _, _, entry_id, _, _ in found})
    states = dict(entries.values_list("pk", Subquery(state)))
    for month, program, entry_id, count, rp in found:
        yield month, states[entry_id], count if program == Program.JKK else 0, rp


def _uncovered(month: Month) -> CoverCell:
    return CoverCell(month, "", None, "", None, False, 0)
