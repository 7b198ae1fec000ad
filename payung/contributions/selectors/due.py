"""Who is due under a pledge, and which worker-months are asked for or covered already."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from payung.contributions.models import ClosedMonth, CoveredMonth, NoticeLine
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors.places import in_pledge, terms_asked
from payung.enrolment.transitions import HANDED_ON
from payung.kernel.funds import Program, Sektor
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.selectors import records_of
from payung.sponsors.models import Pledge
from payung.store.bulk import in_slices
from payung.store.months import MonthOf
from payung.store.prepared import Prepared

_M = TypeVar("_M", bound=Model)
WorkerMonth: TypeAlias = tuple[int, int]
_PLACE = (
    *("pledge_id", "pk", "worker_id", "position"),
    *("worker__occupation__sector", "from_month", "worker__died_on"),
)

State = Enrolment.State
# From the determination on there is a basis; before it nobody is asked for anything.
DUE_STATES = (State.DETERMINED, State.REGISTERED, State.SENT, State.ACCEPTED, State.ACTIVE)


def ways_named(pledge_ids: Sequence[int], by: int) -> QuerySet[Enrolment]:
    """Ways that name pledges, ended or not, begun by a month."""
    begun = Q(from_month__isnull=True) | Q(from_month__lte=by)
    return Enrolment.objects.filter(begun, pledge_id__in=pledge_ids)


def _due_named(pledge_ids: Sequence[int], by: int) -> QuerySet[Enrolment]:
    """Those of them that are determined."""
    return ways_named(pledge_ids, by).filter(state__in=DUE_STATES)


class OpenPlace(NamedTuple):
    """One worker's month that may be asked for, with what its price and its place in the list depend on."""

    pledge_id: int
    enrolment_id: int
    worker_id: int
    position: int
    sector: Sektor
    month: Month


class Asking:
    """Pledges and months for which somebody is going to be asked, with what several questions about them need.

    Each is read when it is first needed and kept: the payers, and where it writes the workers, are locked before.
    """

    def __init__(self, pledges: Sequence[Pledge], months: Sequence[Month]) -> None:
        self.pledges, self.months = pledges, months

    @cached_property
    def terms(self) -> dict[int, int]:
        """By pledge that a way names, the pledge under which it has months."""
        return terms_asked(self.pledges)

    @cached_property
    def named(self) -> tuple[list[int], int]:
        """The pledges that ways with these months name, and the last month, by which they have begun."""
        return list(self.terms), int(self.months[-1])

    @cached_property
    def people(self) -> dict[int, int]:
        """The records of those who are determined and have several, each with the person's own."""
        return records_of(_SEVERAL(*self.named))

    @cached_property
    def stale(self) -> list[NoticeLine]:
        """Live lines of the pledges' workers whose way in under that payer has ended, and which nobody paid.

        Of those who are determined also the lines at another record of theirs.
        """
        found = {line.pk: line for line in _STALE(*self.named, self.months)}
        for part in of_workers(_stale(self.months), self.people):
            found |= {line.pk: line for line in part}
        return [found[pk] for pk in sorted(found)]


def open_places(asking: Asking) -> list[OpenPlace]:
    """The worker-months that nobody asks for, nobody covers, and for which the quota of their pledge has room.

    Month by month, then in the order of each list; as many queries for a year as for a month, and for many pledges as
    for one. Unpaid lines of ways that have ended count as ended (`stale`). Without an occupation the general sector
    holds.
    """
    pledges = asking.pledges
    taken = places_taken([pledge.pk for pledge in pledges], asking.months)
    shut = _taken_months(asking) | _settled_elsewhere(asking)
    sectors = {str(sector): sector for sector in Sektor} | {None: Sektor.LAINNYA}
    rows = _PLACES(*asking.named)
    found = []
    for month in asking.months:
        free = {pledge.pk: pledge.quota - taken[pledge.pk, int(month)] for pledge in pledges}
        first_day = month.first_day
        for named_id, enrolment_id, worker_id, position, sector, from_month, died_on in rows:
            # A substitute's months begin where those of the other end; nobody is asked for after the month of death.
            if (from_month is not None and from_month > month) or (died_on is not None and died_on < first_day):
                continue
            pledge_id = asking.terms[named_id]
            if free[pledge_id] > 0 and (worker_id, month) not in shut:
                free[pledge_id] -= 1
                found.append(OpenPlace(pledge_id, enrolment_id, worker_id, position, sectors[sector], month))
    return found


def open_counts(pledges: Sequence[Pledge], month: Month) -> dict[int, int]:
    """By payer, how many persons a notice for the month would ask for now."""
    payers = {pledge.pk: pledge.sponsor_id for pledge in pledges}
    return Counter(payers[place.pledge_id] for place in open_places(Asking(pledges, [month])))


