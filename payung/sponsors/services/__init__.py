"""Writing sponsors and pledges: each service is atomic, with its audit inside."""

from payung.sponsors.pricing import PledgeFacts, PricedMonth, PricedPledge, price_facts
from payung.sponsors.services.budgets import record_budget
from payung.sponsors.services.clerks import invite_clerk, invite_clerk_with_link
from payung.sponsors.services.offices import NewCivilServant, add_civil_servants
from payung.sponsors.services.pledges import check_pledge, make_pledge, price_pledge, withdraw_pledge
from payung.sponsors.services.sponsors import add_sponsor, update_sponsor

__all__ = [
    "NewCivilServant",
    "PledgeFacts",
    "PricedMonth",
    "PricedPledge",
    "add_civil_servants",
    "add_sponsor",
    "check_pledge",
    "invite_clerk",
    "invite_clerk_with_link",
    "make_pledge",
    "price_facts",
    "price_pledge",
    "record_budget",
    "update_sponsor",
    "withdraw_pledge",
]
