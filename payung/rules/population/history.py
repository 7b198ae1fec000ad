"""A person's covered months before a month as one number, so that one small table serves every month of the window.

The number is the bits of the months before, with a one in front: 0b1_101 is three months of the window of which the
first and the last were covered. 8,192 histories, times the months in a row that a person brings along from before.
"""

from payung.rules.population.window import WINDOW_MONTHS
from payung.rules.time_words import waiting_months

HISTORIES = 1 << (WINDOW_MONTHS + 1)


def history_code(coverage: int, month: int) -> int:
    """The months before the window's month of that place, a one in front.

    >>> bin(history_code(0b110101, 3))
    '0b1101'
    """
    front = 1 << month
    return front | (coverage & (front - 1))


def months_waited(history: int, earlier: int) -> int:
    """Count what was waited at the end of a history by whom came with so many covered months in a row.

    >>> months_waited(0b1_111, 2), months_waited(0b1_101, 2)
    (5, 1)
    """
    months = history.bit_length() - 1
    of_the_window = history & ((1 << months) - 1)
    return waiting_months(of_the_window << earlier | ((1 << earlier) - 1), months + earlier)
