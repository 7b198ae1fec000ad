"""Months as whole numbers: `year * 12 + month - 1`, so that arithmetic is arithmetic. As text, `2026-11`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Self

_TEXT = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class NotAMonthError(ValueError):
    """A text that is no month of the form `2026-11`."""


class Month(int):
    """A calendar month.

    >>> Month.from_text("2026-11") + 2
    Month('2027-01')
    >>> Month.from_text("2026-11").last_day
    datetime.date(2026, 11, 30)
    """

    __slots__ = ()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `2026-11`; raise `NotAMonthError` for anything else."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise NotAMonthError(text)
        return cls.of_year(int(match[1]), int(match[2]))

    @classmethod
    def of_year(cls, year: int, month: int) -> Self:
        """Build the month from its year and its number, 1 to 12."""
        return cls(year * 12 + month - 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the month that holds the day."""
        return cls.of_year(day.year, day.month)

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self) // 12

    @property
    def number(self) -> int:
        """The month in its year, 1 to 12."""
        return int(self) % 12 + 1

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return (self + 1).first_day - timedelta(days=1)

    def __add__(self, months: int) -> "Month":
        return Month(int(self) + int(months))

    def __sub__(self, months: int) -> int:  # type: ignore[override]
        """A month less a number of months is a month; a month less a month is how many lie between."""
        if isinstance(months, Month):
            return int(self) - int(months)
        return Month(int(self) - months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __repr__(self) -> str:
        return f"Month('{self}')"


def months_from(first: Month, count: int) -> Iterator[Month]:
    """Yield `count` months in a row, beginning with `first`."""
    for step in range(count):
        yield first + step
