"""Everything that reads money and cover."""

from payung.contributions.selectors.allocation import Obstacle
from payung.contributions.selectors.balances import (
    Balances,
    Difference,
    balances_of,
    notice_balances,
    unexplained_differences,
)
from payung.contributions.selectors.cover import (
    CoverCell,
    CoveredUntil,
    SponsorMonth,
    cover_grid,
    covered_until,
    sponsor_month_strip,
)
from payung.contributions.selectors.due import due_workers
from payung.contributions.selectors.explanation import PaymentExplanation, explain_payment
from payung.contributions.selectors.prices import live_pay_code
from payung.contributions.selectors.visibility import notices_visible_to, pay_codes_visible_to, payments_visible_to

__all__ = [
    "Balances",
    "CoverCell",
    "CoveredUntil",
    "Difference",
    "Obstacle",
    "PaymentExplanation",
    "SponsorMonth",
    "balances_of",
    "cover_grid",
    "covered_until",
    "due_workers",
    "explain_payment",
    "live_pay_code",
    "notice_balances",
    "notices_visible_to",
    "pay_codes_visible_to",
    "payments_visible_to",
    "sponsor_month_strip",
    "unexplained_differences",
]
