"""Bugs planted one at a time, and which rings see each. `python -m tests.oracle.planted` rewrites the table of them.

A bug is a real function replaced, or a trigger or an index dropped. Histories are walked with it until a ring sees it:
`constraint` (the database refuses), `model` (a page shows another number, or a step is refused otherwise), `checker`
(an invariant), `recompute` (the journal gives other bytes than what stands). Bugs of locks and durability are planted
beside the rings that see them (`tests/races`, `tests/power`).
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.oracle.database import prepared  # isort: skip

from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import IntegerField, Value

from payung.contributions.invariants import check_all
from payung.contributions.models import CoveredMonth, PayCode, Posting
from payung.contributions.selectors import due
from payung.contributions.selectors.allocation import Obstacle, judged_lines
from payung.contributions.services import allocation, dues, months
from payung.coverage.recomputed import recompute
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.kernel.funds import Sektor
from payung.kernel.month import Month
from tests.oracle import reading
from tests.oracle.comparing import DiffersError
from tests.oracle.history import History
from tests.oracle.machine import START, LedgerMachine
from tests.oracle.program import make_cast
from tests.soak.outcome import Outcome

TABLE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- planted bugs: begin -->", "<!-- planted bugs: end -->"
SERVICES, SELECTORS = "payung.contributions.services.", "payung.contributions.selectors."
WALKS, STEPS = 12, 70
NEVER = Value(None, output_field=IntegerField())

Plant = Callable[[], AbstractContextManager[Any]]
_give_months_back, _project, _prices = months._release, allocation.project, dues._prices


class Spoiled(History):
    """A history that begins with what most bugs need: codes of less and of more, two purses, a confirmation."""

    def drop(self) -> None:
        """What is dropped of the database."""

    def before(self) -> None:
        """A short term, whatever the seed."""
        self.drop()
        self.ask(0, 0, 2)
        self.pay_code(0, "count", 1)
        self.pay(0, "double", False, 0)
        self.advance(30)
        self.ask(0, 1, 2)
        self.pay_code(0, "price", 2)
        self.pay(0, "half", True, 1)
        self.pay(0, "all", True, 0)
        self.confirm(0, False)
        self.confirm(1, False)


def instead(target: str, wrong: Any) -> Plant:
    """A function or method replaced."""
    return partial(patch, target, wrong)


def in_services(target: str, wrong: Any) -> Plant:
    """The same for a service."""
    return instead(SERVICES + target, wrong)


def nothing(*_: Any, **__: Any) -> None:
    """What a forgotten step does."""


def empty(*_: Any, **__: Any) -> set[Any]:
    """What a look that was forgotten finds."""
    return set()


def without(sqlite: str, postgresql: str) -> Plant:
    """Something of the database dropped; it comes back when the history is rolled back."""

    @contextmanager
    def plant() -> Iterator[None]:
        def drop(_: History) -> None:
            with connection.cursor() as cursor:
                cursor.execute(postgresql if connection.vendor == "postgresql" else sqlite)

        with patch.object(Spoiled, "drop", drop):
            yield

    return plant


def at_the_end(spoil: Callable[[], Any]) -> Plant:
    """Rows spoiled past every service, after the last step."""

    @contextmanager
    def plant() -> Iterator[None]:
        with patch.object(Spoiled, "after", lambda _: spoil()):
            yield

    return plant


def both(*plants: Plant) -> Plant:
    """Two at once: the guard dropped, and the bug that it would have stopped."""

    @contextmanager
    def plant() -> Iterator[None]:
        with plants[0](), plants[1]():
            yield

    return plant


def in_force_at_once(entry: Any) -> None:
    """Months in force although nobody confirmed."""
    _project(entry)
    CoveredMonth.objects.filter(entry=entry).update(state="berlaku")


def a_month_late(records: list[int], month: Month, **more: Any) -> int:
    """The month after the death stays covered."""
    return _give_months_back(records, Month(month + 1), **more)


def a_rupiah_more(*given: Any) -> dict[Any, tuple[int, int]]:
    """Rounded up where nothing is to round."""
    return {key: (jkk, jkm + 1) for key, (jkk, jkm) in _prices(*given).items()}


def everybody(asking: due.Asking) -> list[due.OpenPlace]:
    """Whoever is determined, asked for and covered or not."""
    ways = due.ways_named(*asking.named).filter(state__in=due.DUE_STATES).order_by("position", "pk")
    return [
        due.OpenPlace(way.pledge_id, way.pk, way.worker_id, way.position, Sektor(way.worker.occupation.sector), month)
        for month in asking.months
        for way in ways.select_related("worker__occupation")
        if (way.from_month or 0) <= month
    ]


def from_the_end(asking: due.Asking) -> list[due.OpenPlace]:
    """The list backwards, as far as the quota has room."""
    pledges, wanted = asking.pledges, asking.months
    without_end = [copy(pledge) for pledge in pledges]
    for pledge in without_end:
        pledge.quota = 10**6
    taken = due.places_taken([pledge.pk for pledge in pledges], wanted)
    free = {(pledge.pk, month): pledge.quota - taken[pledge.pk, int(month)] for pledge in pledges for month in wanted}
    found = []
    for place in reversed(due.open_places(due.Asking(without_end, wanted))):
        free[place.pledge_id, place.month] -= 1
        found += [place] if free[place.pledge_id, place.month] >= 0 else []
    return found


def from_the_first_month(named: Any, _by: Any) -> list[Any]:
    """Whoever is determined, whenever their months begin."""
    columns = [NEVER if name == "from_month" else name for name in due._PLACE]
    ways = Enrolment.objects.filter(pledge_id__in=named, state__in=due.DUE_STATES)
    return list(ways.order_by("position", "pk").values_list(*columns))


def a_posting_alone() -> None:
    """A rupiah that comes from nowhere."""
    last = Posting.objects.last()
    if last is not None:
        Posting.objects.create(
            entry_id=last.entry_id, account_id=last.account_id, amount_rp=1, notice_id=last.notice_id
        )


def a_month_invented() -> None:
    """A covered month moved to a friend who has none."""
    row = CoveredMonth.objects.filter(program="JKK").first()
    if row is not None:
        CoveredMonth.objects.filter(worker=row.worker_id, month=row.month).update(month=row.month + 100)


def dearer_months() -> None:
    """Covered months at another amount than the journal's."""
    CoveredMonth.objects.filter(program="JKM").update(amount_rp=1)


