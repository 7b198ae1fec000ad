"""Everything that changes a way in. Each call is one transaction with its audit event inside."""

from payung.enrolment.services.departures import leave, substitute
from payung.enrolment.services.determinations import (
    approve_determination,
    prepare_determination,
    withdraw_determination,
)
from payung.enrolment.services.groups import add_wadah, register_in_wadah
from payung.enrolment.services.proposals import Proposal, Refusal, assign_to_pledge, propose_workers
from payung.enrolment.services.verification import close_round, open_round, record_for_all, record_results

__all__ = (
    "Proposal",
    "Refusal",
    "add_wadah",
    "approve_determination",
    "assign_to_pledge",
    "close_round",
    "leave",
    "open_round",
    "prepare_determination",
    "propose_workers",
    "record_for_all",
    "record_results",
    "register_in_wadah",
    "substitute",
    "withdraw_determination",
)
