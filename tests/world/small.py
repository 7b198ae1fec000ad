"""The ring `small-worlds`: eighteen months of sixty workers and six payers."""

from tests.soak.outcome import Outcome
from tests.world.sizes import SMALL
from tests.world.soak import play


def run(seed: int, amount: int) -> Outcome:
    """So many simulated years in small worlds."""
    return play(SMALL, seed, amount)
