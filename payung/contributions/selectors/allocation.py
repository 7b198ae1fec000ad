"""What a payment can cover and what not: the judgement itself, without writing anything.

The same function judges when money is allocated and when it is explained, so the two cannot differ.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Sum, Value, When

from payung.contributions.models import Account, CoveredMonth, CoverLine, Notice, NoticeLine, Payment, Posting
from payung.contributions.selectors.due import covered_months, persons_of_several_records
from payung.contributions.selectors.prices import PriceRate, price_rate, uncovered_lines_of
from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program
from payung.kernel.month import Month, months_from
from payung.registry.selectors import records_of
from payung.store.months import MonthOf
from payung.store.prepared import Prepared


class Obstacle(StrEnum):
    """Why a worker-month is not covered: a closed list."""

    COVERED_BY_OTHER = "covered_by_other"
    DIED = "died"
    LEFT = "left"
    REJECTED = "rejected"
    QUOTA = "quota"
    NO_LONGER_ASKED = "no_longer_asked"
    BEYOND_PAY_CODE = "beyond_pay_code"
    MONEY = "money"


class OpenLine(NamedTuple):
    """A worker-month that waits for money, at the price that counts; `obstacle` says why it cannot be covered."""

    line_id: int
    worker_id: int
    enrolment_id: int
    month: Month
    jkk_rp: int
    jkm_rp: int
    obstacle: Obstacle | None

    @property
    def price_rp(self) -> int:
        """Both programmes together: they are covered together or not at all."""
        return self.jkk_rp + self.jkm_rp


@dataclass(slots=True)
class Chunk:
    """Worker-months covered out of the same purses: one entry. Several purses share a single worker-month at most."""

    uses: dict[int, int]
    lines: list[OpenLine] = field(default_factory=list)

    @property
    def payment_id(self) -> int:
        """The payment that completed it."""
        return list(self.uses)[-1]


class NoticeFacts:
    """A notice, with what judging its lines and writing their cover both need: read when first needed, and kept."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice

    @cached_property
    def rate(self) -> PriceRate:
        """At which rate its lines are covered."""
        return price_rate(self.notice)

    @cached_property
    def people(self) -> dict[int, int]:
        """The records of its workers who have several, each with the person's own."""
        return records_of(_SEVERAL(self.notice.pk))


def payment_entries(payment: Payment) -> list[int]:
    """The entries with a posting about a payment: few, and by them its worker-months are found."""
    return _ENTRIES(payment.pk)


def judged_lines(facts: NoticeFacts, *, with_ended: bool = False) -> list[OpenLine]:
    """The uncovered lines of a notice in the order in which money reaches them, each with what stands in its way.

    `with_ended` adds the lines whose due has ended, for whoever asks where they went.
    """
    notice, rate = facts.notice, facts.rate
    rows = _JUDGED[with_ended](notice.pk)
    if not rows:
        return []
    months = {int(month): month for month in months_from(Month(notice.first_month), notice.months)}
    others, places = covered_months(set(facts.people.values()), months), _free_places(notice)
    judged = []
    for pk, worker, enrolment, number, jkk, jkm, told in rows:
        obstacle = Obstacle(told) if told else None
        if others and (worker, number) in others:
            obstacle = Obstacle.COVERED_BY_OTHER
        if obstacle is None:
            places[number] -= 1
            obstacle = Obstacle.QUOTA if places[number] < 0 else None
        judged.append(OpenLine(pk, worker, enrolment, months[number], rate.of(jkk), rate.of(jkm), obstacle))
    return judged


