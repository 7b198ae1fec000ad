"""What ways and months say about two records of one person: who is kept, what forbids it, who must look twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from payung.contributions.models import CoveredMonth, NoticeLine
from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.registry.models import SuspectedPair, Worker
from payung.registry.selectors import records_of


@dataclass(frozen=True, slots=True)
class MergeView:
    """Which of two records would stay, and what forbids it: months that both have, two ways at once."""

    kept_id: int
    months: tuple[Month, ...]
    two_ways: bool
    needs_second: bool

    @property
    def is_free(self) -> bool:
        """Whether ways and months allow the merger."""
        return not (self.months or self.two_ways)


def merge_view(pair: SuspectedPair) -> MergeView:
    """Look at a pair as it is now. Who is on the way is kept; else who was paid for last; else the older record."""
    left, right = _persons(pair.left_id, pair.right_id)
    paid = {person: _covered(records) for person, records in ((pair.left_id, left), (pair.right_id, right))}
    ways = [
        person for person, records in ((pair.left_id, left), (pair.right_id, right)) if _on_the_way(records)
    ]  # fmt: skip
    both = (paid[pair.left_id] | _asked(left)) & (paid[pair.right_id] | _asked(right))
    return MergeView(
        kept_id=ways[0] if len(ways) == 1 else _last_paid(pair, paid),
        months=tuple(Month(month) for month in sorted(both)),
        two_ways=len(ways) == 2,
        needs_second=any(paid.values()),
    )


def paid_worker_ids(workers: Iterable[Worker]) -> set[int]:
    """Which of these have covered months, at whichever of their records."""
    records = records_of(worker.pk for worker in workers)
    return {records[pk] for pk in CoveredMonth.objects.filter(worker__in=records).values_list("worker_id", flat=True)}


def _persons(left: int, right: int) -> tuple[list[int], list[int]]:
    records = records_of([left, right])
    return (
        [record for record, person in records.items() if person == left],
        [record for record, person in records.items() if person == right],
    )


def _covered(records: list[int]) -> set[int]:
    return set(CoveredMonth.objects.filter(worker__in=records).values_list("month", flat=True))


def _asked(records: list[int]) -> set[int]:
    """Months that stand on a live line: paid, or to be paid any day."""
    return set(NoticeLine.objects.filter(worker__in=records, is_live=True).values_list("month", flat=True))


def _on_the_way(records: list[int]) -> bool:
    return Enrolment.objects.filter(worker__in=records).exclude(state__in=Enrolment.ENDED).exists()


def _last_paid(pair: SuspectedPair, paid: dict[int, set[int]]) -> int:
    left, right = max(paid[pair.left_id], default=0), max(paid[pair.right_id], default=0)
    return pair.right_id if right > left else pair.left_id
