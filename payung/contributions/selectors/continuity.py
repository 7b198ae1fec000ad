"""The continuity clock: how many months in a row somebody is paid for, whoever paid, and what breaks them next.

JKM's scholarship asks for a number of paid months, and whether a gap starts the count anew is not known: the months in
a row are the careful reading, the months in all the other one. A handover changes nothing: the clock is a person's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from payung.contributions.models import CoveredMonth, NoticeLine
from payung.kernel.funds import Keyakinan, Program
from payung.kernel.month import Month
from payung.registry.selectors import records_of
from payung.rules.jkm.figures import BEASISWA_IURAN_MINIMUM_JKM
from payung.store.bulk import in_slices


@dataclass(frozen=True, slots=True)
class ContinuityClock:
    """One person's clock as of a month.

    The row is the one that holds the month asked about, or the last one before it, or the first to come. `in_row` is
    its months up to the last paid, `in_all` every paid month. `next_break` is the first month after it that nobody has
    paid; `is_asked` says whether somebody is asked to pay it. `reached` is the month that completes `target` if
    no month is missed; it lies in the past where it was reached. `is_broken`: the next break lies behind already.
    """

    since: Month
    until: Month
    in_row: int
    in_all: int
    target: int
    reached: Month
    next_break: Month
    is_asked: bool
    is_broken: bool
    confidence: Keyakinan

    @property
    def is_reached(self) -> bool:
        """Whether the months in a row suffice."""
        return self.in_row >= self.target

    @property
    def missing(self) -> int:
        """How many more months in a row it takes."""
        return max(0, self.target - self.in_row)


def continuity_clocks(worker_ids: Iterable[int], *, now: Month) -> dict[int, ContinuityClock]:
    """The clock of each worker with a paid month, at whichever of their records; three queries a slice."""
    found: dict[int, ContinuityClock] = {}
    for part in in_slices(worker_ids):
        person = records_of(part)
        months: dict[int, set[int]] = {}
        rows = CoveredMonth.objects.filter(worker_id__in=list(person), program=Program.JKK)
        for record, month in rows.values_list("worker_id", "month"):
            months.setdefault(person[record], set()).add(month)
        rowed = {pk: _row(covered, int(now)) for pk, covered in months.items()}
        asked = _asked(person, {until + 1 for _, until in rowed.values()})
        for pk, (since, until) in rowed.items():
            found[pk] = _clock(since, until, len(months[pk]), (pk, until + 1) in asked, now)
    return found


def _row(covered: set[int], now: int) -> tuple[int, int]:
    """The first and last month of the row that counts."""
    past = [month for month in covered if month <= now]
    since = until = max(past) if past else min(covered)
    while since - 1 in covered:
        since -= 1
    while until + 1 in covered:
        until += 1
    return since, until


def _asked(person: dict[int, int], months: set[int]) -> set[tuple[int, int]]:
    lines = NoticeLine.objects.filter(worker_id__in=list(person), month__in=months, is_live=True)
    return {(person[record], month) for record, month in lines.values_list("worker_id", "month")}


def _clock(since: int, until: int, in_all: int, is_asked: bool, now: Month) -> ContinuityClock:
    figure = BEASISWA_IURAN_MINIMUM_JKM.on(Month(until))
    return ContinuityClock(
        since=Month(since),
        until=Month(until),
        in_row=until - since + 1,
        in_all=in_all,
        target=figure.value,
        reached=Month(since) + (figure.value - 1),
        next_break=Month(until) + 1,
        is_asked=is_asked,
        is_broken=until + 1 < now,
        # What the law says of the number is one thing; that a gap begins it anew nobody has confirmed.
        confidence=Keyakinan.PERLU_KONFIRMASI,
    )