def due_ways(pledge: Pledge) -> QuerySet[Enrolment]:
    """The determined ways with months under a pledge."""
    return Enrolment.objects.filter(in_pledge(pledge), state__in=DUE_STATES)


def _taken_months(asking: Asking) -> set[WorkerMonth]:
    """The worker-months of ways that somebody is asked for, or that are covered."""
    return {*_ASKED(*asking.named, asking.months), *_COVERED(*asking.named, asking.months)}


def _settled_elsewhere(asking: Asking) -> set[WorkerMonth]:
    """Worker-months that stand at another record of the same person, but for lines that end when this is asked."""
    person = asking.people
    if not person:
        return set()
    ended = {line.pk for line in asking.stale}
    live = NoticeLine.objects.filter(is_live=True, month__in=list(asking.months))
    lines = (line for part in of_workers(live, person) for line in part.values_list("pk", "worker_id", "month"))
    asked = {(person[worker_id], month) for pk, worker_id, month in lines if pk not in ended}
    return asked | covered_months(set(person.values()), asking.months)


def waiting_count(pledge: Pledge) -> int:
    """How many of a pledge's workers are on their way and not yet determined."""
    before = [State.PROPOSED, State.VERIFIED, State.MATCHED, State.CHECKED]
    return Enrolment.objects.filter(pledge=pledge, state__in=before).count()


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


def places_taken(pledge_ids: Sequence[int], months: Iterable[int]) -> Counter[tuple[int, int]]:
    """How many places of each pledge's quota stand on live lines, month by month; stale lines take none."""
    return Counter({(pledge_id, month): places for pledge_id, month, places in _TAKEN(pledge_ids, months)})


def _is_stale() -> Q:
    # Both programmes are covered together; with one named the index finds the row, without it walks the whole month.
    covered = CoveredMonth.objects.filter(worker_id=OuterRef("worker_id"), month=OuterRef("month"), program=Program.JKK)
    # Who was handed on stays due for the months before that: the first payer has asked to pay them.
    handed_on = Q(enrolment__reason__in=HANDED_ON, month__lte=MonthOf("enrolment__since"))
    return Q(enrolment__state__in=Enrolment.ENDED) & ~handed_on & ~Q(Exists(covered))


def _stale(months: Sequence[int]) -> QuerySet[NoticeLine]:
    return NoticeLine.objects.filter(is_live=True, month__in=months).filter(_is_stale())


def persons_of_several_records(workers: QuerySet[Any, Any]) -> QuerySet[Worker, int]:
    """Those of the workers (a query of ids) into whom another record was merged: the few with months at two places."""
    merged = Worker.objects.filter(merged_into__isnull=False, merged_into__in=workers)
    return merged.order_by("merged_into").values_list("merged_into_id", flat=True).distinct()


def closed_months(months: Iterable[int]) -> set[int]:
    """Which of the months are closed."""
    return set(_CLOSED(months))


_CLOSED: Prepared[int] = Prepared(
    lambda months: ClosedMonth.objects.filter(month__in=months).values_list("month", flat=True)
)
_SEVERAL: Prepared[int] = Prepared(
    lambda named, by: persons_of_several_records(_due_named(named, by).order_by().values("worker_id"))
)
_PLACES: Prepared[tuple[Any, ...]] = Prepared(
    lambda named, by: _due_named(named, by).order_by("position", "pk").values_list(*_PLACE)
)
_STALE: Prepared[NoticeLine] = Prepared(
    lambda named, by, months: _stale(months).filter(worker_id__in=ways_named(named, by).values("worker_id"))
)
_ASKED: Prepared[WorkerMonth] = Prepared(
    lambda named, by, months: (
        NoticeLine.objects.filter(
            is_live=True, worker_id__in=_due_named(named, by).order_by().values("worker_id"), month__in=months
        )
        .exclude(_is_stale())
        .values_list("worker_id", "month")
    )
)
_COVERED: Prepared[WorkerMonth] = Prepared(
    lambda named, by, months: CoveredMonth.objects.filter(
        program=Program.JKK,
        worker_id__in=_due_named(named, by).order_by().values("worker_id"),
        month__in=months,
    ).values_list("worker_id", "month")
)
_TAKEN: Prepared[tuple[int, int, int]] = Prepared(
    lambda pledges, months: (
        NoticeLine.objects.filter(notice__pledge_id__in=pledges, is_live=True, month__in=months)
        .exclude(_is_stale())
        .order_by()
        .values_list("notice__pledge_id", "month")
        .annotate(places=Count("pk"))
    )
)


def _worker_months(rows: QuerySet[_M], worker_ids: Iterable[int]) -> set[WorkerMonth]:
    """Worker-months at whichever record of a person, named by the id that was asked for."""
    person = records_of(worker_ids)
    pairs = (pair for part in of_workers(rows, person) for pair in part.values_list("worker_id", "month"))
    return {(person[worker_id], month) for worker_id, month in pairs}
