"""Everything that writes money and cover: each takes `acting_user` and a clock, and is atomic with its record."""

from payung.contributions.services.allocation import Allocation, allocate_payment
from payung.contributions.services.duplicates import Settled, TakenIn, settle_pair, take_in_pairs
from payung.contributions.services.endings import end_pledge
from payung.contributions.services.handovers import approve_handover, prepare_handover, withdraw_handover
from payung.contributions.services.journal import Side, post_entry, reverse_entry
from payung.contributions.services.month_run import MonthRun, issue_month
from payung.contributions.services.months import close_month, reverse_months_after, settle_death
from payung.contributions.services.notices import issue_notice, preview_notice, withdraw_notice
from payung.contributions.services.pay_codes import record_pay_code
from payung.contributions.services.payments import (
    confirm_payment,
    identify_payment,
    record_payment,
    reverse_payment,
)

__all__ = [
    "Allocation",
    "MonthRun",
    "Settled",
    "Side",
    "TakenIn",
    "allocate_payment",
    "approve_handover",
    "close_month",
    "confirm_payment",
    "end_pledge",
    "identify_payment",
    "issue_month",
    "issue_notice",
    "post_entry",
    "prepare_handover",
    "preview_notice",
    "record_pay_code",
    "record_payment",
    "reverse_entry",
    "reverse_months_after",
    "reverse_payment",
    "settle_death",
    "settle_pair",
    "take_in_pairs",
    "withdraw_handover",
    "withdraw_notice",
]
