"""Shares of rupiah, always whole: refused where a contribution would leave a fraction, rounded down in a benefit."""

from payung.kernel.rupiah import Rupiah
from payung.rules.errors import FractionOfRupiahError

BASIS_POINTS = 10_000


def percent_of(amount_rp: int, percent: int) -> Rupiah:
    """Take a share of an amount; refuse a fraction of a rupiah, since no law of contributions says how to round one.

    >>> percent_of(29500, 50)
    14750
    """
    share, remainder = divmod(amount_rp * percent, 100)
    if remainder:
        raise FractionOfRupiahError(f"{percent} % of {amount_rp} is no whole rupiah")
    return Rupiah(share)


def basis_points_of(amount_rp: int, basis_points: int) -> Rupiah:
    """Take a share in hundredths of a per cent, rounded down to the rupiah.

    >>> basis_points_of(80_000_000, 450)
    3600000
    """
    return rounded_down(amount_rp, times=basis_points, by=BASIS_POINTS)


def rounded_down(amount_rp: int, *, times: int, by: int) -> Rupiah:
    """Multiply first and divide once, so that what is lost is less than one rupiah in all.

    >>> rounded_down(1_000_000, times=7, by=30)
    233333
    """
    return Rupiah(amount_rp * times // by)
