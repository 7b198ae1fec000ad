"""A month's notices for everybody: all determined workers of all live pledges, priced by the law of that month.

A slice of payers is one transaction: killed in the middle, what is committed stands and the next run does the rest.
What one pledge is asked for is judged by the same core as a single notice (`dues.ask_for`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from payung.access.errors import NotPermittedError
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.errors import MonthClosedError
from payung.contributions.models import Notice
from payung.contributions.selectors.due import closed_months
from payung.contributions.selectors.month_standing import running_pledges
from payung.contributions.services.dues import ask_for
from payung.contributions.services.journal import hold_months_open, lock_sponsors
from payung.kernel.clock import Clock
from payung.kernel.month import Month

# A transaction's worth: long enough that its end costs little, short enough that others wait for a second at most.
PLACES_A_SLICE = 10_000
PAYERS_A_SLICE = 500


@dataclass(frozen=True, slots=True)
class MonthRun:
    """What a run added: notices, worker-months, rupiah; `pledges` are those it looked at."""

    month: Month
    pledges: int
    notices: int = 0
    worker_months: int = 0
    total_rp: int = 0


@dataclass(frozen=True, slots=True)
class _Payer:
    sponsor_id: int
    pledge_ids: tuple[int, ...]
    places: int


def issue_month(
    month: Month,
    *,
    acting_user: Viewer,
    clock: Clock,
    report: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> MonthRun:
    """Ask every payer for one month of their pledges' determined workers. Again it asks only for what came since.

    Unpaid dues of those who left are ended, also under a pledge with nothing to ask (a single notice is then refused).
    `report` is told places (of the pledges' quotas) done and all of them, once a slice.
    """
    acting_user.require(Permission.NOTICE_ISSUE)
    if not acting_user.scope_of(Permission.NOTICE_ISSUE).everything:
        raise NotPermittedError(Permission.NOTICE_ISSUE)
    if closed_months([month]):
        raise MonthClosedError(month)
    payers = _payers(month)
    total, done = sum(payer.places for payer in payers), 0
    report(0, total)
    made: list[Notice] = []
    for part in _slices(payers):
        made += _ask_slice(part, month, acting_user=acting_user, clock=clock)
        done += sum(payer.places for payer in part)
        report(done, total)
    return MonthRun(
        month,
        pledges=sum(len(payer.pledge_ids) for payer in payers),
        notices=len(made),
        worker_months=sum(notice.line_count for notice in made),
        total_rp=sum(notice.total_rp for notice in made),
    )


@transaction.atomic
def _ask_slice(payers: list[_Payer], month: Month, *, acting_user: Viewer, clock: Clock) -> list[Notice]:
    lock_sponsors(payer.sponsor_id for payer in payers)
    hold_months_open()
    if closed_months([month]):
        raise MonthClosedError(month)
    ids = [pledge_id for payer in payers for pledge_id in payer.pledge_ids]
    pledges = running_pledges(month).filter(pk__in=ids).select_related("sponsor")
    asked = ask_for(list(pledges.order_by("sponsor", "pk")), [month], acting_user=acting_user, clock=clock)
    return list(asked.values())


def _payers(month: Month) -> list[_Payer]:
    rows = running_pledges(month).order_by("sponsor", "pk").values_list("sponsor_id", "pk", "quota")
    by_payer = ((sponsor_id, list(mine)) for sponsor_id, mine in groupby(rows, key=lambda row: row[0]))
    return [
        _Payer(sponsor_id, tuple(pk for _, pk, _ in mine), sum(quota for *_, quota in mine))
        for sponsor_id, mine in by_payer
    ]


def _slices(payers: list[_Payer]) -> Iterator[list[_Payer]]:
    """Payers in the order of locks, as many as make a transaction; one who is larger has one alone."""
    part: list[_Payer] = []
    places = 0
    for payer in payers:
        if part and (places + payer.places > PLACES_A_SLICE or len(part) >= PAYERS_A_SLICE):
            yield part
            part, places = [], 0
        part.append(payer)
        places += payer.places
    if part:
        yield part
