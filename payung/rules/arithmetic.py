"""Shares of rupiah, always whole."""

from payung.kernel.rupiah import Rupiah
from payung.rules.errors import FractionOfRupiahError


def percent_of(amount_rp: int, percent: int) -> Rupiah:
    """Take a share of an amount; refuse a fraction of a rupiah, since no law of contributions says how to round one.

    >>> percent_of(29500, 50)
    14750
    """
    share, remainder = divmod(amount_rp * percent, 100)
    if remainder:
        raise FractionOfRupiahError(f"{percent} % of {amount_rp} is no whole rupiah")
    return Rupiah(share)
