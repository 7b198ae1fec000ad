"""Who is due under a pledge, and which worker-months are asked for or covered already."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, QuerySet

from payung.contributions.models import ClosedMonth, CoveredMonth, NoticeLine
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors.places import in_pledge
from payung.kernel.funds import Program, Sektor
from payung.kernel.month import Month
from payung.registry.selectors import records_of
from payung.sponsors.models import Pledge
from payung.store.bulk import in_slices

_M = TypeVar("_M", bound=Model)
WorkerMonth: TypeAlias = tuple[int, int]

State = Enrolment.State
# From the determination on there is a basis; before it nobody is asked for anything.
DUE_STATES = (State.DETERMINED, State.REGISTERED, State.SENT, State.ACCEPTED, State.ACTIVE)


@dataclass(frozen=True, slots=True)
class DueWorker:
    """One enrolment that may be asked for, with what its price and its place in the list depend on."""

    enrolment_id: int
    worker_id: int
    position: int
    sector: Sektor
    died_on: date | None
    from_month: int | None = None

    def begins_by(self, month: Month) -> bool:
        """Whether the month is theirs in the pledge: a substitute's begin where those of the other end."""
        return self.from_month is None or month >= self.from_month

    def lives_in(self, month: Month) -> bool:
        """Whether the month is not after the month of death."""
        return self.died_on is None or month <= Month.of(self.died_on)


def due_workers(pledge: Pledge) -> list[DueWorker]:
    """The determined workers of a pledge in the order of the list. Without an occupation the general sector holds.

    Whom a renewal has carried on already is due for the months that are left of this term.
    """
    rows = (
        Enrolment.objects.filter(in_pledge(pledge), state__in=DUE_STATES)
        .order_by("position", "pk")
        .values_list("pk", "worker_id", "position", "worker__occupation__sector", "worker__died_on", "from_month")
    )
    return [
        DueWorker(pk, worker, at, Sektor(sector or Sektor.LAINNYA), died_on, from_month)
        for pk, worker, at, sector, died_on, from_month in rows
    ]


def waiting_count(pledge: Pledge) -> int:
    """How many of a pledge's workers are on their way and not yet determined."""
    before = [State.PROPOSED, State.VERIFIED, State.MATCHED, State.CHECKED]
    return Enrolment.objects.filter(pledge=pledge, state__in=before).count()


def pledge_worker_ids(pledge: Pledge) -> list[int]:
    """Every worker with a way in under the pledge, ended or not, ascending."""
    return sorted(set(Enrolment.objects.filter(in_pledge(pledge)).values_list("worker_id", flat=True)))


def of_workers(rows: QuerySet[_M], worker_ids: Iterable[int]) -> Iterator[QuerySet[_M]]:
    """Rows of many workers, a slice of workers at a time.

    The ids go as a list: as a subquery they tempt PostgreSQL, which knows nothing yet of rows written a moment ago, to
    walk the tables once for each.
    """
    for part in in_slices(worker_ids):
        yield rows.filter(worker_id__in=part)


def asked_months(worker_ids: Iterable[int], months: Iterable[int]) -> set[WorkerMonth]:
    """Worker-months that stand on a live line, whosever notice it is."""
    lines = NoticeLine.objects.filter(is_live=True, month__in=list(months))
    return _worker_months(lines, worker_ids)


def covered_months(worker_ids: Iterable[int], months: Iterable[int]) -> set[WorkerMonth]:
    """Worker-months that are covered, whoever paid."""
    return _worker_months(CoveredMonth.objects.filter(month__in=list(months), program=Program.JKK), worker_ids)


def places_taken(pledge: Pledge, months: Iterable[int]) -> Counter[int]:
    """How many places of the pledge's quota stand on live lines, month by month."""
    rows = NoticeLine.objects.filter(notice__pledge=pledge, is_live=True, month__in=list(months))
    return Counter({row["month"]: row["places"] for row in rows.values("month").annotate(places=Count("pk"))})


def stale_lines(worker_ids: Iterable[int], months: Iterable[int]) -> list[NoticeLine]:
    """Live lines whose way in under that payer has ended, and which nobody paid."""
    covered = CoveredMonth.objects.filter(worker_id=OuterRef("worker_id"), month=OuterRef("month"))
    live = NoticeLine.objects.filter(is_live=True, month__in=list(months), enrolment__state__in=Enrolment.ENDED)
    return [line for part in of_workers(live.exclude(Exists(covered)), worker_ids) for line in part]


def closed_months(months: Iterable[int]) -> set[int]:
    """Which of the months are closed."""
    return set(ClosedMonth.objects.filter(month__in=list(months)).values_list("month", flat=True))


def _worker_months(rows: QuerySet[_M], worker_ids: Iterable[int]) -> set[WorkerMonth]:
    """Worker-months at whichever record of a person, named by the id that was asked for."""
    person = records_of(worker_ids)
    pairs = (pair for part in of_workers(rows, person) for pair in part.values_list("worker_id", "month"))
    return {(person[worker_id], month) for worker_id, month in pairs}
