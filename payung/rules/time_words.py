"""Words of time that the law counts by, one definition each: full months, age, months covered, months waited.

Months of cover are bits, since a nation's twelve months fit into sixteen of them: bit 0 is the first month of whatever
span is looked at, bit 1 the next, and so on. Which month bit 0 is, the caller knows.
"""

from collections.abc import Iterable
from datetime import date

from payung.kernel.month import Month

MONTHS_OF_A_YEAR = 12


def full_months(start: date, day: date) -> int:
    """Count the whole months from `start` to `day`, by the calendar: each is full on the day of `start`'s number.

    A month that has no such day is full on the first of the next: from 31 January the first month is full on 1 March.
    Negative where `day` comes first. Civil law might let that month end on its last day; we take the stricter count.

    >>> full_months(date(2025, 6, 1), date(2025, 8, 31))
    2
    >>> full_months(date(2025, 1, 31), date(2025, 2, 28)), full_months(date(2025, 1, 31), date(2025, 3, 1))
    (0, 1)
    """
    months = (day.year - start.year) * MONTHS_OF_A_YEAR + day.month - start.month
    return months - 1 if day.day < start.day else months


def age_at(born: date, *, on: date) -> int:
    """Count completed years. Born on 29 February, one is a year older on 1 March of a common year.

    >>> age_at(date(2004, 2, 29), on=date(2022, 2, 28)), age_at(date(2004, 2, 29), on=date(2022, 3, 1))
    (17, 18)
    """
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (0 if had_birthday else 1)


def covered_months(months: Iterable[Month], *, first: Month) -> int:
    """Pack the months that are covered into bits; `first` is bit 0, and a month before it does not count.

    >>> november = Month.from_text("2026-11")
    >>> bin(covered_months([november, november + 2], first=november))
    '0b101'
    """
    bits = 0
    for month in months:
        if month >= first:
            bits |= 1 << (month - first)
    return bits


def covered_months_before(bits: int, month: int) -> int:
    """Count the covered months before a month (its place among the bits), gaps or not. The month itself is left out.

    >>> covered_months_before(0b10111, 4)
    3
    """
    return (bits & _before(month)).bit_count()


def waiting_months(bits: int, month: int) -> int:
    """Count the covered months without a gap right before a month (its place among the bits): what was waited so far.

    It equals `full_months` from the first day of that run to any day of the month. A gap starts the waiting anew: the
    careful reading, `perlu konfirmasi`.

    >>> waiting_months(0b10111, 3), waiting_months(0b10111, 4), waiting_months(0b10111, 5)
    (3, 0, 1)
    """
    gaps_before = ~bits & _before(month)
    return month - gaps_before.bit_length()


def _before(month: int) -> int:
    """The bits of all months before one."""
    return (1 << month) - 1
