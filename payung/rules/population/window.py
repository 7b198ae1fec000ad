"""The twelve months that are looked at, as months and as days counted from the first."""

from dataclasses import dataclass
from datetime import date, timedelta

from payung.kernel.month import Month, months_from

WINDOW_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months in a row.

    >>> Window(Month.from_text("2026-01")).last_day
    datetime.date(2026, 12, 31)
    """

    first: Month

    @property
    def months(self) -> tuple[Month, ...]:
        """Each month; its place is its bit in a person's coverage."""
        return tuple(months_from(self.first, WINDOW_MONTHS))

    @property
    def first_day(self) -> date:
        """The day that is counted as 0."""
        return self.first.first_day

    @property
    def last_day(self) -> date:
        """The last of the twelve months' days."""
        return self.months[-1].last_day

    @property
    def days(self) -> tuple[date, ...]:
        """Each day; its place is what `event_day` holds."""
        count = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + timedelta(days=place) for place in range(count))

    def place_of(self, month: Month) -> int:
        """Which bit a month is."""
        return month - self.first