BUGS: dict[str, Plant] = {
    "more is covered than BPJS asked for": in_services("allocation.outstanding_rp", lambda _: 10**12),
    "a payment is spent twice": in_services("allocation.remainders", lambda found: {p.pk: p.amount_rp for p in found}),
    "the newest month is paid first": in_services("allocation.judged_lines", lambda n: judged_lines(n)[::-1]),
    "the list is asked from its end": in_services("dues.open_places", from_the_end),
    "the quota is not counted on notices": instead(SELECTORS + "due.places_taken", lambda *_: Counter()),
    "months asked or covered elsewhere are asked again": in_services("dues.open_places", everybody),
    "the same without the index that forbids it": both(
        without("DROP INDEX contributions_asked_of_one_payer", "DROP INDEX contributions_asked_of_one_payer"),
        in_services("dues.open_places", everybody),
    ),
    "prices are a rupiah too high": in_services("dues._prices", a_rupiah_more),
    "a reversal leaves the worker-months taken": in_services("journal._mirror_cover_lines", nothing),
    "who recorded may confirm": instead("payung.access.viewer.Viewer.require_other_than", nothing),
    "a confirmation puts nothing in force": in_services("payments._put_in_force", nothing),
    "months are in force once paid": in_services("allocation.project", in_force_at_once),
    "the month after a death stays": in_services("months._release", a_month_late),
    "the dead are still asked for": in_services("months.release_dues", nothing),
    "an ended due takes off more than BPJS asked": in_services("dues.uncovered_rp", lambda _: -(10**9)),
    "BPJS's figure is not taken over": in_services("pay_codes._enter_difference", nothing),
    "our figure is told where BPJS asked": instead(SELECTORS + "explanation._asked_rp", lambda notice: notice.total_rp),
    "BPJS's price is taken for a number": in_services("pay_codes._why", lambda *_: PayCode.Difference.COUNT),
    "a price at BPJS's rate is rounded up": instead(
        SELECTORS + "prices.PriceRate.of", lambda s, rp: -(-rp * s.asked // s.ours) + (s.asked != s.ours)
    ),
    "a code that comes later finds no money": in_services("pay_codes.allocate_notice", nothing),
    "the same key with other content is taken": in_services("payments._same", lambda standing, _: standing),
    "a reversed payment's months go to nobody": in_services("payments.allocate_notice", nothing),
    "a closed month is asked for": in_services("notices.closed_months", empty),
    "cover starts before the payment": in_services("allocation.CoverStart.of", lambda s, line: s.months[line.month]),
    "a substitute takes earlier months": instead(SELECTORS + "due._PLACES", from_the_first_month),
    "two persons' months fall on one": in_services("duplicates.require_free", nothing),
    "a payment leaves no line in the record": instead("payung.audit.services.Recording.touch", nothing),
    "the record's chain is not linked": instead("payung.audit.services.event_hash", lambda *_: bytes(32)),
    "everything left is said to lack money": instead(SELECTORS + "explanation._want", lambda *_: Obstacle.MONEY),
    "the map counts both programmes": instead(
        "payung.coverage.counting.covered_in", lambda month: CoveredMonth.objects.filter(month=month)
    ),
    "a rupiah comes from nowhere": at_the_end(a_posting_alone),
    "a covered month is moved": at_the_end(a_month_invented),
    "covered months bear another amount": at_the_end(dearer_months),
    "the trigger that keeps postings is gone": without(
        "DROP TRIGGER contributions_posting_no_update",
        "DROP TRIGGER contributions_posting_no_update ON contributions_posting",
    ),
}


def seen_by(bug: str) -> list[str]:
    """The rings that see it, in the first history that shows it; none where it slips through all."""
    for seed in range(WALKS):
        rings = walk(BUGS[bug], seed)
        if rings:
            return rings
    return []


def walk(plant: Plant, seed: int) -> list[str]:
    """One history with the bug: which rings see it there."""
    reading.forget()
    history = Spoiled()
    rings: list[str] = []
    try:
        with plant():
            try:
                history.walk(seed, STEPS)
            except DiffersError as error:
                rings += [] if str(error).startswith(("invariants", "parts")) else ["model"]
            except DatabaseError:
                return ["constraint"]
        rings += ["checker"] if check_all() else []
        rings += ["recompute"] if any(not part.agrees for part in recompute() if part.name != "dashboards") else []
        return rings
    finally:
        history.abandon()


def run(seed: int, amount: int) -> Outcome:
    """The ring `planted`: `amount` bugs from number `seed` on."""
    with prepared():
        LedgerMachine.cast = make_cast(FixedClock.on(START))
        found = {bug: seen_by(bug) for bug in list(BUGS)[seed - 1 : seed - 1 + amount]}
    slipped = [f"nobody saw: {bug}" for bug, rings in found.items() if not rings]
    return Outcome({"planted": len(found), "caught": len(found) - len(slipped)}, slipped)


def main() -> int:
    """Plant all of them and write the table; ends with 1 if one slipped through."""
    with prepared():
        LedgerMachine.cast = make_cast(FixedClock.on(START))
        found = {}
        for bug in sys.argv[1:] or BUGS:
            found[bug] = seen_by(bug)
            print(f"{bug}: {', '.join(found[bug]) or 'NOBODY'}", flush=True)
    if not sys.argv[1:]:
        write(found)
    return 0 if all(found.values()) else 1


def write(found: dict[str, list[str]]) -> None:
    """Put the table between its marks, at the end where there are none yet."""
    lines = ["| Planted | Seen by |", "|---|---|", *(f"| {bug} | {', '.join(rings)} |" for bug, rings in found.items())]
    text = TABLE.read_text()
    if BEGIN not in text:
        told = "`python -m tests.oracle.planted` plants each and says which rings see it."
        text += f"\n## Planted bugs\n\n{told}\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    TABLE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}")


if __name__ == "__main__":
    sys.exit(main())