def chunks(lines: list[OpenLine], purses: dict[int, int], *, limit_rp: int) -> Iterator[Chunk]:
    """Spend purses (payment: what is left of it, in order) on lines in order; stop at the first that cannot be paid.

    Nothing is skipped for want of money: a cheaper worker further down the list does not overtake.
    """
    left = {payment: amount for payment, amount in purses.items() if amount > 0}
    limit_rp = min(limit_rp, sum(left.values()))
    wanted = [line for line in lines if line.obstacle is None]
    total_rp = sum([line.jkk_rp + line.jkm_rp for line in wanted])
    if wanted and total_rp <= limit_rp and total_rp <= left[next(iter(left))]:
        yield Chunk({next(iter(left)): total_rp}, wanted)  # as below, without a look at each line's place in the purse
        return
    chunk = Chunk({})
    for line in wanted:
        price = line.jkk_rp + line.jkm_rp
        if price > limit_rp:
            break
        limit_rp -= price
        first = next(iter(left))
        shared = price > left[first]
        if chunk.lines and (shared or first not in chunk.uses):
            yield chunk
            chunk = Chunk({})
        _spend(price, left, chunk)
        chunk.lines.append(line)
        if shared:
            yield chunk
            chunk = Chunk({})
    if chunk.lines:
        yield chunk


def _spend(price: int, left: dict[int, int], chunk: Chunk) -> None:
    while price:
        payment = next(iter(left))
        part = min(price, left[payment])
        chunk.uses[payment] = chunk.uses.get(payment, 0) + part
        left[payment] -= part
        price -= part
        if not left[payment]:
            del left[payment]


def _obstacle() -> Case:
    """What stands in a line's way before places are counted, judged by the database: the first that applies."""
    died = Q(month__gt=MonthOf("worker__died_on"))
    left = Q(enrolment__state=Enrolment.State.LEFT, month__gt=MonthOf("enrolment__since"))
    covered = CoveredMonth.objects.filter(worker_id=OuterRef("worker_id"), month=OuterRef("month"), program=Program.JKK)
    return Case(
        When(Exists(covered), then=Value(Obstacle.COVERED_BY_OTHER.value)),
        When(died, then=Value(Obstacle.DIED.value)),
        When(enrolment__state=Enrolment.State.REJECTED, then=Value(Obstacle.REJECTED.value)),
        When(left, then=Value(Obstacle.LEFT.value)),
        When(is_live=False, then=Value(Obstacle.NO_LONGER_ASKED.value)),
        default=None,
        output_field=CharField(),
    )


def _free_places(notice: Notice) -> Counter[int]:
    """How many more workers the pledge may cover, month by month."""
    months = range(notice.first_month, notice.first_month + notice.months)
    taken = Counter(dict(_COVERED(notice.pledge_id, months)))
    return Counter({month: notice.pledge.quota - taken[month] for month in months})


def _judged(notice_id: int, *, with_ended: bool) -> QuerySet[NoticeLine, tuple[Any, ...]]:
    lines = uncovered_lines_of(notice_id, with_ended=with_ended).annotate(obstacle=_obstacle())
    return lines.values_list("pk", "worker_id", "enrolment_id", "month", "jkk_rp", "jkm_rp", "obstacle")


def _covered(pledge_id: int, months: Sequence[int]) -> QuerySet[CoverLine, tuple[int, int]]:
    entries = Posting.objects.filter(notice__pledge_id=pledge_id, account__kind=Account.Kind.PIUTANG)
    # The cover lines of its own entries: asked by month, the covered months of everybody would be walked.
    lines = CoverLine.objects.filter(entry_id__in=entries.values("entry_id"), month__in=months)
    return lines.order_by().values_list("month").annotate(count=Sum("sign"))


_JUDGED: dict[bool, Prepared[tuple[Any, ...]]] = {
    ended: Prepared(partial(_judged, with_ended=ended)) for ended in (False, True)
}
_COVERED: Prepared[tuple[int, int]] = Prepared(_covered)
_SEVERAL: Prepared[int] = Prepared(
    lambda notice_id: persons_of_several_records(
        NoticeLine.objects.filter(notice_id=notice_id).order_by().values("worker_id")
    )
)
_ENTRIES: Prepared[int] = Prepared(
    lambda payment_id: (
        Posting.objects.filter(payment_id=payment_id).order_by().values_list("entry_id", flat=True).distinct()
    )
)
