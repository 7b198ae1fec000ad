"""What a payment covered, what it did not, and why."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Sum

from payung.contributions.models import Account, JournalEntry, Notice, Payment
from payung.contributions.selectors.allocation import NoticeFacts, Obstacle, OpenLine, judged_lines, payment_entries
from payung.contributions.selectors.prices import outstanding_rp
from payung.kernel.month import Month


@dataclass(frozen=True, slots=True)
class MonthCovered:
    """Worker-months that a payment completed in one month."""

    month: Month
    workers: int
    amount_rp: int


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Worker-months of the payment's notice without cover, in one month, for one reason."""

    month: Month
    obstacle: Obstacle
    workers: int
    price_rp: int


@dataclass(frozen=True, slots=True)
class PaymentExplanation:
    """A payment and what became of it. `short_rp` is what the notice still lacks; `asked_rp` is BPJS's figure or ours.

    `used_rp` went into worker-months, `remainder_rp` waits as the payer's credit; together they are the payment.
    """

    amount_rp: int
    used_rp: int
    remainder_rp: int
    asked_rp: int | None
    short_rp: int
    in_suspense: bool
    confirmed: bool
    reversed: bool
    covered: tuple[MonthCovered, ...]
    not_covered: tuple[NotCovered, ...]

    @property
    def worker_months(self) -> int:
        """How many worker-months it covers."""
        return sum(month.workers for month in self.covered)


def explain_payment(payment: Payment) -> PaymentExplanation:
    """Say what a payment covered, what it did not, and why."""
    suspense = payment.postings.filter(account__kind=Account.Kind.SUSPENS).aggregate(rp=Sum("amount_rp"))["rp"] or 0
    remainder = -int(suspense)
    notice = payment.notice
    live = payment.reversed_at is None
    open_rp = outstanding_rp(notice) if notice else 0
    return PaymentExplanation(
        amount_rp=payment.amount_rp,
        used_rp=payment.amount_rp - remainder if live else 0,
        remainder_rp=remainder,
        asked_rp=_asked_rp(notice) if notice else None,
        short_rp=max(open_rp, 0),
        in_suspense=live and notice is None,
        confirmed=payment.confirmed_at is not None,
        reversed=not live,
        covered=tuple(_covered(payment)),
        not_covered=tuple(_not_covered(payment, open_rp)),
    )


def _asked_rp(notice: Notice) -> int:
    """BPJS's last figure, else ours. Its figure wins also after the notice was withdrawn, which ended its pay code."""
    last = notice.pay_codes.order_by("-recorded_at", "-pk").values_list("amount_rp", flat=True).first()
    return notice.total_rp if last is None else last


def _covered(payment: Payment) -> list[MonthCovered]:
    lines = payment.cover_lines.filter(entry__in=payment_entries(payment), entry__reversed_by__isnull=True)
    live = lines.filter(entry__kind=JournalEntry.Kind.ALLOCATION)
    released = lines.filter(entry__kind=JournalEntry.Kind.RELEASE)
    workers: Counter[int] = Counter()
    amounts: Counter[int] = Counter()
    for those, sign in ((live, 1), (released, -1)):
        for row in those.order_by().values("month").annotate(count=Count("pk"), rp=Sum(F("jkk_rp") + F("jkm_rp"))):
            workers[row["month"]] += sign * row["count"]
            amounts[row["month"]] += sign * row["rp"]
    return [MonthCovered(Month(month), workers[month], amounts[month]) for month in sorted(workers) if workers[month]]


def _not_covered(payment: Payment, limit_rp: int) -> list[NotCovered]:
    if payment.notice is None or payment.reversed_at is not None:
        return []
    counts: Counter[tuple[Month, Obstacle]] = Counter()
    prices: Counter[tuple[Month, Obstacle]] = Counter()
    for line in judged_lines(NoticeFacts(payment.notice), with_ended=True):
        key = (line.month, line.obstacle or _want(line, limit_rp))
        counts[key] += 1
        prices[key] += line.price_rp
        limit_rp -= 0 if line.obstacle else line.price_rp
    return [NotCovered(month, why, counts[month, why], prices[month, why]) for month, why in sorted(counts)]


def _want(line: OpenLine, limit_rp: int) -> Obstacle:
    """A line without an obstacle of its own lacks money, or lies beyond what BPJS's pay code asks for."""
    return Obstacle.MONEY if line.price_rp <= limit_rp else Obstacle.BEYOND_PAY_CODE
