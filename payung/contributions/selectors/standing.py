"""How far a notice is: asked, with BPJS's pay code, paid in part, paid, confirmed, or taken back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from payung.contributions.models import Account, CoveredMonth, Notice, PayCode, Payment, Posting
from payung.kernel.funds import Program, Sektor
from payung.kernel.month import Month


class NoticeStanding(StrEnum):
    """Where a notice stands: a closed list, in the order of the work."""

    ASKED = "diminta"
    CODED = "kode"
    PART = "sebagian"
    PAID = "lunas"
    CONFIRMED = "terkonfirmasi"
    WITHDRAWN = "ditarik"


# Those on which a payer still owes something.
OPEN_STANDINGS = (NoticeStanding.ASKED, NoticeStanding.CODED, NoticeStanding.PART)


@dataclass(frozen=True, slots=True)
class NoticeMonth:
    """The live lines of one month, sector and price: how many workers are asked for and how many are covered."""

    month: Month
    sector: Sektor
    jkk_rp: int
    jkm_rp: int
    workers: int
    covered: int

    @property
    def price_rp(self) -> int:
        """Both programmes for one worker."""
        return self.jkk_rp + self.jkm_rp

    @property
    def total_rp(self) -> int:
        """Both programmes for all of them."""
        return self.price_rp * self.workers


def with_standing(notices: QuerySet[Notice]) -> QuerySet[Any]:
    """Add `owing_rp` (what is open on it, at BPJS's figure where there is one) and `standing` to each notice."""
    postings = Posting.objects.filter(notice=OuterRef("pk"), account__kind=Account.Kind.PIUTANG).order_by()
    owing = postings.values("notice").annotate(rp=Sum("amount_rp")).values("rp")
    live = Payment.objects.filter(notice=OuterRef("pk"), reversed_at__isnull=True)
    annotated = notices.annotate(
        owing_rp=Coalesce(Subquery(owing, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField()),
        has_code=Exists(PayCode.objects.filter(notice=OuterRef("pk"), replaced_at__isnull=True)),
        has_money=Exists(live),
        is_waiting=Exists(live.filter(confirmed_at__isnull=True)),
    )
    return annotated.annotate(
        standing=Case(
            When(withdrawn_at__isnull=False, then=Value(NoticeStanding.WITHDRAWN.value)),
            When(owing_rp__lte=0, has_money=True, is_waiting=False, then=Value(NoticeStanding.CONFIRMED.value)),
            When(owing_rp__lte=0, then=Value(NoticeStanding.PAID.value)),
            When(has_money=True, then=Value(NoticeStanding.PART.value)),
            When(has_code=True, then=Value(NoticeStanding.CODED.value)),
            default=Value(NoticeStanding.ASKED.value),
            output_field=CharField(),
        )
    )


def notice_months(notice: Notice, *, with_ended: bool = False) -> list[NoticeMonth]:
    """What a notice asks for, month by month and price by price, by one query; `with_ended` adds ended dues."""
    paid = CoveredMonth.objects.filter(
        worker_id=OuterRef("worker_id"),
        month=OuterRef("month"),
        program=Program.JKK,
        enrolment_id=OuterRef("enrolment_id"),
    )
    wanted = notice.lines.all() if with_ended else notice.lines.filter(is_live=True)
    lines = wanted.annotate(is_paid=Exists(paid)).order_by()
    groups = lines.values("month", "sector", "jkk_rp", "jkm_rp").annotate(
        workers=Count("pk"), covered=Count("pk", filter=Q(is_paid=True))
    )
    return [
        NoticeMonth(
            Month(row["month"]), Sektor(row["sector"]), row["jkk_rp"], row["jkm_rp"], row["workers"], row["covered"]
        )
        for row in groups.order_by("month", "sector", "jkk_rp", "jkm_rp")
    ]


@dataclass(frozen=True, slots=True)
class PersonDue:
    """How many months of one way in a notice asks for, how many of those are covered, and their price."""

    months: int
    covered: int
    total_rp: int


def people_due(notice: Notice, enrolment_ids: list[int]) -> dict[int, PersonDue]:
    """What a notice asks for each of some ways in (a page of them), by one query."""
    paid = CoveredMonth.objects.filter(
        worker_id=OuterRef("worker_id"),
        month=OuterRef("month"),
        program=Program.JKK,
        enrolment_id=OuterRef("enrolment_id"),
    )
    lines = notice.lines.filter(enrolment__in=enrolment_ids).annotate(is_paid=Exists(paid)).order_by()
    groups = lines.values("enrolment_id").annotate(
        months=Count("pk"), covered=Count("pk", filter=Q(is_paid=True)), rp=Sum(F("jkk_rp") + F("jkm_rp"))
    )
    return {row["enrolment_id"]: PersonDue(row["months"], row["covered"], row["rp"]) for row in groups}
