"""What a payment can cover and what not: the judgement itself, without writing anything.

The same function judges when money is allocated and when it is explained, so the two cannot differ.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Count

from payung.contributions.models import Account, CoveredMonth, Notice, Posting
from payung.contributions.selectors.due import covered_months
from payung.contributions.selectors.prices import PriceRate, price_rate, uncovered_lines
from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program
from payung.kernel.month import Month


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


@dataclass(frozen=True, slots=True)
class OpenLine:
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


def judged_lines(notice: Notice, *, with_ended: bool = False) -> list[OpenLine]:
    """The uncovered lines of a notice in the order in which money reaches them, each with what stands in its way.

    `with_ended` adds the lines whose due has ended, for whoever asks where they went.
    """
    rate = price_rate(notice)
    rows = list(
        uncovered_lines(notice, with_ended=with_ended).values_list(
            "pk",
            "worker_id",
            "enrolment_id",
            "month",
            "jkk_rp",
            "jkm_rp",
            "worker__died_on",
            "enrolment__state",
            "enrolment__since",
            "is_live",
        )
    )
    others = covered_months({row[1] for row in rows}, range(notice.first_month, notice.first_month + notice.months))
    places = _free_places(notice)
    return [_judge(row, rate, others, places) for row in rows]


def chunks(lines: list[OpenLine], purses: dict[int, int], *, limit_rp: int) -> Iterator[Chunk]:
    """Spend purses (payment: what is left of it, in order) on lines in order; stop at the first that cannot be paid.

    Nothing is skipped for want of money: a cheaper worker further down the list does not overtake.
    """
    left = {payment: amount for payment, amount in purses.items() if amount > 0}
    chunk = Chunk({})
    for line in lines:
        if line.obstacle is not None:
            continue
        if line.price_rp > min(limit_rp, sum(left.values())):
            break
        limit_rp -= line.price_rp
        first = next(iter(left))
        shared = line.price_rp > left[first]
        if chunk.lines and (shared or first not in chunk.uses):
            yield chunk
            chunk = Chunk({})
        _spend(line, left, chunk)
        if shared:
            yield chunk
            chunk = Chunk({})
    if chunk.lines:
        yield chunk


def _spend(line: OpenLine, left: dict[int, int], chunk: Chunk) -> None:
    price = line.price_rp
    while price:
        payment = next(iter(left))
        part = min(price, left[payment])
        chunk.uses[payment] = chunk.uses.get(payment, 0) + part
        left[payment] -= part
        price -= part
        if not left[payment]:
            del left[payment]
    chunk.lines.append(line)


def _judge(
    row: tuple[int, int, int, int, int, int, date | None, str, date, bool],
    rate: PriceRate,
    others: set[tuple[int, int]],
    places: Counter[int],
) -> OpenLine:
    pk, worker, enrolment, number, jkk, jkm, died_on, state, since, is_live = row
    month = Month(number)
    obstacle = Obstacle.COVERED_BY_OTHER if (worker, number) in others else None
    obstacle = obstacle or _personal_obstacle(month, died_on, state, since)
    if obstacle is None and not is_live:
        obstacle = Obstacle.NO_LONGER_ASKED
    if obstacle is None:
        places[number] -= 1
        obstacle = Obstacle.QUOTA if places[number] < 0 else None
    return OpenLine(pk, worker, enrolment, month, rate.of(jkk), rate.of(jkm), obstacle)


def _personal_obstacle(month: Month, died_on: date | None, state: str, since: date) -> Obstacle | None:
    if died_on is not None and month > Month.of(died_on):
        return Obstacle.DIED
    if state == Enrolment.State.REJECTED:
        return Obstacle.REJECTED
    if state == Enrolment.State.LEFT and month > Month.of(since):
        return Obstacle.LEFT
    return None


def _free_places(notice: Notice) -> Counter[int]:
    """How many more workers the pledge may cover, month by month."""
    months = range(notice.first_month, notice.first_month + notice.months)
    entries = Posting.objects.filter(notice__pledge_id=notice.pledge_id, account__kind=Account.Kind.PIUTANG)
    covered = CoveredMonth.objects.filter(entry_id__in=entries.values("entry_id"), month__in=months)
    counts = covered.filter(program=Program.JKK).order_by().values("month").annotate(count=Count("pk"))
    taken = Counter({row["month"]: row["count"] for row in counts})
    return Counter({month: notice.pledge.quota - taken[month] for month in months})
