"""Public money has its year: what a public payer may spend in each, and what its pledges promise of it.

Promised is what live pledges cost in the months of a year, by the law's price of each month. A pledge beyond what is
left of a year is refused; so is one that runs into a year without a budget, once the payer's budgets are kept here.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.sponsors.errors import BudgetError, BudgetLack
from payung.sponsors.models import Pledge, PublicBudget, Sponsor
from payung.sponsors.pricing import PledgeFacts, price_facts

PUBLIC_FUNDS = frozenset({SumberDana.APBD, SumberDana.DBHCHT, SumberDana.APBN, SumberDana.APBDES})


@dataclass(frozen=True, slots=True)
class YearOfPledges:
    """What the live pledges of a payer promise in a year, in all and each."""

    total_rp: int
    pledges: tuple[tuple[Pledge, int], ...]


def is_public(sponsor: Sponsor) -> bool:
    """Whether a payer's money has a budget year."""
    return SumberDana(sponsor.funds) in PUBLIC_FUNDS


def budgets_of(sponsor: Sponsor) -> dict[int, PublicBudget]:
    """The budget that counts for each year: the newest entry."""
    return {row.year: row for row in sponsor.budgets.order_by("pk")}


def rp_by_year(facts: PledgeFacts) -> Counter[int]:
    """What a pledge costs in each budget year."""
    found: Counter[int] = Counter()
    for month, rp in price_facts(facts).by_month().items():
        found[month.year] += int(rp)
    return found


def promised_by_year(sponsor: Sponsor) -> dict[int, YearOfPledges]:
    """What a payer's live pledges promise, year by year; one query."""
    found: dict[int, list[tuple[Pledge, int]]] = {}
    for pledge in sponsor.pledges.filter(state=Pledge.State.LIVE).order_by("first_month", "pk"):
        pledge.sponsor = sponsor
        for year, rp in rp_by_year(_facts(pledge)).items():
            found.setdefault(year, []).append((pledge, rp))
    return {year: YearOfPledges(sum(rp for _, rp in rows), tuple(rows)) for year, rows in found.items()}


def budget_lacks(sponsor: Sponsor, facts: PledgeFacts) -> list[BudgetLack]:
    """What is missing for a pledge of public money; nothing where no budget of this payer is kept."""
    if not is_public(sponsor):
        return []
    budgets = budgets_of(sponsor)
    if not budgets:
        return []
    promised = promised_by_year(sponsor)
    left = {year: row.amount_rp - _promised(promised, year) for year, row in budgets.items()}
    lacks = (_lack(year, rp, left) for year, rp in sorted(rp_by_year(facts).items()))
    return [lack for lack in lacks if lack is not None]


def check_budget(sponsor: Sponsor, facts: PledgeFacts) -> None:
    """Raise `BudgetError` for a pledge that its budget years do not carry. The payer's row is locked by the caller."""
    lacking = budget_lacks(sponsor, facts)
    if lacking:
        raise BudgetError(lacking)


def _lack(year: int, wanted_rp: int, left: Mapping[int, int]) -> BudgetLack | None:
    if year not in left:
        return BudgetLack(year, "not-entered", wanted_rp, 0)
    return BudgetLack(year, "over", wanted_rp, left[year]) if wanted_rp > left[year] else None


def _promised(promised: Mapping[int, YearOfPledges], year: int) -> int:
    return promised[year].total_rp if year in promised else 0


def _facts(pledge: Pledge) -> PledgeFacts:
    """Public money has no relief for transport: the sector changes nothing in its price."""
    return PledgeFacts(
        funds=SumberDana(pledge.sponsor.funds),
        workers=pledge.quota,
        first_month=Month(pledge.first_month),
        months=pledge.months,
        dasar_upah_rp=pledge.dasar_upah_rp,
    )
