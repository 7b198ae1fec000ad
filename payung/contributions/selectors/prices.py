"""What a line costs: by our law, or at BPJS's price where its pay code has another one for the same months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from payung.contributions.models import Account, CoveredMonth, CoverLine, Notice, NoticeLine, PayCode, Posting
from payung.kernel.funds import Program
from payung.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class PriceRate:
    """BPJS's price of each line as a share of ours: `asked` for every `ours`. One for one unless its price differs."""

    asked: int = 1
    ours: int = 1

    def of(self, price_rp: int) -> int:
        """BPJS's price; it is whole, or the difference would not have been explained by the price."""
        return price_rp * self.asked // self.ours

    def of_column(self, name: str) -> Combinable:
        """The same of a column of prices, worked out by the database."""
        if self.asked == self.ours:
            return F(name)
        return Cast(name, BigIntegerField()) * Value(self.asked) / Value(self.ours)

    def is_whole(self, price_rp: int) -> bool:
        """Whether the price at this rate is a whole number of rupiah."""
        return price_rp * self.asked % self.ours == 0


def live_pay_code(notice: Notice) -> PayCode | None:
    """BPJS's pay code that counts for a notice now."""
    return _LIVE_CODE.first(notice.pk)


def code_of_day(notice: Notice, day: date) -> PayCode | None:
    """The pay code by which a notice was paid on a day: the first that was not replaced before it."""
    codes = notice.pay_codes.order_by("pk")
    return next((code for code in codes if code.replaced_at is None or code.replaced_at.date() >= day), None)


def price_rate(notice: Notice) -> PriceRate:
    """At which rate the lines of a notice are covered."""
    code = live_pay_code(notice)
    if code is None or code.difference != PayCode.Difference.PRICE:
        return PriceRate()
    return PriceRate(code.amount_rp, code.our_amount_rp)


def price_of(lines: Iterable[NoticeLine], rate: PriceRate) -> Iterable[int]:
    """What each line costs, both programmes together."""
    return (rate.of(line.jkk_rp) + rate.of(line.jkm_rp) for line in lines)


def uncovered_lines(notice: Notice) -> QuerySet[NoticeLine]:
    """Live lines of a notice that this payer has not paid: oldest month first, then the order of the list."""
    return uncovered_lines_of(notice.pk)


def uncovered_lines_of(notice_id: int, *, with_ended: bool = False) -> QuerySet[NoticeLine]:
    """The same by the notice's id; `with_ended` adds lines whose due has ended."""
    asked = Q() if with_ended else Q(is_live=True)
    paid = CoveredMonth.objects.filter(
        worker_id=OuterRef("worker_id"),
        month=OuterRef("month"),
        program=Program.JKK,
        enrolment_id=OuterRef("enrolment_id"),
    )
    lines = NoticeLine.objects.filter(asked & ~Exists(paid), notice_id=notice_id)
    return lines.order_by("month", "position", "pk")


def uncovered_rp(notice: Notice) -> int:
    """What the unpaid live lines of a notice cost."""
    total = uncovered_lines(notice).order_by().aggregate(total=Sum(F("jkk_rp") + F("jkm_rp")))["total"]
    return price_rate(notice).of(int(total or 0))


def outstanding_rp(notice: Notice) -> int:
    """What is still to be allocated on a notice: its balance as a receivable, at BPJS's figure where there is one."""
    return sum(_OWED(notice.pk))


def allocated_rp(notice: Notice) -> int:
    """What was allocated on a notice and stands."""
    lines = CoverLine.objects.filter(notice_line__notice=notice)
    found = lines.aggregate(total=Sum(F("sign") * (F("jkk_rp") + F("jkm_rp"))))
    return int(found["total"] or 0)


_LIVE_CODE: Prepared[PayCode] = Prepared(
    lambda notice_id: PayCode.objects.filter(notice_id=notice_id, replaced_at__isnull=True).order_by("pk")[:1]
)
_OWED: Prepared[int] = Prepared(
    lambda notice_id: (
        Posting.objects.filter(notice_id=notice_id, account__kind=Account.Kind.PIUTANG)
        .order_by()
        .values_list("amount_rp", flat=True)
    )
)
