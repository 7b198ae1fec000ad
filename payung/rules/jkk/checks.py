"""What every rule of this folder refuses: amounts, days and counts below zero, shares beyond their range."""

from payung.rules.errors import Expected, GivenError


def zero_or_more(rule: str, **amounts: int) -> None:
    """Refuse a number below zero, naming its key.

    >>> zero_or_more("jkk_stmb", upah_rp=1_000_000, hari=-1)
    Traceback (most recent call last):
    payung.rules.errors.GivenError: jkk_stmb: hari: expected zero-or-more
    """
    for key, amount in amounts.items():
        if amount < 0:
            raise GivenError(rule, key, Expected.ZERO_OR_MORE)


def within(rule: str, key: str, number: int, *, lowest: int, highest: int) -> None:
    """Refuse a number outside its range, naming its key and both ends.

    >>> within("jkk_cacat_sebagian_fungsi", "fungsi_hilang_persen", 101, lowest=0, highest=100)
    Traceback (most recent call last):
    payung.rules.errors.GivenError: jkk_cacat_sebagian_fungsi: fungsi_hilang_persen: expected from-to 0, 100
    """
    if not lowest <= number <= highest:
        raise GivenError(rule, key, Expected.FROM_TO, choices=(str(lowest), str(highest)))
