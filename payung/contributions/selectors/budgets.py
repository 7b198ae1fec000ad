"""A public payer's years: budget, promised, asked for, paid, confirmed; and what bridges those whose term ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import ExtractYear

from payung.contributions.models import CoveredMonth, NoticeLine, Payment
from payung.enrolment.models import Enrolment
from payung.kernel.funds import Keyakinan, Program, Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.jkm.masa_tunggu import masa_tunggu_jkm
from payung.sponsors.budgets import YearOfPledges, budgets_of, promised_by_year
from payung.sponsors.models import Pledge, PublicBudget, Sponsor

BRIDGE_MONTHS = 3


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """One year in whole rupiah. `asked` by months of the year, `paid` and `confirmed` by the value date of payments."""

    year: int
    budget: PublicBudget | None
    promised: YearOfPledges
    asked_rp: int
    paid_rp: int
    confirmed_rp: int

    @property
    def left_rp(self) -> int | None:
        """What the budget has left after what is confirmed; None where it was not entered."""
        return None if self.budget is None else self.budget.amount_rp - self.confirmed_rp

    @property
    def free_rp(self) -> int | None:
        """What may still be promised; below zero the pledges exceed the budget."""
        return None if self.budget is None else self.budget.amount_rp - self.promised.total_rp


@dataclass(frozen=True, slots=True)
class Bridge:
    """Who falls off when terms end without a renewal, and what some months cost until the next term.

    `own_rp` with the payer's own funds, `csr_rp` if a company pays. `past_waiting` have had JKM's waiting months in a
    row: a gap may start those anew, as sure as `confidence` says.
    """

    month: Month
    months: int
    workers: int
    own_rp: int
    csr_rp: int
    past_waiting: int
    waiting_months: int
    waiting_benefit_rp: int
    confidence: Keyakinan
    pledges: tuple[Pledge, ...]


def budget_years(sponsor: Sponsor) -> list[BudgetYear]:
    """Each year that has a budget, a promise, dues or payments, the newest first; five queries."""
    budgets, promised = budgets_of(sponsor), promised_by_year(sponsor)
    lines = NoticeLine.objects.filter(notice__sponsor=sponsor, is_live=True).order_by()
    asked = lines.values(of=F("month") / 12).annotate(rp=Sum(F("jkk_rp") + F("jkm_rp")))
    due: Mapping[int, int] = {row["of"]: row["rp"] for row in asked}
    payments = Payment.objects.filter(sponsor=sponsor, reversed_at__isnull=True).order_by()
    sums = payments.values(of=ExtractYear("paid_on")).annotate(
        rp=Sum("amount_rp"), sure=Sum("amount_rp", filter=Q(confirmed_at__isnull=False))
    )
    paid: dict[int, Mapping[str, Any]] = {row["of"]: row for row in sums}
    years = sorted({*budgets, *promised, *due, *paid}, reverse=True)
    nothing = YearOfPledges(0, ())
    return [
        BudgetYear(
            year,
            budgets.get(year),
            promised.get(year, nothing),
            due.get(year, 0),
            paid.get(year, {}).get("rp") or 0,
            paid.get(year, {}).get("sure") or 0,
        )
        for year in years
    ]


def ending_bridges(sponsor: Sponsor, *, now: Month, months: int = BRIDGE_MONTHS) -> list[Bridge]:
    """Month by month in which terms of a payer end without a renewal, who falls off and what bridges them."""
    live = sponsor.pledges.filter(state=Pledge.State.LIVE).order_by("first_month", "pk")
    renewed = set(live.filter(renewal_of__isnull=False).values_list("renewal_of", flat=True))
    ends: dict[int, list[Pledge]] = {}
    for pledge in live:
        end = pledge.first_month + pledge.months
        if end > now and pledge.pk not in renewed:
            ends.setdefault(end, []).append(pledge)
    return [_bridge(sponsor, Month(end), pledges, months) for end, pledges in sorted(ends.items())]


def _bridge(sponsor: Sponsor, month: Month, pledges: list[Pledge], months: int) -> Bridge:
    ways = Enrolment.objects.filter(pledge__in=pledges, worker__died_on__isnull=True)
    live = ways.exclude(state__in=Enrolment.ENDED)
    groups = live.order_by().values_list("pledge__dasar_upah_rp", "worker__occupation__sector")
    counts = list(groups.annotate(workers=Count("pk")))
    waiting = masa_tunggu_jkm(month)
    sure = [figure.confidence for figure in waiting.figures]
    return Bridge(
        month=month,
        months=months,
        workers=sum(workers for _, _, workers in counts),
        own_rp=_price(counts, month, months, SumberDana(sponsor.funds)),
        csr_rp=_price(counts, month, months, SumberDana.CSR),
        past_waiting=_past_waiting(live, pledges, waiting.result.bulan),
        waiting_months=waiting.result.bulan,
        waiting_benefit_rp=int(waiting.result.manfaat_rp),
        confidence=Keyakinan.PERLU_KONFIRMASI if Keyakinan.PERLU_KONFIRMASI in sure else Keyakinan.TINGGI,
        pledges=tuple(pledges),
    )


def _price(counts: list[Any], month: Month, months: int, funds: SumberDana) -> int:
    return sum(
        workers * iuran_bpu(base, bulan=each, sektor=Sektor(sector or Sektor.LAINNYA), sumber_dana=funds).total_rp
        for base, sector, workers in counts
        for each in months_from(month, months)
    )


def _past_waiting(live: Any, pledges: list[Pledge], waiting: int) -> int:
    """Who has paid months at least as many in a row, counted back from the last one paid; a query a pledge."""
    found = 0
    for pledge in pledges:
        last = CoveredMonth.objects.filter(worker__in=live.filter(pledge=pledge).values("worker"), program=Program.JKK)
        newest = last.aggregate(newest=Max("month"))["newest"]
        if newest is None:
            continue
        span = last.filter(month__gt=newest - waiting).order_by().values("worker")
        found += span.annotate(n=Count("pk")).filter(n__gte=waiting).count()
    return found
